"""Credit codes as they leave spreadsheets: cleaned, or known to be destroyed."""

from __future__ import annotations

import re

from smdi.assessments.credit_codes import check_character
from smdi.assessments.values.texts import CellError, plain

DESTROYED = (
    "a credit code of 18 characters; a spreadsheet made a number of this one and lost its last "
    "digits: export the column again as text"
)
_EXPONENT = re.compile(r"\d(?:\.\d+)?E[+]?1[0-9]")
# A spreadsheet keeps fifteen digits of a number and puts zeros in place of the others.
_ROUNDED = re.compile(r"\d{15}000(?:\.0*)?")
_INSIDE = re.compile(r"[\s-]+")


def credit_code_of(text: str) -> str | None:
    """Return a code in capitals, without blanks and hyphens; None for an empty text.

    CellError for one that a spreadsheet turned into a number. Shape and check character are the
    business of `smdi.assessments.credit_codes`.
    """
    code = plain(text).upper()
    if not code:
        return None
    if _EXPONENT.fullmatch(code):
        raise CellError(DESTROYED)
    code = _INSIDE.sub("", code)
    if _ROUNDED.fullmatch(code) and check_character(code[:17]) != code[17:]:
        raise CellError(DESTROYED)
    return code
