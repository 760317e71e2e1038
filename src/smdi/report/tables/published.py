"""Tables about the published report itself: its facts beside ours, and what the audit finds.

They are about printed numbers and not about firms, so their source is the printed report, whatever
the firms are. Each function returns the table and the tidy frame that a reader can take away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import ceil, floor, inf
from pathlib import Path
from typing import Any

import pandas as pd

from smdi.indicators.reproduction import COLUMNS as REPRODUCTION_COLUMNS
from smdi.indicators.tidy import Row, frame
from smdi.published import Finding, fact_id
from smdi.published.audit import PROVEN, RULES, SEVERITIES, SEVERITY_NAMES
from smdi.published.constraints.binding import BINDINGS
from smdi.published.constraints.model import Model
from smdi.published.published_report import PublishedReport
from smdi.report.charts.frames import records
from smdi.report.exhibits import exhibit_number
from smdi.report.tables.table import Column, Table, number_column, plain
from smdi.report.text.language import words
from smdi.report.values import unit_head

# The statuses of reproduction.csv in the order of the page.
STATUSES = ("reproduced", "contradicted", "pending", "differs")
PLACES_SHOWN = 4


def source() -> str:
    """Return the source that the notes under these tables name: the printed report."""
    return words().published_tables.source


def read_reproduction(path: Path) -> pd.DataFrame:
    """Read reproduction.csv, everything as text; the columns of `smdi.indicators.reproduction`."""
    return pd.read_csv(path, dtype="str", keep_default_na=False).reindex(
        columns=REPRODUCTION_COLUMNS, fill_value=""
    )


def few_firms(facts: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """Return the printed numbers of firms below a minimum, zero aside, and none is withheld.

    `facts` as `read_facts` gives them.
    """
    counts = facts[facts["unit"] == "家"].astype({"value": "float64"}).assign(withheld=False)
    return counts[(counts["value"] > 0) & (counts["value"] < minimum)]


def binding_counts(comparison: pd.DataFrame) -> dict[str, int]:
    """Count the reproduced facts by how the other facts bind them: bound, loose, free."""
    kinds = comparison.loc[comparison["status"] == "reproduced", "binding"]
    return {kind: int((kinds == kind).sum()) for kind in BINDINGS}


def grades(findings: Sequence[Finding]) -> dict[str, int]:
    """Count the proven findings by grade; every grade of PROVEN has a count."""
    return {grade: sum(f.severity == grade for f in findings) for grade in sorted(PROVEN)}


def status_counts(comparison: pd.DataFrame) -> dict[str, int]:
    """Count the facts of reproduction.csv by status; every status of STATUSES has a count."""
    return {status: int((comparison["status"] == status).sum()) for status in STATUSES}


def status_table(comparison: pd.DataFrame, year: int) -> tuple[Table, pd.DataFrame]:
    """Count facts: a row an exhibit, a column a status that occurs, the sums at the foot.

    Where it is known how the others bind the reproduced ones, more columns count them by that. In
    the tidy frame the measure is the status or the binding, the group the exhibit.
    """
    say = words().published_tables
    statuses = [status for status, count in status_counts(comparison).items() if count]
    found = {
        exhibit_name(str(exhibit)): [int((rows == status).sum()) for status in statuses]
        for exhibit, rows in comparison.groupby("exhibit", sort=False)["status"]
    }
    totals = [sum(column) for column in zip(*found.values(), strict=True)]
    columns = [Column("exhibit", say.exhibit), number_column("all", say.values, "项")]
    columns += [number_column(name, say.statuses[name], "项") for name in statuses]
    bound = [kind for kind in BINDINGS if binding_counts(comparison)[kind]]
    kinds = comparison["binding"].where(comparison["status"] == "reproduced", "")
    held = {
        exhibit_name(str(exhibit)): [int((own == kind).sum()) for kind in bound]
        for exhibit, own in kinds.groupby(comparison["exhibit"], sort=False)
    }
    held[say.all] = [sum(column) for column in zip(*held.values(), strict=True)]
    columns += [number_column(kind, say.bindings[kind], "项") for kind in bound]
    counted = [*found.items(), (say.all, totals)]
    rows = [[name, sum(counts), *counts, *held[name]] for name, counts in counted]
    data = [
        Row(measure, name, year, count, "项", 0)
        for name, counts in found.items()
        for measure, count in zip((*statuses, *bound), (*counts, *held[name]), strict=True)
    ]
    alt = say.status_alt(len(found), count=len(found))
    return plain(columns, rows, alt, totals=1), frame(data)


def disputed_table(comparison: pd.DataFrame, facts: pd.DataFrame) -> tuple[Table, pd.DataFrame]:
    """List the contradicted facts: place, printed and computed number, partner and its number.

    In the tidy frame the value is the printed one, the group the exhibit and the group there.
    """
    say = words().published_tables
    columns = [
        Column("place", say.place),
        number_column("printed", say.printed),
        number_column("computed", say.computed),
        Column("partner", say.partner),
        number_column("partner_printed", say.printed),
    ]
    rows, data = [], []
    for row in records(comparison[comparison["status"] == "contradicted"]):
        own = _fact(facts, fact_id(row["exhibit"], row["measure"], row["group"], row["year"]))
        partner = _fact(facts, row["partner"].split(" | ")[0])
        computed = _with_unit(row["computed"], own)
        rows.append([own["where"], _printed(own), computed, partner["where"], _printed(partner)])
        group = f"{exhibit_name(row['exhibit'])} {row['group']}"
        value = float(own["value"])
        data.append(Row(row["measure"], group, int(row["year"]), value, own["unit"], 0))
    return plain(columns, rows, say.disputed_alt(len(rows), count=len(rows))), frame(data)


def by_weight(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding], list[Finding]]:
    """Part findings into what is proven wrong, what rounding explains, and mere notices."""
    proven = [finding for finding in findings if finding.severity in PROVEN]
    rounding = [finding for finding in findings if finding.severity == "rounding"]
    notices = [finding for finding in findings if finding.severity == "notice"]
    return proven, rounding, notices


def findings_table(
    findings: Sequence[Finding], facts: pd.DataFrame, year: int
) -> tuple[Table, pd.DataFrame]:
    """List findings below what we follow: the rule, what was found, the places with their numbers.

    The tidy frame has a row a place: the measure is `<rule>:<number>`, the group the fact's id.
    """
    say = words().published_tables
    columns = [
        Column("rule", say.rule, joined=True),
        Column("found", say.found),
        Column("places", say.places),
    ]
    rows, data = [], []
    ordered = _by_treatment(findings)
    for number, found in enumerate(ordered, 1):
        said = found.message_zh + found.unless_zh
        rows.append([RULES[found.rule].title_zh, said, _places(found.fact_ids, facts)])
        for name in dict.fromkeys(found.fact_ids):
            fact = _fact(facts, name)
            measure = f"{found.rule}:{number}"
            data.append(Row(measure, name, year, float(fact["value"]), fact["unit"], 0))
    counted = Counter(say.treated(treatment=found.treatment_zh) for found in ordered)
    alt = say.findings_alt(len(rows), count=len(rows))
    return plain(columns, rows, alt, groups=list(counted.items())), frame(data)


def _by_treatment(findings: Sequence[Finding]) -> list[Finding]:
    """Put together what is treated alike, and of that what one rule found; the first stay first."""
    treatments = list(dict.fromkeys(found.treatment_zh for found in findings))
    rules = list(dict.fromkeys(found.rule for found in findings))
    return sorted(
        findings,
        key=lambda found: (treatments.index(found.treatment_zh), rules.index(found.rule)),
    )


def totals_table(findings: Sequence[Finding], facts: pd.DataFrame) -> tuple[Table, pd.DataFrame]:
    """List how many firms can stand behind the shares of a group: the least and the most.

    What all facts but the contradicted ones leave; groups without an upper end are left out. In
    the tidy frame the measures are firms_from and firms_to.
    """
    given_way = {fact for finding in findings for fact in finding.contradicted}
    ranges = Model.of(PublishedReport.of(facts)).range_of_firms(given_way) if len(facts) else {}
    say = words().published_tables
    rows, data = [], []
    for (group, year), (low, high) in ranges.items():
        if high < inf:
            ends = ceil(low), floor(high)
            rows.append([group, say.year(year=year), *ends])
            for measure, end in zip(("firms_from", "firms_to"), ends, strict=True):
                data.append(Row(measure, group, year, end, "家", 0))
    columns = [
        Column("group", say.population),
        Column("year", say.year_column),
        number_column("low", say.at_least, "家"),
        number_column("high", say.at_most, "家"),
    ]
    return plain(columns, rows, say.totals_alt(len(rows), count=len(rows))), frame(data)


def rules_table(findings: Sequence[Finding], year: int) -> tuple[Table, pd.DataFrame]:
    """List the rules: the name, why it matters, and how often it found something.

    In the tidy frame the measure is the rule, the group the kind of finding.
    """
    say = words().published_tables
    columns = [
        Column("rule", say.rule),
        Column("why", say.why),
        number_column("found", say.found, "项"),
    ]
    kinds = Counter((finding.rule, finding.severity) for finding in findings)
    rows = [
        [rule.title_zh, rule.why_zh, sum(kinds[name, kind] for kind in SEVERITIES)]
        for name, rule in RULES.items()
    ]
    data = [
        Row(name, SEVERITY_NAMES[kind], year, kinds[name, kind], "项", 0)
        for name in RULES
        for kind in SEVERITIES
    ]
    return plain(columns, rows, say.rules_alt(len(rows), count=len(rows))), frame(data)


def exhibit_name(exhibit: str) -> str:
    """Return how an exhibit is called: 图 4, 表 2; 正文 for numbers that stand in prose alone."""
    return words().exhibits.text if exhibit == "text" else exhibit_number(exhibit)


def _places(names: Sequence[str], facts: pd.DataFrame) -> str:
    """Name the first places, each once with its numbers, and count the others."""
    say, lists = words().published_tables, words().lists
    printed: dict[str, list[str]] = {}
    for name in names[:PLACES_SHOWN]:
        fact = _fact(facts, name)
        printed.setdefault(str(fact["where"]), []).append(_printed(fact))
    more = len(names) - PLACES_SHOWN
    shown = lists.sentence.join(
        say.place_printed(place=place, printed=lists.joint.join(numbers))
        for place, numbers in printed.items()
    )
    return say.more_places(more, places=shown, count=more) if more > 0 else shown


def _fact(facts: pd.DataFrame, name: str) -> Mapping[str, Any]:
    return {str(column): value for column, value in facts.loc[name].items()}


def _printed(fact: Mapping[str, Any]) -> str:
    return _with_unit(str(fact["printed"]), fact)


def _with_unit(number: str, fact: Mapping[str, Any]) -> str:
    number = number.replace("-", "−")
    unit, say = unit_head(fact["unit"]), words().amounts
    return (say.closed_up if unit == "%" else say.with_unit)(number=number, unit=unit).strip()
