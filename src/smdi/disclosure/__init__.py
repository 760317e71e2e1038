"""Disclosure control: what of a release may be seen, decided once for all of it."""
