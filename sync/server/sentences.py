"""Why an office command did nothing, in whole lines that name the next step."""


class NotDone(Exception):
    """The office did nothing, and says why in whole lines."""
