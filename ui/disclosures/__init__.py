"""The written record that follows a report by telephone, and a supervisor's name under it."""
