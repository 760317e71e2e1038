"""Indicators: what the assessed firms amount to, as tidy frames that are exact until printed.

A function an exhibit, in the module of its section. Every frame has the columns of
`smdi.indicators.tidy.COLUMNS`; measures and groups bear the names of the published facts, so
that reproduction is a plain join. Nothing here rounds, draws or writes a sentence.
"""

from smdi.indicators.population import Population

__all__ = ["Population"]
