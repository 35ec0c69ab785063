"""Pictures of every screen, kept and compared; and whether all on them can be reached and read."""
