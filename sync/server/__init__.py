"""The reference Youth Safety Net hub."""
