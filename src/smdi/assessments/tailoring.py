"""Which parts of the maturity model a firm is scored on, as one small integer a firm.

A firm is scored on the model of its process type, without the domains whose business it does not
have (design, logistics, sales, service). Two types times sixteen combinations give 32 patterns; all
firms of a pattern share their weights. The integer is 16 × (index of the type) + a bit for each
business that exists, in the order of `BUSINESSES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smdi.standards import BUSINESSES, PROCESS_TYPES

N_PATTERNS = len(PROCESS_TYPES) << len(BUSINESSES)


def pattern_codes(frame: Mapping[str, Any]) -> NDArray[np.int64]:
    """Return the pattern of each row of a frame (or mapping) of `process_type` and businesses.

    Raises ValueError for a process type that is not known.
    """
    types = np.asarray(frame["process_type"], dtype=object)
    codes = np.full(types.shape, -1, dtype=np.int64)
    for index, name in enumerate(PROCESS_TYPES):
        codes[types == name] = index << len(BUSINESSES)
    if (codes < 0).any():
        raise ValueError(f"process_type {types[codes < 0][0]!r}: expected one of {PROCESS_TYPES}")
    for bit, business in enumerate(BUSINESSES):
        codes += np.asarray(frame[business], dtype=bool).astype(np.int64) << bit
    return codes


def pattern_parts(code: int) -> tuple[str, frozenset[str]]:
    """Return the process type and the tailored (absent) domains of a pattern."""
    process_type = PROCESS_TYPES[code >> len(BUSINESSES)]
    absent = frozenset(name for bit, name in enumerate(BUSINESSES) if not code >> bit & 1)
    return process_type, absent
