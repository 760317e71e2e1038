"""Which of two facts holds when both cannot: the same principles everywhere, in this order.

1. A table or figure before prose: it is made from the data, the sentence from reading it.
2. The exhibit that shows the whole before one that shows a selection (its title says how many
   rows it shows): a whole must add up, a selection need not.
3. The more decimals before the fewer.
4. The exhibit with more rows of the measure before the one with fewer.
5. Where none of these decides, the one printed first.
"""

from __future__ import annotations

from dataclasses import dataclass

from smdi.published.fact_table import PROSE, Fact, Facts

PRINCIPLES = (
    "图表数据由原始记录汇总而成，文字由人转述，故以图表为准。",
    "列全的表须与合计相符，节选的表不受此约束，故以列全的表为准。",
    "小数位数较多者保留的信息较多，故以其为准。",
    "所列行数较多的图表覆盖更全，故以其为准。",
    "无其他依据可循，以先出现者为准。",
)
SHARED_RANK = "并列者共享较前的名次（竞赛排名法），故以较前的名次为准。"
ROWS_BEFORE_TITLE = "表中各行由原始记录汇总而成，可逐行核对，故以各行为准。"
COUNT_BEFORE_RANK = "名次由数量推得，故以数量为准。"
TERMS_BEFORE_DIFFERENCE = "差值由两年数值推得，故以两年数值为准。"
BOTH_STAND = "各处可以同时成立，均以所印的数值为准。"
UNDECIDED = (
    "各处不能同时成立，但无法断定何处有误；须核对原件，或在图表声明的 yields 中写明以何处为准。"
)
CHECK_SOURCE = "请对照原件核对转录。"


@dataclass(frozen=True)
class Verdict:
    """Which of two facts holds, which gives way, and why."""

    holds: Fact
    gives_way: Fact
    reason_zh: str


def decide(a: Fact, b: Fact, facts: Facts) -> Verdict:
    """Weigh two facts that cannot both hold."""
    first, second = sorted((a, b), key=lambda fact: _precedence(fact, facts))
    pairs = zip(_precedence(first, facts), _precedence(second, facts), strict=True)
    decisive = next(place for place, (x, y) in enumerate(pairs) if x != y)
    return Verdict(first, second, PRINCIPLES[decisive])


def _precedence(fact: Fact, facts: Facts) -> tuple[bool, bool, int, int, int]:
    selection = bool(len(facts.select(exhibit=fact.exhibit, measure="title_rows")))
    rows = len(facts.select(exhibit=fact.exhibit, measure=fact.measure, year=fact.year))
    return (fact.exhibit == PROSE, selection, -fact.decimals, -rows, fact.position)
