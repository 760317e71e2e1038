"""What of firms is looked for: their codes, names and rows, from the scores file.

The gate looks up in it what it found; it never takes a value from it.
"""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from smdi.assessments.credit_codes import LENGTH, is_well_formed
from smdi.files import kept_while_untouched
from smdi.publishing.gate.chance import Crowd
from smdi.publishing.gate.runs import Letters

# Columns of a firm's row, as the project and as exports call them.
OF_A_FIRM = frozenset(
    (
        *("credit_code", "submitted_on", "employees", "revenue"),
        *("统一社会信用代码", "社会信用代码", "信用代码", "企业代码", "企业名称", "单位名称"),
        *("公司名称", "法定代表人", "法人", "联系人", "联系电话", "手机", "手机号", "邮箱"),
        *("电子邮箱", "地址", "注册地址", "提交时间", "提交日期", "填报人", "填报时间"),
        *("从业人员数", "营业收入"),
    )
)
# A word of eighteen letters is none, whatever it begins with.
FEWEST_DIGITS = 8
# By how many digits the digest has.
_DIGESTS = {32: hashlib.md5, 40: hashlib.sha1, 64: hashlib.sha256}
_CODE = Letters(string.digits, string.ascii_uppercase)
_MASKED = re.compile(r"(?<![0-9A-Z*])[0-9A-Z]{4,14}\*{3,}[0-9A-Z]{0,8}(?![0-9A-Z*])")
_HEX = Letters(string.digits, "abcdef")
_SHORTEST_HASH = 32
_FORMS = ("有限公司", "有限责任公司", "股份公司", "集团公司", "合伙企业")
_COMPANY = re.compile(rf"[一-鿿A-Za-z0-9（）()·]{{2,40}}(?:{'|'.join(_FORMS)})")


@dataclass(frozen=True)
class Firms:
    """The firms of an edition.

    `rows` are persons, revenue and total score of each, `scores` the last of these, `numbers` how
    many firms there are in all and in each year.
    """

    codes: frozenset[str]
    rows: frozenset[tuple[float, float, float]]
    scores: frozenset[float]
    numbers: frozenset[int]

    @cached_property
    def pairs(self) -> frozenset[tuple[float, float]]:
        """Return persons and revenue of each row."""
        return frozenset(row[:2] for row in self.rows)

    @cached_property
    def crowd(self) -> Crowd:
        """Return how close the firms lie."""
        return Crowd(self.pairs)

    @cached_property
    def _digests(self) -> frozenset[str]:
        """Return the plain digests of the codes."""
        return frozenset(
            make(code.encode(), usedforsecurity=False).hexdigest()
            for make in _DIGESTS.values()
            for code in self.codes
        )

    @cached_property
    def _starts(self) -> list[str]:
        return sorted({code[:2] for code in self.codes})

    def is_digest(self, text: str) -> bool:
        """Tell whether a text is the plain digest of a code, which is found again by it."""
        return len(text) in _DIGESTS and text in self._digests

    def codes_in(self, text: str) -> Iterator[str]:
        """Yield the codes in a text of capitals, also where words run together."""
        for start in self._starts:
            at = text.find(start)
            while at >= 0:
                if (code := text[at : at + LENGTH]) in self.codes:
                    yield code
                at = text.find(start, at + 1)

    def work_out(self) -> None:
        """Work out what is asked of each file, for forks of this process."""
        _ = self.pairs, self._digests, self._starts


@dataclass(frozen=True)
class Marks:
    """What names a firm in a text.

    `names` are those of a list, `allowed` is a text that may name a company.
    """

    firms: Firms
    names: frozenset[str] = frozenset()
    allowed: str = ""

    def known_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield (what, how) for each code of the edition in a text, and for each name of a firm."""
        for code in sorted(set(self.firms.codes_in(text.upper()))):
            yield code, "the code of a firm of the edition"
        yield from ((name, "a name of the list") for name in self.names if name in text)
        if any(form in text for form in _FORMS):
            for found in _COMPANY.findall(text):
                if found not in self.allowed:
                    yield found, "the name of a company"

    def named_in(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield (what, how) for what is like a firm's mark, whether or not the edition has it."""
        upper = text.upper()
        runs = _CODE.runs(upper, LENGTH)
        shaped = sorted({run for run in runs if len(run) == LENGTH} - self.firms.codes)
        for code, is_code in zip(
            shaped, is_well_formed(pa.array(shaped, pa.string())), strict=True
        ):
            if is_code and sum(letter.isdigit() for letter in code) >= FEWEST_DIGITS:
                yield code, "a well-formed credit code"
        if "***" in upper:
            yield from ((found, "a masked code") for found in _MASKED.findall(upper))
        for found in _HEX.runs(text.lower(), _SHORTEST_HASH):
            if self.firms.is_digest(found):
                yield found, "the digest of a firm's code"


def listed(names: Iterable[str]) -> frozenset[str]:
    """Return the names of a list; a single letter is none."""
    return frozenset(name.strip() for name in names if len(name.strip()) > 1)


# Site and book are looked through for the same; editions of narrower scopes for those of one.
@partial(kept_while_untouched, most=1)
def read_firms(scores: Path) -> Firms:
    """Read the firms of an edition from its scores."""
    columns = ["credit_code", "year", "employees", "revenue", "total"]
    # By one thread: those of a process do not outlive its fork.
    table = parquet.read_table(scores, columns=columns, use_threads=False, pre_buffer=False)
    numbers = [table[name].to_numpy().astype(float).tolist() for name in columns[2:]]
    years = table["year"].value_counts().to_pylist()
    return Firms(
        codes=frozenset(table["credit_code"].to_pylist()),
        rows=frozenset(zip(*numbers, strict=True)),
        scores=frozenset(numbers[-1]),
        numbers=frozenset({table.num_rows, *(count["counts"] for count in years)}),
    )
