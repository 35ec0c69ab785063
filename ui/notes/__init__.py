"""Writing about a meeting, and judging risk."""
