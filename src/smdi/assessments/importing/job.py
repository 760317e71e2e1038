"""One import under way: its files opened, its keys read, its faults and counts so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smdi.assessments.importing.answers import Answers, read_answers
from smdi.assessments.importing.converting import (
    Conversion,
    firm_conversions,
    item_conversions,
    practice_conversions,
)
from smdi.assessments.importing.long_items import LongItems, read_long_items
from smdi.assessments.importing.profile import Profile
from smdi.assessments.mapping import ImportMapping
from smdi.assessments.problems import ProblemLog
from smdi.assessments.reading import Source, open_source
from smdi.assessments.schema import ITEM_PREFIX
from smdi.errors import InputErrors, Problem

Progress = Callable[[int, int], None]
Rows = NDArray[np.int64]
STRAY = "a credit code, a year and a region in a row that has other cells"
SAME_FIRM = "the same cells of the firm on each row of an answer"


@dataclass(frozen=True)
class ImportOptions:
    """How strict an import is.

    `most_rejected` rows may be set aside in a quarantine file before the import stops, as a number
    or, below 1, as a share of the answers; doubts named in `confirmed` do not stop it. `last` is a
    file of last year's assessments to compare with. `in_full` keeps every fault for a report.
    """

    most_rejected: float = 0
    confirmed: tuple[str, ...] = ()
    last: Path | None = None
    in_full: bool = False
    today: date = field(default_factory=date.today)


@dataclass
class Job:
    """An import under way.

    `names` gives the heading to show for a column of the schema, `rounded` counts cells in
    scientific notation by heading, `kept` the rows written so far, `strays` the rows that hold
    items or practices and nothing of a firm.
    """

    mapping: ImportMapping
    source: Source
    conversions: list[Conversion]
    answers: Answers
    log: ProblemLog
    items: LongItems | None
    items_log: ProblemLog
    names: dict[str, str]
    options: ImportOptions
    profile: Profile = field(default_factory=Profile)
    rounded: dict[str, int] = field(default_factory=dict)
    kept: int = 0
    strays: int = 0

    @property
    def read(self) -> int:
        """Return how many answers were read, rows of the wrong length and strays among them."""
        return len(self.answers.keys) + sum(1 for _ in self.source.malformed()) + self.strays

    @property
    def rejected(self) -> Rows:
        """Return the numbers of the rows that have a fault and are not superseded."""
        spoilt = self.items.kept_rows[self.items.faulty] if self.items else np.empty(0, np.int64)
        superseded = self.answers.superseded["row"].to_numpy(dtype=np.int64)
        return np.setdiff1d(np.union1d(self.log.rows, spoilt), superseded)

    @property
    def allowed(self) -> int:
        """Return how many rows may be rejected."""
        most = self.options.most_rejected
        return int(most * self.read) if most < 1 else int(most)

    @property
    def stopped(self) -> bool:
        """Return whether the faults are such that nothing will be written."""
        if self.log and not self.log.of_rows_alone:
            return True
        if self.items_log and not self.allowed:
            return True
        return bool(self.log or self.items_log) and len(self.rejected) > self.allowed


def opened(
    paths: Sequence[Path],
    mapping: ImportMapping,
    items_file: Path | None,
    options: ImportOptions,
) -> Job:
    """Open the files of an import and read the keys; InputErrors when that cannot be done."""
    conversions = firm_conversions(mapping) + practice_conversions(mapping)
    source = open_source(
        paths, mapping.headings, mapping.encoding, mapping.delimiter, mapping.sheets
    )
    long_source = _long_source(paths, mapping, items_file)
    if long_source is None:
        conversions += item_conversions(mapping)
    log = ProblemLog(source.file, source.place, in_full=options.in_full)
    answers = read_answers(source, conversions, merge_repeats=long_source is not None)
    for row, bad, section in source.malformed():
        expected = f"{section.sheet.width} cells, as in the header"
        log.add_problem(row, None, f"{len(bad.cells)} cells", expected)
    names = {conversion.name: conversion.shown for conversion in conversions}
    items, items_log = None, ProblemLog("items")
    if long_source is not None:
        items_log = ProblemLog(long_source.file, long_source.place, in_full=options.in_full)
        items = read_long_items(long_source, mapping, answers, items_log)
        heading = mapping.items.long_columns["item_id"]
        names |= {f"{ITEM_PREFIX}{item}": f"{heading} {item}" for item in items.ids}
        for row in answers.of_one_day()["kept_row"].unique():
            log.add_problem(int(row), None, None, SAME_FIRM)
    return Job(mapping, source, conversions, answers, log, items, items_log, names, options)


def _long_source(
    paths: Sequence[Path], mapping: ImportMapping, items_file: Path | None
) -> Source | None:
    """Open the item scores of a long layout; None for a wide one."""
    if mapping.items.layout == "wide":
        if items_file is not None:
            expected = "layout long in the mapping, as a file of items is given"
            raise InputErrors([Problem(str(items_file), None, None, None, expected)])
        return None
    wanted = list(dict.fromkeys(mapping.items.long_columns.values()))
    reading = (mapping.encoding, mapping.delimiter)
    if items_file is not None:
        return open_source([items_file], wanted, *reading)
    try:
        return open_source(paths, wanted, *reading, mapping.sheets)
    except InputErrors as error:
        expected = "item scores in the export, or a file of them (--items), as the layout is long"
        problem = Problem(str(paths[0]), None, None, None, expected)
        raise InputErrors([problem, *error.problems]) from None
