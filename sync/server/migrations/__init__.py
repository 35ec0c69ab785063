"""The database through the releases."""
