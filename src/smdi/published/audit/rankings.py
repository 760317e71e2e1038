"""Rules on ranked tables: ranks, ties, titles that say how many rows, thresholds of a sample."""

from __future__ import annotations

from collections.abc import Iterator

from smdi.published.audit.model import Fact, Facts
from smdi.published.audit.principles import (
    BOTH_STAND,
    COUNT_BEFORE_RANK,
    ROWS_BEFORE_TITLE,
    SHARED_RANK,
)
from smdi.published.audit.registry import Finding, rule


def ranked_tables(facts: Facts) -> Iterator[tuple[tuple[Fact, Fact], ...]]:
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


def _rank_of(number: Fact, table: tuple[tuple[Fact, Fact], ...]) -> int:
    return 1 + sum(other.number > number.number for _, other in table)


def _shares_ranks(facts: Facts) -> bool:
    """Whether some tied rows of the edition stand at one rank: its way of ranking ties."""
    return any(
        rank is not other and rank.number == other.number and value.number == tied.number
        for table in ranked_tables(facts)
        for rank, value in table
        for other, tied in table
    )


@rule(
    "名次与并列",
    "名次应由数量推得，数量相同者名次相同。同一份报告中有的并列同名次、有的不同，读者会误以为两者有先后。",
)
def ranks_follow_from_numbers(facts: Facts) -> Iterator[Finding]:
    """A rank is one more than the number of rows with a greater number, the same for ties.

    An edition that lets some ties share a rank has chosen competition ranking; a tie it ranks
    unevenly contradicts that, and the better rank stands. Where no tie of the edition shares a
    rank, uneven ties are only noticed. A rank that no tie explains contradicts its own number.
    """
    competition = _shares_ranks(facts)
    for table in ranked_tables(facts):
        for rank, number in table:
            right = _rank_of(number, table)
            if rank.number == right:
                continue
            tied = [
                other
                for other, value in table
                if value.number == number.number and other.number == right
            ]
            if tied:
                yield _uneven_tie(rank, number, tied[0], competition)
            else:
                yield _wrong_rank(rank, number, right)


def _uneven_tie(rank: Fact, number: Fact, better: Fact, competition: bool) -> Finding:
    return Finding(
        rule="ranks_follow_from_numbers",
        severity="contradiction" if competition else "notice",
        fact_ids=(rank.id, better.id, number.id),
        message_zh=(
            f"{rank.group}与{better.group}同为 {number.text}，"
            f"名次却分别为第 {rank.printed} 与第 {better.printed}。"
        ),
        treatment_zh=SHARED_RANK,
        followed=better.id if competition else None,
        contradicted=(rank.id,) if competition else (),
        numbers={"printed": rank.printed, "rank": better.printed},
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
    )


@rule(
    "标题与行数",
    "标题所称的行数应与表中行数一致；末位并列时多出的行应予说明，否则读者会以为多列或漏列。",
)
def title_names_its_rows(facts: Facts) -> Iterator[Finding]:
    """A table has as many rows as its title says, or more by a tie at the last place.

    With a tie at the last place the title and the rows can both hold; any other difference is a
    contradiction, for the rows are there to be counted.
    """
    for table in ranked_tables(facts):
        title = facts.one(exhibit=table[0][0].exhibit, measure="title_rows", year=table[0][0].year)
        if title is None or title.number == len(table):
            continue
        tied = [(r, n) for r, n in table if _rank_of(n, table) <= title.number]
        last = min((n for _, n in tied), key=lambda number: number.number)
        at_last = [n for _, n in tied if n.number == last.number]
        explained = len(tied) == len(table) > title.number
        cause = (
            f"末位 {len(at_last)} 行并列（{'、'.join(n.group for n in at_last)}），可以解释。"
            if explained
            else "并列不能解释。"
        )
        yield Finding(
            rule="title_names_its_rows",
            severity="notice" if explained else "contradiction",
            fact_ids=(title.id, *(n.id for n in at_last)),
            message_zh=f"标题称 {title.printed} 个，表中 {len(table)} 行；{cause}",
            treatment_zh=BOTH_STAND if explained else ROWS_BEFORE_TITLE,
            followed=None if explained else at_last[0].id,
            contradicted=() if explained else (title.id,),
            numbers={"title": title.printed, "rows": len(table)},
        )


@rule(
    "样本门槛",
    "称仅列样本超过某一门槛的行业，则表中每一行都应高于该门槛。",
)
def rows_pass_the_threshold(facts: Facts) -> Iterator[Finding]:
    """Every row of a table that shows only samples over a threshold is over it.

    A row at or below it shows that the threshold was another one than the reader is told.
    """
    for threshold in facts.select(measure="sample_threshold"):
        rows = facts.select(exhibit=threshold.exhibit, measure="firms", year=threshold.year)
        for row in rows:
            if row.number <= threshold.number:
                yield Finding(
                    rule="rows_pass_the_threshold",
                    severity="contradiction",
                    fact_ids=(row.id, threshold.id),
                    message_zh=(f"门槛为超过 {threshold.text}，而{row.group}仅 {row.text}。"),
                    treatment_zh=ROWS_BEFORE_TITLE,
                    followed=row.id,
                    contradicted=(threshold.id,),
                    numbers={"threshold": threshold.printed, "row": row.printed},
                )
