"""Unified social credit codes: the shape and check digit of real ones, the shape of fictional ones.

Source: GB 32100-2015. A real code has 18 characters of an alphabet without I, O, S, V and Z; places
3–8 are digits; the last is a check character over the first 17. A simulated firm's code begins with
`SIM`, which no real code can contain.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

LENGTH = 18
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SIMULATED_PREFIX = "SIM"
_WEIGHTS = np.array([pow(3, place, 31) for place in range(LENGTH - 1)])
_ABSENT = 99
_VALUES = np.full(256, _ABSENT, dtype=np.int64)
_VALUES[np.frombuffer(ALPHABET.encode(), dtype=np.uint8)] = np.arange(len(ALPHABET))
_REGION = slice(2, 8)
REAL_SHAPE = "an 18-character credit code with a right check character (GB 32100)"
SIMULATED_SHAPE = "SIM and 15 characters of 0-9 and A-Z"


def is_simulated(codes: pa.Array) -> NDArray[np.bool_]:
    """Return whether each code says that its firm is fictional."""
    return _mask(pc.starts_with(codes, SIMULATED_PREFIX))


def is_well_formed(codes: pa.Array) -> NDArray[np.bool_]:
    """Return whether each code is real with a right check character, or of the fictional shape."""
    result = _mask(pc.match_substring_regex(codes, "^SIM[0-9A-Z]{15}$"))
    shaped = _mask(pc.match_substring_regex(codes, f"^[{ALPHABET}]{{18}}$"))
    candidates = np.flatnonzero(shaped & ~result)
    if len(candidates):
        text = codes.take(pa.array(candidates)).to_numpy(zero_copy_only=False)
        matrix = text.astype(f"S{LENGTH}").view(np.uint8).reshape(-1, LENGTH)
        values = _VALUES[matrix]
        check = (-(values[:, :-1] @ _WEIGHTS)) % len(ALPHABET)
        digits = (values[:, _REGION] < 10).all(axis=1)
        result[candidates] = digits & (check == values[:, -1])
    return result


def check_character(first17: str) -> str:
    """Return the 18th character of a code, from its first 17; ValueError unless they are 17."""
    values = _VALUES[np.frombuffer(first17.encode(), dtype=np.uint8)]
    if len(first17) != LENGTH - 1 or (values == _ABSENT).any():
        raise ValueError(f"{first17!r}: expected 17 characters of {ALPHABET}")
    return ALPHABET[int(-(values @ _WEIGHTS)) % len(ALPHABET)]


def _mask(booleans: pa.Array) -> NDArray[np.bool_]:
    return np.asarray(pc.fill_null(booleans, False).to_numpy(zero_copy_only=False), dtype=np.bool_)
