"""Tonight: the outreach under way and the young people met."""
