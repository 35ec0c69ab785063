"""What is kept about somebody, for themselves: asked for, answered, handed over as a file."""
