"""What happened with one young person, in one quiet column."""
