"""A table by hand for each kind of chart: ties, noughts, wholes, what is withheld or lacks."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import altair as alt
import pandas as pd

from smdi.indicators.tidy import STATUS, Row, frame
from smdi.report import charts
from smdi.report.text.language import use_language
from tests.report.drawings.charts_frames import LEVELS

LACKS = math.nan
# The longest names, and what they stand beside.
COMPUTERS, FURS = "计算机、通信和其他电子设备制造业", "皮革、毛皮、羽毛及其制品和制鞋业"


def table(unit: str, rows: Iterable[tuple[Any, ...]]) -> pd.DataFrame:
    """Return a tidy frame of (measure, group, year, value[, status[, known]]).

    A value of None is withheld. The base is 120 firms, less one for each row before it.
    """
    given = [(*row, *("simulated", "")[len(row) - 4 :]) for row in rows]
    made = frame(
        [
            Row(measure, group, year, LACKS if value is None else value, unit, 120 - at,
                withheld=value is None)
            for at, (measure, group, year, value, *_) in enumerate(given)
        ]
    )  # fmt: skip
    told = [(_status(value, status), "simulated", known) for *_, value, status, known in given]
    made[STATUS] = pd.DataFrame(told, columns=STATUS, dtype="str")
    return made


def _status(value: float | None, status: str) -> str:
    if value is None:
        return "suppressed"
    return "missing" if math.isnan(value) else status


def crossed(
    measures: Iterable[str], groups: Iterable[tuple[str, int]], *values: tuple[Any, ...]
) -> list[tuple[Any, ...]]:
    """Return rows of measures by (group, year); a value may bear its status: (18.5, "derived")."""
    return [
        (measure, group, year, *(value if isinstance(value, tuple) else (value,)))
        for measure, own in zip(measures, values, strict=True)
        for (group, year), value in zip(groups, own, strict=True)
    ]


P, D = "published", "derived"


def ranked(longest: str = "新疆生产建设兵团所属各师市及其企业") -> alt.LayerChart:
    firms = {
        "江苏省": (4654.0, P), "山东省": (2753.0, D), "宁夏回族自治区": (1108.0,),
        "北京市": (1108.0,), longest: (40.0,), "海南省": (0.0,),
        "西藏自治区": (None,), "青海省": (LACKS,),
    }  # fmt: skip
    rows = [("participants", name, 2021, *value) for name, value in firms.items()]
    ranks = table("位", [("rank", name, 2021, float(at)) for at, name in enumerate(firms, 1)])
    return charts.ranked_bars(pd.concat([table("家", rows), ranks], ignore_index=True))


def growth() -> alt.LayerChart:
    rows = [("growth", "深圳市", 2021, 212.5), ("growth", "江苏省", 2021, 98.04, P, "98.0"),
            ("growth", "福建省", 2021, 7.06), ("participants", "福建省", 2021, 3.0)]  # fmt: skip
    return charts.ranked_bars(
        table("%", rows),
        measure="growth",
        subject="较上年增长",
        digits=1,
        labels={"growth": "增长"},
    )


def coverage() -> alt.LayerChart:
    rows = [
        ("coverage_design", "中小企业", 2021, 100.0, P),
        ("coverage_logistics", "中小企业", 2021, 68.375),
        ("coverage_sales", "中小企业", 2021, 0.0), ("coverage_service", "中小企业", 2021, None),
        ("coverage_all", "中小企业", 2021, LACKS),
    ]  # fmt: skip
    return charts.coverage_bars(
        table("%", rows),
        subject="业务覆盖率",
        labels={"coverage_all": "设计、物流、销售、服务等全部业务"},
    )


PRACTICES = ("private_network", "industrial_security", "equipment_digitalisation_rate")
SECTOR = (("电子信息", 2021), ("全行业", 2021))


def comparison() -> alt.LayerChart:
    rows = crossed(PRACTICES, SECTOR, (18.6, (11.4, P)), (None, 42.0), (63.5, (63.5, D)))
    return charts.practice_comparison(table("%", rows))


def comparison_with_legend() -> alt.LayerChart:
    groups = [("大型企业", 2021), ("中型企业", 2021), ("小型、微型及其他未划分规模企业", 2021)]
    rows = crossed(PRACTICES[:2], groups, (18.6, 0.0, (11.4, P)), (60.0, LACKS, (None, P)))
    return charts.grouped_bars(
        table("%", rows), colours=("#1f6f9f", "#d9822b", "#a9b4bf"), subject="占比", digits=1
    )


YEARS = (("全国", 2021), ("全国", 2020))


def trend() -> alt.LayerChart:
    rows = crossed(PRACTICES, YEARS, ((28.78, P), (23.0, P, "23")), (61.505, 55.25), (100.0, None))
    return charts.practice_trend(table("%", rows))


def trend_of_one_year() -> alt.LayerChart:
    rows = crossed(PRACTICES[:2], YEARS[:1], (28.78,), (61.505,))
    return charts.practice_trend(table("%", rows), digits=1)


def levels_of_years() -> alt.LayerChart:
    shares = {2021: (69.0, 15.0, 7.0, 9.0), 2019: (77.0, 14.0, 4.0, 5.0)}
    rows = [
        (measure, "全国", year, share, P)
        for year, own in shares.items()
        for measure, share in zip(LEVELS, own, strict=True)
    ]
    return charts.level_shares(table("%", rows), digits=0)


def levels_of_groups() -> alt.LayerChart:
    shares = {
        COMPUTERS: (54.25, 22.0, 14.0, 9.75), FURS: (97.4, 1.6, 1.0, 0.0),
        "纺织业": (60.0, None, None, (12.0, P)), "汽车制造业": (100.0, 0.0, 0.0, 0.0),
    }  # fmt: skip
    rows = [
        (measure, group, 2021, *(share if isinstance(share, tuple) else (share, P)[: 1 + (at < 2)]))
        for group, own in shares.items()
        for at, (measure, share) in enumerate(zip(LEVELS, own, strict=True))
    ]
    leads = table("%", [("share_level_ge4_lead", "纺织业", 2021, 2.7)])
    return charts.level_shares(pd.concat([table("%", rows), leads], ignore_index=True))


def levels_of_groups_and_years() -> alt.LayerChart:
    shares = {("江苏省", 2020): (70.0, 20.0, 6.0, 4.0), ("江苏省", 2021): (65.0, 20.0, 8.0, 7.0),
              ("全国", 2021): (69.0, 15.0, 7.0, 9.0)}  # fmt: skip
    rows = [
        (measure, group, year, share)
        for (group, year), own in shares.items()
        for measure, share in zip(LEVELS, own, strict=True)
    ]
    return charts.level_shares(table("%", rows), subject="江苏省", digits=1)


TYPES = (("离散型", 2021), ("流程型", 2021))
DOMAINS = ("domain_design", "domain_production", "domain_logistics", "domain_service")


def scores(subject: str = "能力域平均得分") -> alt.LayerChart:
    rows = crossed(
        DOMAINS, TYPES, ((1.7, P), 1.1), (0.905, (1.6, D)), (1.4, 1.4), (1.255, (1.05, P, "1.05"))
    )
    return charts.score_ranges(table("分", rows), subject=subject)


def scores_with_legend() -> alt.LayerChart:
    names = (("农副食品加工业及食品制造业和酒、饮料", 2021), ("全国", 2021))
    rows = crossed(DOMAINS, names, (1.3, 1.301), (None, 1.2), (None, None), (LACKS, 1.9))
    return charts.score_ranges(table("分", rows))


def scores_of_three() -> alt.LayerChart:
    groups = [("大型", 2021), ("中型", 2021), ("小型", 2021)]
    rows = crossed(DOMAINS[:2], groups, (1.7, 1.2, 1.1), (1.0, 1.0, 0.0))
    return charts.score_ranges(table("分", rows), colours=("#1f6f9f", "#d9822b", "#52606d"))


def scores_of_years() -> alt.LayerChart:
    rows = crossed(DOMAINS[:2], (("全国", 2021),), (1.7,), (1.2,))
    return charts.score_ranges(table("分", rows), series="year", digits=1)


def all_withheld() -> alt.LayerChart:
    return charts.ranked_bars(table("家", [("participants", "西藏自治区", 2021, None)]))


def nothing_to_show() -> alt.LayerChart:
    return charts.level_shares(table("%", [("share_level_2", "全国", 2021, LACKS)]))


def english(builder: Callable[..., alt.LayerChart], **options: str) -> Callable[[], alt.LayerChart]:
    """Return what draws a chart in English."""

    def draw() -> alt.LayerChart:
        use_language("en")
        return builder(**options)

    return draw


SAMPLES: dict[str, Callable[[], alt.LayerChart]] = {
    "ranked": ranked,
    "growth": growth,
    "coverage": coverage,
    "comparison": comparison,
    "comparison-with-legend": comparison_with_legend,
    "trend": trend,
    "trend-of-one-year": trend_of_one_year,
    "levels-of-years": levels_of_years,
    "levels-of-groups": levels_of_groups,
    "levels-of-groups-and-years": levels_of_groups_and_years,
    "scores": scores,
    "scores-with-legend": scores_with_legend,
    "scores-of-three": scores_of_three,
    "scores-of-years": scores_of_years,
    "all-withheld": all_withheld,
    "nothing-to-show": nothing_to_show,
    "ranked-in-english": english(ranked, longest=COMPUTERS),
    "levels-in-english": english(levels_of_groups),
    "scores-in-english": english(scores, subject=""),
}
