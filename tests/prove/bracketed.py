"""Watches a vault's connection: what changes something stands in a transaction of its own.

That is one between BEGIN IMMEDIATE and COMMIT; after a plain BEGIN only reading is meant.
"""

_OPENS = ("BEGIN", "IMMEDIATE")
_CLOSES = frozenset({"COMMIT", "END", "ROLLBACK"})
_CHANGES = frozenset({"INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP"})
_LONGEST = 40


class Bracketed:
    """Hears every statement as SQLite runs it, whoever prepared it, and when."""

    def __init__(self, vault) -> None:
        """Listen from now on to the connection of a vault that is between two transactions."""
        self._is_open = False
        self._outside: list[str] = []
        self.inside = 0
        """How many statements changed something where they may."""
        vault._connection.set_trace_callback(self._heard)

    def noted(self) -> list[str]:
        """Return, once, what was written where it must not be: how it begins, never a value."""
        found, self._outside = self._outside, []
        return [f"written outside a transaction: {said}" for said in found]

    def _heard(self, sql: str) -> None:
        words = tuple(sql.upper().split(None, 4)[:3]) or ("",)
        if words[0] == "BEGIN":
            self._is_open = words[:2] == _OPENS
        elif words[0] in _CLOSES and "TO" not in words:
            self._is_open = False
        elif words[0] in _CHANGES and self._is_open:
            self.inside += 1
        elif words[0] in _CHANGES:
            self._outside.append(" ".join(words)[:_LONGEST])
