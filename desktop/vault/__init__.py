"""The encrypted file, and the only SQL on this computer."""
