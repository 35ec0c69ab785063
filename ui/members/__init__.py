"""A member's own keys: what opens their vault, and what they are called."""
