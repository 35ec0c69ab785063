"""Asking for consent: the card, and the screen that is handed over."""
