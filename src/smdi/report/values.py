"""Named values of the prose: how a number or a computed sentence is stored, and how it reads.

No digit of the prose is typed. A chapter registers each value where it is computed; the role
``{num}`` puts it into the text. What passes from chapter to page is ``numbers.json``: one flat
JSON object ``{key: record}``, keys sorted, where a key is ``<chapter>.<name>`` — the files of all
chapters merge by a plain union. A record is one of two kinds.

A number::

    {"kind": "number", "value": 69.02, "unit": "%", "digits": 0, "text": "69%",
     "state": "value", "fact": "fig-04/share_level_le1/全国/2021",
     "status": "published", "published": true, "simulated": false}

`value`      the unrounded value in its unit; null unless `state` is "value"
`text`       what the reader sees, unit included; ready to print
`state`      "value" | "missing" | "withheld"
`fact`       id of the published fact it answers to, or null
`status`     what it is known from, see `smdi.indicators.precision.status`
`published`  the published report prints this very number (same fact, same rounded digits)
`simulated`  true: computed from simulated firms and not known from print — it bears the mark 「模」
`error`      standard error of a change or a comparison, in its unit; only where there is one
`clear`      false, and only then there: the value is inside its noise, and no difference is claimed

A phrase (words, a clause or whole sentences that were chosen by the data)::

    {"kind": "phrase", "text": "目前全国 69% 的企业处于一级及以下水平，较 2020 年降低 5.9 个百分点",
     "simulated": true,
     "parts": [{"text": "目前全国 "}, {"key": "national-levels.low_share"},
               {"text": " 的企业处于一级及以下水平，较 2020 年降低 "},
               {"text": "5.9 个百分点", "status": "simulated", "simulated": true}]}

`parts`      in order; {"key": …} is expanded like a ``{num}`` of that key (it may itself be a
             phrase; there are no cycles: a key must be registered before a phrase may use it),
             {"text": …} is printed as it stands, followed by the mark of its `status` (derived,
             simulated), if it has one; an empty text with a status is the mark of the words before
`text`       all parts joined, without marks: for alt text, search and tests
`simulated`  true when any part, however deep, bears the mark

In Python a phrase is written as one string with marks in ⟦ ⟧, so that f-strings compose it:

    ⟦low_share⟧, ⟦national-levels.low_share⟧   the value registered under that key
    ⟦=5.9 个百分点⟧, ⟦=6 个百分点|fact-id⟧        a computed amount that needs no key of its own
    ⟦?missing⟧, ⟦?withheld⟧ …                   what cannot be said, by a state of UNSAID
    ⟦!simulated⟧, ⟦!derived⟧                   the claim before it is known from no more than that;
                                               dropped where the clause bears the mark already

Units are written as the language has them: in Chinese percent signs close up (69%), other units
stand off by a space (7.1 个百分点, 4654 家), and thousands are not parted, as in the communiqués of
the National Bureau of Statistics and as GB/T 15835 allows. Rounding is half up.
"""

from __future__ import annotations

import math
import re
from dataclasses import asdict, dataclass
from typing import Literal, TypeGuard

from smdi.indicators.precision.noise import is_clear
from smdi.indicators.precision.rounding import half_up
from smdi.indicators.precision.status import Status
from smdi.report.text.language import words

State = Literal["value", "missing", "withheld"]

MARK = re.compile(r"⟦([^⟦⟧]*)⟧")
_CLOSED_UP = ("%", "‰")
# The statuses that are marked where a value is read.
MARKED: tuple[Status, ...] = ("derived", "simulated")


@dataclass(frozen=True)
class Number:
    """A named value; the fields are those of its record in ``numbers.json``."""

    value: float | None
    unit: str
    digits: int
    text: str
    state: State
    fact: str | None = None
    status: Status = "computed"
    published: bool = False
    simulated: bool = False
    error: float | None = None
    clear: bool = True

    def record(self) -> dict[str, object]:
        """Return the JSON form."""
        made = {"kind": "number", **asdict(self)}
        if self.error is None:
            del made["error"]
        if self.clear:
            del made["clear"]
        return made


def digits_text(value: float, digits: int) -> str:
    """Write a value with `digits` decimals, rounded half up, as the language parts thousands."""
    rounded = half_up(value, digits)
    if rounded == 0:
        rounded = abs(rounded)  # a reader has no use for -0.0
    first = words().amounts.thousands_from
    return f"{rounded:f}" if first is None or abs(rounded) < first else f"{rounded:,f}"


def amount(value: float, unit: str, digits: int = 0) -> str:
    """Write a value with its unit as it stands in running text: ``69%``, ``4654 家``."""
    say = words().amounts
    larger = say.larger_units.get(unit)
    if larger and value and value % larger.times == 0:
        value, unit = value / larger.times, larger.unit
    number = digits_text(value, digits)
    unit = unit_after(number, unit)
    if not unit:
        return number
    return (say.closed_up if unit in _CLOSED_UP else say.with_unit)(number=number, unit=unit)


def unit_after(number: str, unit: str) -> str:
    """Return a unit in the form that goes with a number as it is written."""
    forms = words().amounts.units.get(unit)
    if forms is None:
        return unit
    return forms.one if number == "1" else forms.many


def unit_head(unit: str) -> str:
    """Write a unit as it stands in the head of a table or at an axis: ``百分点``."""
    forms = words().amounts.units.get(unit)
    return unit if forms is None else forms.head


def state_text(state: str) -> str:
    """Return what stands in the place of a value outside a sentence, by a state of UNSAID."""
    return str(getattr(words().states, state))


def is_known(value: float | None) -> TypeGuard[float]:
    """Tell whether there is a value: None and NaN are none."""
    return value is not None and math.isfinite(value)


def state_of(value: float | None, withheld: bool = False) -> State:
    """Tell whether a value can be said: withheld beats missing, NaN and None are missing."""
    if withheld:
        return "withheld"
    return "value" if is_known(value) else "missing"


def make_number(
    value: float | None,
    unit: str = "",
    digits: int = 0,
    *,
    withheld: bool = False,
    fact: str | None = None,
    status: Status = "computed",
    error: float = math.nan,
) -> Number:
    """Format a value; its `status` decides whether it bears a mark.

    `error` is the standard error of a difference; NaN for a value that is none.
    """
    if withheld or not is_known(value):
        state = state_of(value, withheld)
        lacking: Status = "suppressed" if state == "withheld" else "missing"
        return Number(None, unit, digits, state_text(state), state, fact, lacking)
    return Number(
        value=float(value),
        unit=unit,
        digits=digits,
        text=amount(value, unit, digits),
        state="value",
        fact=fact,
        status=status,
        published=status == "published",
        simulated=status == "simulated",
        error=error if math.isfinite(error) else None,
        clear=is_clear(value, error),
    )


def inline(value: float | None, unit: str = "", digits: int = 0, fact: str | None = None) -> str:
    """Return the mark ⟦=…⟧ of a computed amount inside a phrase (⟦?missing⟧ when there is none)."""
    if not is_known(value):
        return f"⟦?{state_of(value)}⟧"
    return f"⟦={amount(value, unit, digits)}{'|' + fact if fact else ''}⟧"


def marks(text: str) -> list[str]:
    """List what stands between ⟦ and ⟧, in order."""
    return MARK.findall(text)


def plain(text: str) -> str:
    """Read a marked text without a book around it: amounts written out, keys left in braces."""
    return MARK.sub(lambda match: _plain_mark(match.group(1)), text)


def _plain_mark(mark: str) -> str:
    if mark.startswith("="):
        return mark[1:].split("|")[0]
    if mark.startswith("?"):
        return state_text(mark[1:])
    return "" if mark.startswith("!") else "{" + mark + "}"
