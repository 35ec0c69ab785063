"""An organisation's own questionnaires: loaded, answered by keyboard, read again."""
