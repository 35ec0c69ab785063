"""What a counselor may change about the program."""
