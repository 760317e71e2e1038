"""What the standards must say together: counts, sums, references between files.

Each rule takes the rows by table name and yields the faults it finds; `check` runs every rule, so
that an editor who replaced a file sees all that is wrong with it at once. A rule relies on no other
rule having passed; it is left out when a file it needs could not be read, which is told already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from smdi.errors import Problem
from smdi.standards.tables import PROCESS_TYPES, TABLES, Row

Standards = dict[str, list[Row]]

# GB/T 39116-2020: 4 elements, 12 domains, 20 sub-domains; GB/T 4754-2017: divisions 13 to 43;
# GB/T 2260: 34 provincial units.
COUNTS = {"levels": 6, "elements": 4, "domains": 12, "subdomains": 20, "item_scores": 4,
          "sectors": 4, "size_classes": 4, "level_classes": 4}  # fmt: skip
KIND_TABLES = {"element": "elements", "domain": "domains", "subdomain": "subdomains"}


def _whole(table: str, column: str | None, value: object, expected: str) -> Problem:
    return Problem(TABLES[table].file, None, column, value, expected)


def _ids(standards: Standards, table: str, column: str = "id") -> set[object]:
    return {row[column] for row in standards[table]}


def _counts(standards: Standards) -> Iterator[Problem]:
    for table, count in COUNTS.items():
        if len(standards[table]) != count:
            yield _whole(table, None, len(standards[table]), f"{count} rows")


def _divisions(standards: Standards) -> Iterator[Problem]:
    wanted = {str(code) for code in range(13, 44)}
    for code in sorted(wanted - _ids(standards, "divisions", "code")):
        yield _whole("divisions", "code", None, f"a row for division {code}")
    for row in standards["divisions"]:
        if row["code"] not in wanted:
            yield row.problem("code", "a manufacturing division from 13 to 43")
        if row["sector"] not in _ids(standards, "sectors") | {""}:
            yield row.problem("sector", "an id of sectors.csv, or empty")


def _references(standards: Standards) -> Iterator[Problem]:
    for table, column, target, key in (
        ("domains", "parent", "elements", "id"),
        ("subdomains", "parent", "domains", "id"),
        ("items", "subdomain", "subdomains", "id"),
        ("classes", "division", "divisions", "code"),
    ):
        known = _ids(standards, target, key)
        for row in standards[table]:
            if row[column] not in known:
                yield row.problem(column, f"a {key} of {TABLES[target].name}")
    for table, target in (("domains", "elements"), ("subdomains", "domains")):
        used = _ids(standards, table, "parent")
        for row in standards[target]:
            if row["id"] not in used:
                yield row.problem("id", f"a row of {TABLES[table].name} with it as parent")
    tailorable = {row["id"] for row in standards["domains"] if row["tailorable"]}
    for row in standards["practices"]:
        if row["base"] not in tailorable | {"all"}:
            yield row.problem("base", "all, or a domain of domains.csv that may be tailored")


def _weights(standards: Standards) -> Iterator[Problem]:
    parents = {
        kind: {row["id"]: row.values.get("parent") for row in standards[table]}
        for kind, table in KIND_TABLES.items()
    }
    sums: dict[tuple[object, ...], int] = defaultdict(int)
    seen: dict[tuple[object, ...], set[object]] = defaultdict(set)
    for row in standards["weights"]:
        kind = row["kind"]
        if row["id"] not in parents[kind]:
            yield row.problem("id", f"an id of {KIND_TABLES[kind]}.csv")
        elif row["parent"] != parents[kind][row["id"]]:
            yield row.problem("parent", f"{parents[kind][row['id']] or '(empty)'}")
        if row["weight"] == 0:
            yield row.problem("weight", "more than 0 (leave out what the type does not have)")
        sums[row["process_type"], kind, row["parent"]] += row["weight"]
        seen[row["process_type"], kind].add(row["id"])
    for (process_type, kind, parent), total in sums.items():
        if total != 100:
            group = f"{process_type} {kind}s" + (f" of {parent}" if parent else "")
            yield _whole("weights", "weight", total, f"the weights of the {group} to sum to 100")
    for process_type in PROCESS_TYPES:
        # A process type may lack a sub-domain, yet never a whole domain.
        has = {p for i, p in parents["subdomain"].items() if i in seen[process_type, "subdomain"]}
        present = {
            "element": seen[process_type, "element"],
            "domain": seen[process_type, "domain"],
            "domain with sub-domains": has,
        }
        for kind, found in present.items():
            wanted = parents[kind.split()[0]]
            for missing in (one for one in wanted if one not in found):
                expected = f"a weight for the {process_type} {kind} {missing}"
                yield _whole("weights", "id", None, expected)


def _levels(standards: Standards) -> Iterator[Problem]:
    rows = standards["levels"]
    for before, row in pairwise(rows):
        if row["level"] != before["level"] + 1:
            yield row.problem("level", "levels in rising order without a gap")
        if row["lower_bound"] <= before["lower_bound"]:
            yield row.problem("lower_bound", "a bound above that of the level before")
    for row in standards["item_scores"]:
        if row["score"] * 10 != row["tenths"]:
            yield row.problem("tenths", "ten times the score")


def _bands(standards: Standards) -> Iterator[Problem]:
    grouped = [
        level
        for row in standards["level_classes"]
        for level in range(row["lowest_level"], row["highest_level"] + 1)
    ]
    if grouped != list(range(6)):
        yield _whole("level_classes", "lowest_level", grouped, "each level 0 to 5 once, rising")
    rows = standards["size_classes"]
    for before, row in pairwise(rows):
        for column in ("min_employees", "min_revenue"):
            if row[column] >= before[column]:
                yield row.problem(column, "a bound below that of the larger class before")


def _items(standards: Standards) -> Iterator[Problem]:
    numbers: dict[tuple[object, object], int] = defaultdict(int)
    for row in standards["items"]:
        cell = row["subdomain"], row["level"]
        numbers[cell] += 1
        wanted = f"{row['subdomain']}-{row['level']}-{row['number']}"
        if row["item_id"] != wanted:
            yield row.problem("item_id", wanted)
        if row["number"] != numbers[cell]:
            yield row.problem("number", f"{numbers[cell]} (items of a cell count from 1)")
    elements = {row["id"]: row["parent"] for row in standards["domains"]}
    for process_type in PROCESS_TYPES:
        known = {
            row["id"]
            for row in standards["weights"]
            if (row["process_type"], row["kind"]) == (process_type, "subdomain")
        }
        filled = {
            (elements.get(row["parent"]), level)
            for row in standards["subdomains"]
            for level in range(1, 6)
            if row["id"] in known and numbers.get((row["id"], level))
        }
        for element in _ids(standards, "elements"):
            for level in (level for level in range(1, 6) if (element, level) not in filled):
                expected = f"an item for {process_type} firms in element {element} at level {level}"
                yield _whole("items", "item_id", None, expected)


def _classes(standards: Standards) -> Iterator[Problem]:
    for row in standards["classes"]:
        if row["division"] != row["code"][:2]:
            yield row.problem("division", row["code"][:2])
    used = _ids(standards, "classes", "division")
    for row in standards["divisions"]:
        if row["code"] not in used:
            yield row.problem("code", "at least one class of it in classes.csv")


def _regions(standards: Standards) -> Iterator[Problem]:
    rows = standards["regions"]
    provinces = {row["code"]: row for row in rows if row["kind"] == "province"}
    scope = sum(bool(row["in_scope"]) for row in provinces.values())
    for found, count, what in ((len(provinces), 34, "provincial units"), (scope, 31, "in scope")):
        if found != count:
            yield _whole("regions", "kind", found, f"{count} {what}")
    names: dict[tuple[bool, str, object], int] = {}
    for row in rows:
        for column in ("name_zh", "short_zh"):
            name = row["kind"] == "province", column, row[column]
            if name in names:
                yield row.problem(column, f"a name of its own (also in row {names[name]})")
            names.setdefault(name, row.line)
        if row["kind"] == "province":
            if row["parent"] is not None:
                yield row.problem("parent", "empty for a province")
            continue
        parent = provinces.get(row["parent"])
        if parent is None or row["parent"][:2] != row["code"][:2]:
            yield row.problem("parent", f"the province {row['code'][:2]}0000")
        elif parent["in_scope"] != row["in_scope"]:
            yield row.problem("in_scope", "the same as its province")
    cities = _ids(standards, "regions", "parent")
    for row in provinces.values():
        if row["in_scope"] and row["code"] not in cities:
            yield row.problem("code", "at least one city of it")


def _shares(standards: Standards) -> Iterator[Problem]:
    sums: dict[object, Decimal] = defaultdict(Decimal)
    for row in standards["national_level_shares"]:
        sums[row["year"]] += row["share"]
    for year, total in sums.items():
        if total != 100:
            expected = f"the shares of {year} to sum to 100"
            yield _whole("national_level_shares", "share", total, expected)


_MODEL = ("elements", "domains", "subdomains")
RULES = (
    (_counts, tuple(COUNTS)),
    (_divisions, ("divisions", "sectors")),
    (_references, (*_MODEL, "items", "classes", "divisions", "practices")),
    (_weights, (*_MODEL, "weights")),
    (_levels, ("levels", "item_scores")),
    (_bands, ("level_classes", "size_classes")),
    (_items, (*_MODEL, "weights", "items")),
    (_classes, ("classes", "divisions")),
    (_regions, ("regions",)),
    (_shares, ("national_level_shares",)),
)


def check(standards: Standards) -> Iterator[Problem]:
    """Yield every fault of the standards taken together; unreadable tables are not in it."""
    for rule, needed in RULES:
        if all(table in standards for table in needed):
            yield from rule(standards)
