"""Small parts that know nothing of counseling."""
