"""One module for each thing a counselor does; one function for each action."""
