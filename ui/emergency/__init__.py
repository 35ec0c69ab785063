"""Numbers and guidance for when it cannot wait."""
