"""What the line is doing, in a person's words."""
