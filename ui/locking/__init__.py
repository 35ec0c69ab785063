"""When the program locks without being asked to, and what a screen must not give away."""
