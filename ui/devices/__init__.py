"""The devices of one's own organisation: letting them in, and shutting them out."""
