"""The main window: which page is in front."""
