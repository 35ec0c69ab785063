"""Sealed messages between a computer and the hub. Nothing here knows a note."""
