"""What the team on this laptop shares: who belongs to it, and a board of short notices."""
