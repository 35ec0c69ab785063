"""A summary of one young person as a file to print: chosen, seen, then written."""
