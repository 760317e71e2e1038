"""Random numbers by name: each part of the simulation draws from a stream of its own.

A change in one part then leaves the draws of all others as they were, and the same seed gives the
same numbers in whatever order the parts run.
"""

from __future__ import annotations

import zlib

import numpy as np


class Streams:
    """Independent generators under one seed, each found by its name."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __call__(self, *name: object) -> np.random.Generator:
        """Return the generator of a name, always at its beginning."""
        key = zlib.crc32("/".join(map(str, name)).encode())
        sequence = np.random.SeedSequence(self.seed, spawn_key=(key,))
        return np.random.Generator(np.random.Philox(sequence))
