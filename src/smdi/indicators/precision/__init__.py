"""How far a number goes: the digits that are printed, and the noise of a difference."""
