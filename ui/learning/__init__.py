"""The first evening inside the program: a quiet line that points at the real thing."""
