"""The firms themselves: who they are, when they answer, what they answer and adopt."""
