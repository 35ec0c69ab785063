"""The end of a night, past nights, and the numbers a centre reports."""
