"""A practice network: a hub on loopback and invented agencies that hold their own keys."""
