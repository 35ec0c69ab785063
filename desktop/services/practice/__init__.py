"""A week of invented work, so that a newcomer can learn in it. Only ever in a practice vault."""
