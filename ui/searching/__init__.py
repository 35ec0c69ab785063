"""Finding a young person, a note or an action by typing."""
