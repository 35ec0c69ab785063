"""Something of the program replaced for a while: how a control is broken on purpose."""

from contextlib import contextmanager


@contextmanager
def instead(owner, name, other):
    """Put `other` in the place of what `owner` has by this name."""
    was = getattr(owner, name)
    setattr(owner, name, other)
    try:
        yield
    finally:
        setattr(owner, name, was)
