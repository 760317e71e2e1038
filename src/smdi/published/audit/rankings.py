"""Rules on ranked tables: ranks, ties, order of rows, titles that say how many, thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from smdi.published.audit.principles import (
    BOTH_STAND,
    CHECK_SOURCE,
    COUNT_BEFORE_RANK,
    ROWS_BEFORE_TITLE,
    SHARED_RANK,
)
from smdi.published.audit.registry import Finding, Severity, rule
from smdi.published.fact_table import Fact, Facts
from smdi.published.intervals import Interval
from smdi.published.published_report import PublishedReport
from smdi.published.readings import unless
from smdi.published.relations import Ranking, Threshold
from smdi.published.vocabulary import TOTALS

Table = tuple[tuple[Fact, Fact], ...]

SIDE_OPEN = "也可能是其中的数量有误；在数量无误的前提下，"


def ranked_tables(facts: Facts) -> Iterator[Table]:
    """Each ranked table as pairs of rank and the number ranked by, in the order of the rows."""
    for same in facts.split("exhibit", "year").values():
        ranks = same.select(measure="rank")
        pairs = [(rank, _ranked_by(rank, same)) for rank in ranks]
        complete = tuple((rank, number) for rank, number in pairs if number is not None)
        if complete:
            yield complete


def _ranked_by(rank: Fact, table: Facts) -> Fact | None:
    others = [fact for fact in table.select(group=rank.group) if fact.measure != "rank"]
    return others[0] if len(others) == 1 else None


def rank_of(number: Fact, table: Table) -> int:
    """The place of a number by competition ranking."""
    return 1 + sum(other.number > number.number for _, other in table)


def _shares_ranks(table: Table) -> bool:
    """Whether some tied rows of a table stand at one rank: its way of ranking ties."""
    return any(
        rank is not other and rank.number == other.number and value.number == tied.number
        for rank, value in table
        for other, tied in table
    )


@rule(
    "名次与并列",
    "名次应由数量推得，数量相同者名次相同。同一份报告中有的并列同名次、有的不同，读者会误以为两者有先后。",
)
def ranks_follow_from_numbers(report: PublishedReport) -> Iterator[Finding]:
    """A rank is one more than the number of rows with a greater number, the same for ties.

    An edition that lets some ties share a rank has chosen competition ranking; a tie it ranks
    unevenly contradicts that, unless its own table merely numbers the rows. Where no tie of the
    edition shares a rank, uneven ties are only noticed. A rank that no tie explains contradicts
    its own number.
    """
    tables = list(ranked_tables(report.facts))
    competition = any(_shares_ranks(table) for table in tables)
    for table in tables:
        for rank, number in table:
            right = rank_of(number, table)
            if rank.number == right:
                continue
            tied = [
                (other, value)
                for other, value in table
                if value.number == number.number and other.number == right
            ]
            if tied:
                yield _uneven_tie((rank, number), tied[0], competition, table)
            else:
                yield _wrong_rank(rank, number, right)


def _uneven_tie(
    row: tuple[Fact, Fact], above: tuple[Fact, Fact], competition: bool, table: Table
) -> Finding:
    (rank, number), (better, tied) = row, above
    numbered = [r.number == place for place, (r, _) in enumerate(table, 1)]
    reading = "" if _shares_ranks(table) or not competition else unless("serial_number", numbered)
    side = "" if reading or not competition else SIDE_OPEN
    return Finding(
        rule="ranks_follow_from_numbers",
        severity="conditional" if reading else "contradiction" if competition else "notice",
        fact_ids=(rank.id, better.id, number.id, tied.id),
        message_zh=(
            f"{rank.group}与{better.group}同为 {number.text}，"
            f"名次却分别为第 {rank.printed} 与第 {better.printed}。"
        ),
        treatment_zh=side + SHARED_RANK,
        followed=better.id if competition else None,
        contradicted=(rank.id,) if competition else (),
        numbers={"printed": rank.printed, "rank": better.printed},
        unless_zh=reading,
        implied=better.interval if competition else None,
    )


def _wrong_rank(rank: Fact, number: Fact, right: int) -> Finding:
    return Finding(
        rule="ranks_follow_from_numbers",
        severity="contradiction",
        fact_ids=(rank.id, number.id),
        message_zh=f"{rank.group} {number.text}应列第 {right}，表中列第 {rank.printed}。",
        treatment_zh=COUNT_BEFORE_RANK,
        followed=number.id,
        contradicted=(rank.id,),
        numbers={"printed": rank.printed, "rank": right},
        implied=Interval.point(right),
    )


@rule(
    "行的次序",
    "按数量由高到低排列的表，各行次序应与数量一致；次序颠倒多半是数字或行误植。",
)
def rows_stand_in_order(report: PublishedReport) -> Iterator[Finding]:
    """The rows of a ranking fall from the first to the last.

    A number that breaks the fall stands at the wrong place or is wrong itself. The row named is
    the one without which the rest would fall.
    """
    for ranking in report.declared.of(Ranking):
        own = report.facts.select(exhibit=ranking.exhibit, measure=ranking.number)
        for same in own.split("year").values():
            rows = [fact for fact in same if fact.group not in TOTALS]
            for place, (earlier, later) in enumerate(pairwise(rows)):
                if later.number > earlier.number:
                    yield _out_of_order(rows, place)


def _out_of_order(rows: list[Fact], place: int) -> Finding:
    earlier, later = rows[place], rows[place + 1]
    before = rows[place - 1] if place else None
    blamed = later if before is not None and later.number > before.number else earlier
    other = earlier if blamed is later else later
    return Finding(
        rule="rows_stand_in_order",
        severity="notice",
        fact_ids=(blamed.id, other.id),
        message_zh=f"{later.group} {later.text}排在{earlier.group} {earlier.text}之后，次序颠倒。",
        treatment_zh=CHECK_SOURCE,
    )


@rule(
    "标题与行数",
    "标题所称的行数应与表中行数一致；末位并列时多出的行应予说明，否则读者会以为多列或漏列。",
)
def title_names_its_rows(report: PublishedReport) -> Iterator[Finding]:
    """A table has as many rows as its title says, or more by a tie at the last place.

    With a tie at the last place the title and the rows can both hold; any other difference is a
    contradiction, for the rows are there to be counted. Where the rows seen on the page are
    declared, the title of a figure without printed rows, and the rows transcribed, are held
    against them: a difference is a slip of one or the other.
    """
    facts = report.facts
    ranked = {table[0][0].exhibit: table for table in ranked_tables(facts)}
    for title in facts.select(measure="title_rows"):
        table = ranked.get(title.exhibit)
        declared = report.declared.exhibits.get(title.exhibit)
        seen = declared.rows if declared else None
        rows = _rows_of(facts.select(exhibit=title.exhibit))
        if table is None:
            if seen is not None and title.number != seen:
                yield _rows_differ(title, (title.id,), seen, "声明的行数为")
            elif seen is None and len(rows) > 1 and title.number != len(rows):
                places = (title.id, rows[-1].id)
                yield _rows_differ(title, places, len(rows), "所列行数为", "contradiction")
        elif title.number != len(table):
            yield _title_and_table(title, table)
    for name, declared in report.declared.exhibits.items():
        rows = _rows_of(facts.select(exhibit=name))
        if declared.rows is not None and rows and len(rows) != declared.rows:
            at_ends = (rows[0].id, rows[-1].id)
            yield _rows_differ(rows[0], at_ends, declared.rows, f"转录 {len(rows)} 行，原件为")


def _rows_of(own: Facts) -> list[Fact]:
    """One fact a row, of an exhibit that prints its rows."""
    first = {fact.group: fact for fact in own if fact.group not in TOTALS}
    return list(first.values())


def _rows_differ(
    fact: Fact, places: tuple[str, ...], rows: int, what: str, severity: Severity = "notice"
) -> Finding:
    return Finding(
        rule="title_names_its_rows",
        severity=severity,
        fact_ids=tuple(dict.fromkeys(places)),
        message_zh=f"{fact.where.split('，')[0]}：{what} {rows}。",
        treatment_zh=CHECK_SOURCE,
        numbers={"rows": rows},
    )


def _title_and_table(title: Fact, table: Table) -> Finding:
    tied = [(r, n) for r, n in table if rank_of(n, table) <= title.number]
    last = min((n for _, n in tied or table), key=lambda number: number.number)
    at_last = [n for _, n in tied or table if n.number == last.number]
    explained = len(tied) == len(table) > title.number
    beyond = [n for _, n in table if n not in at_last and rank_of(n, table) > title.number]
    cause = (
        f"末位 {len(at_last)} 行并列（{'、'.join(n.group for n in at_last)}），可以解释。"
        if explained
        else "并列不能解释。"
    )
    return Finding(
        rule="title_names_its_rows",
        severity="notice" if explained else "contradiction",
        fact_ids=(title.id, *(n.id for n in (*at_last, *beyond))),
        message_zh=f"标题称 {title.printed} 个，表中 {len(table)} 行；{cause}",
        treatment_zh=BOTH_STAND if explained else ROWS_BEFORE_TITLE,
        followed=None if explained else at_last[0].id,
        contradicted=() if explained else (title.id,),
        numbers={"title": title.printed, "rows": len(table)},
        implied=None if explained else Interval.point(len(table)),
    )


@rule(
    "样本门槛",
    "称仅列样本超过某一门槛的行业，则表中每一行都应高于该门槛。",
)
def rows_pass_the_threshold(report: PublishedReport) -> Iterator[Finding]:
    """Every row of a table that shows only samples over a threshold is over it.

    A row at or below it shows that the threshold was another one than the reader is told.
    """
    for declared in report.declared.of(Threshold):
        own = report.facts.select(exhibit=declared.exhibit)
        for threshold in own.select(measure=declared.threshold):
            for row in own.select(measure=declared.number, year=threshold.year):
                if row.number <= threshold.number:
                    yield Finding(
                        rule="rows_pass_the_threshold",
                        severity="contradiction",
                        fact_ids=(row.id, threshold.id),
                        message_zh=f"门槛为超过 {threshold.text}，而{row.group}仅 {row.text}。",
                        treatment_zh=ROWS_BEFORE_TITLE,
                        followed=row.id,
                        contradicted=(threshold.id,),
                        numbers={"threshold": threshold.printed, "row": row.printed},
                    )
