"""A month at a glance: nights, what is due, appointments, consents that end."""
