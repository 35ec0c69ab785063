"""What is kept: backups, how long, and who looked."""
