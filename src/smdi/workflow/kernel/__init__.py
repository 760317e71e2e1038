"""The process in which a chapter runs: how its cells are run, and where they may write."""
