"""What the words mean. Pure: no clock, no disk, no chance."""
