"""Promises: made in a line, listed on the left, shown on a young person's page."""
