"""Asking another agency to help, and following what becomes of it."""
