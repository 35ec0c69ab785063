"""Where nights were."""
