"""A young person's safety plan: written together, read large."""
