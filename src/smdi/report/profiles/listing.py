"""Which profiles an edition has, and what each is called.

    page, chapter   province-320000   industry-36
    exhibits        图 320000-1       图 C36-1      (C is manufacturing in GB/T 4754)

Codes and not names, so that an address stays what it is when a name changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from smdi.edition import Edition, Scope
from smdi.standards.loading import load_standards
from smdi.standards.rows import DivisionRow, RegionRow
from smdi.standards.scope import division_name, province_code

# The notebook that all of them are made by.
NOTEBOOK = "profile"
PAGE = re.compile(r"(province|industry)-\d+")
PROVINCE, INDUSTRY = "province", "industry"
# The pages that list the profiles of a kind.
LISTS = {PROVINCE: "provinces", INDUSTRY: "divisions"}


@dataclass(frozen=True)
class Profile:
    """The page of a province or an industry: `value` is that of the scope, `title` its name."""

    kind: str
    code: str
    value: str
    title: str

    @classmethod
    def of(cls, scope: Scope) -> Profile:
        """Return the profile of a scope; ValueError for one that is no province or industry."""
        if set(scope.given) == {PROVINCE}:
            return cls(PROVINCE, province_code(scope.province), scope.province, scope.province)
        if set(scope.given) == {INDUSTRY}:
            return cls(INDUSTRY, scope.industry, scope.industry, division_name(scope.industry))
        raise ValueError(f"a profile is about one province or one industry, not {scope.given}")

    @property
    def name(self) -> str:
        """Return the name of the page."""
        return f"{self.kind}-{self.code}"

    @property
    def mark(self) -> str:
        """Return what the ids of its exhibits have: fig-320000-1, tab-c36-2."""
        return f"c{self.code}" if self.kind == INDUSTRY else self.code

    @property
    def scope(self) -> Scope:
        """Return what it is about."""
        return Scope(**{self.kind: self.value})


def profiles_of(edition: Edition) -> list[Profile]:
    """List the profiles of an edition in the order of codes, provinces first."""
    scopes: list[Scope] = []
    if "provinces" in edition.profile_pages:
        rows = [row for row in load_standards()[RegionRow] if row.kind == "province"]
        scopes += [Scope(province=row.name_zh) for row in rows if row.in_scope]
    if "industries" in edition.profile_pages:
        scopes += [Scope(industry=row.code) for row in load_standards()[DivisionRow]]
    return [Profile.of(scope) for scope in scopes]


def is_profile(page: str) -> bool:
    """Tell whether a page, or a chapter, is a profile."""
    return PAGE.fullmatch(page) is not None
