"""Cases judged high, shown to a supervisor at this laptop."""
