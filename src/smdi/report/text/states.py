"""The states in which something cannot be said.

A module of its own, since templates are also read where nothing of the data is loaded.
"""

from __future__ import annotations

from typing import Literal, get_args

# In the order in which they decide where several meet in a sentence. Of a number only the first
# two: the others are a sentence's, with nothing to speak of in this scope, or one member alone
# where a comparison needs two.
Unsaid = Literal["withheld", "missing", "inapplicable", "single"]
UNSAID: tuple[Unsaid, ...] = get_args(Unsaid)
