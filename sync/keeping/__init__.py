"""What the keepers of the network's root do, on computers that are never the hub."""
