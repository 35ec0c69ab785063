"""The laptop's side of the line."""
