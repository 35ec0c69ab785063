"""What a counselor sees."""
