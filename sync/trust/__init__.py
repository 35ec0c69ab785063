"""The directory as a TUF repository: made by keepers, stamped by the hub, verified by laptops."""
