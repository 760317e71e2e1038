"""A table by hand, or from the standards, for each kind of table."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pandas as pd

from smdi.indicators.tidy import ERROR
from smdi.published import fact_id
from smdi.report.tables import (
    city_ranking,
    comparison,
    industry_change,
    plain,
    profiles,
    published,
    scoring,
    simulation,
    sme_classes,
)
from smdi.report.tables.table import Cell, Column, Table, number_column
from smdi.report.text.language import words
from tests.report.drawings.chart_samples import LACKS, D, P, table
from tests.report.drawings.charts_frames import together
from tests.report.test_method_tables import SUMMARY

KEYS = ("exhibit", "measure", "group", "year")
Told = tuple[Table, pd.DataFrame]


def cities() -> Table:
    counts = {"无锡": (630.0, P), "长沙": (253.0,), "苏州": (248.0,), "常州": (248.0, D),
              "德州": (64.0, P), "拉萨": (None,)}  # fmt: skip
    ranks = dict(zip(counts, (1.0, 2.0, 3.0, 3.0, 5.0, None), strict=True))
    ranking = [("rank", name, 2021, rank, D) for name, rank in ranks.items()]
    firms = [("firms_level_ge2", name, 2021, *value) for name, value in counts.items()]
    return city_ranking(together(table("家", firms), table("位", ranking)))


def cities_with_rest() -> Table:
    firms = [("firms_level_ge2", "无锡", 2021, 1.0), ("firms_level_ge2", "拉萨", 2021, None),
             ("firms_level_ge2", "那曲", 2021, None),
             ("firms_level_ge2_rest", "其他城市", 2021, 9.0)]  # fmt: skip
    return city_ranking(together(table("家", firms), table("位", [("rank", "无锡", 2021, 1.0)])))


def classes() -> Table:
    names = {"4190 其他未列明制造业": (1240.0, P), "3670 汽车零部件及配件制造": (717.0,)}
    firms = [("firms", name, 2021, *value) for name, value in names.items()]
    ranks = [("rank", name, 2021, float(at)) for at, name in enumerate(names, 1)]
    return sme_classes(together(table("家", firms), table("位", ranks)))


def industries() -> Table:
    shares = [("share_level_le1", "纺织业", 2021, 60.0, P),
              ("share_level_le1", "纺织业", 2020, 65.5),
              ("share_level_2", "纺织业", 2021, None), ("share_level_2", "纺织业", 2020, 20.0),
              ("share_level_ge2", "汽车制造业", 2021, 50.0),
              ("share_level_le1_rest", "其他行业", 2020, 33.335)]  # fmt: skip
    change = [("share_level_le1_change", "纺织业", 2021, -5.5, D),
              ("share_level_2_change", "纺织业", 2021, None),
              ("share_level_ge2_change", "汽车制造业", 2021, 0.004)]  # fmt: skip
    return industry_change(together(table("%", shares), table("百分点", change)))


def ways() -> Table:
    rows = [("share_level_le1_change", "全部参评企业", 2021, -6.04, D),
            ("share_level_le1_change", "两年均参评企业", 2021, 3.25),
            ("share_level_ge4_change", "全部参评企业", 2021, 0.0)]  # fmt: skip
    return comparison(table("百分点", rows))


def beside_nation() -> Table:
    shares = table("%", [("share_level_le1", "江苏省", 2021, 60.25, P),
                         ("share_level_le1", "全国", 2021, 69.0, P),
                         ("share_level_2", "江苏省", 2021, None),
                         ("share_level_2", "全国", 2021, 15.0)])  # fmt: skip
    firms = table("家", [("firms", "江苏省", 2021, 1234.0), ("firms", "全国", 2021, 20000.0, P)])
    points = table("分", [("domain_design", "江苏省", 2021, 1.255),
                          ("domain_design", "全国", 2021, LACKS),
                          ("domain_service", "江苏省", 2021, 1.5),
                          ("domain_service", "全国", 2021, 1.0)])  # fmt: skip
    leads = table("百分点", [("share_level_le1_lead", "江苏省", 2021, -8.75, D),
                          ("share_level_2_lead", "江苏省", 2021, None)])  # fmt: skip
    more = table("分", [("domain_service_lead", "江苏省", 2021, 0.5),
                        ("domain_design_lead", "江苏省", 2021, 0.2)])  # fmt: skip
    errors = [*[0.0] * 10, 1.0, 1.0, 0.1, 0.2]
    frame = together(shares, firms, points, leads, more)
    return profiles.beside_nation(frame.assign(**{ERROR: errors}), "江苏省")


def cities_of_a_province() -> Table:
    rows = [("participants", "无锡", 2021, 40.0), ("participants", "苏州", 2021, None),
            ("firms_level_ge2", "无锡", 2021, 4.0, P),
            ("firms_level_ge2_rest", "其他城市", 2021, 9.0)]  # fmt: skip
    return profiles.cities(table("家", rows))


def kinds() -> Table:
    firms = table("家", [("firms", "大型", 2021, 40.0), ("firms", "小型", 2021, 400.0, P)])
    low = [("share_level_le1", "大型", 2021, 31.25), ("share_level_le1", "小型", 2021, 100.0, D)]
    return profiles.kinds(together(firms, table("%", low)))


COLUMNS = [Column("rule", "规则"), Column("found", "发现"), number_column("n", "项数", "项")]


def grouped() -> Table:
    rows = [["甲", "句" * 17, 3], ["甲", "短", 4], ["乙", "—", Cell("5", "simulated")]]
    groups = [("以文为准", 2), ("以表为准", 1)]
    return plain(COLUMNS, [*rows, ["合计", "", 12]], "表。", groups=groups, totals=1)


def long() -> Table:
    return plain(COLUMNS[::2], [[f"规则{n}", n] for n in range(13)], "长表。")


def leading() -> Table:
    columns = [Column("a", "地区"), Column("b", "行业", names=True)]
    return plain(columns, [["江苏省", "纺织业"], ["山东省", "汽车制造业"]], "表。")


def reproduction() -> Told:
    rows = [("fig-04", "reproduced", "bound"), ("fig-04", "differs", ""),
            ("text", "reproduced", "free"), ("tab-cities", "contradicted", "")]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["exhibit", "status", "binding"])
    return published.status_table(frame, 2021)


def disputed() -> Told:
    names = (("fig-04", "share_level_le1", "全国", 2021), ("tab-cities", "change", "无锡", 2021))
    units = (("%", "69", "图4"), ("家", "-7.5", "表2"))
    facts = pd.DataFrame(
        [
            dict(zip((*KEYS, "unit", "printed", "where", "value"), (*a, *b, b[1]), strict=True))
            for a, b in zip(names, units, strict=True)
        ],
        index=[fact_id(*name) for name in names],
    )
    rows = [(*names[0], "69", "69.4", "contradicted", f"{fact_id(*names[1])} | more"),
            (*names[1], "-7.5", "-7", "contradicted", fact_id(*names[0])),
            (*names[0], "69", "69", "reproduced", "")]  # fmt: skip
    columns = [*KEYS, "printed", "computed", "status", "partner"]
    return published.disputed_table(pd.DataFrame(rows, columns=columns), facts)


def assumptions() -> Told:
    """Return the assumptions with a value of each kind in turn."""
    values = itertools.cycle((0.5, 3, None, [1, 2], {"a": 1.5}, "words"))
    given: dict[str, object] = {}
    for key, value in zip(words().simulation_tables.assumed, values, strict=False):
        section, _, name = key.partition(".")
        given[section] = {**given.get(section, {}), name: value} if name else value
    return simulation.assumptions_table({"assumptions": given}, 2021)


# Tables with the tidy frame that a reader can take away.
WITH_FRAMES: dict[str, Callable[[], Told]] = {
    "tab-a15": reproduction,
    "tab-a16": scoring.levels_table,
    "tab-a17": scoring.example_table,
    "tab-a18": scoring.readings_table,
    "tab-a19": lambda: simulation.panel_table(SUMMARY, 2021),
    "tab-a20": lambda: simulation.comparison_table(SUMMARY, 2021),
    "tab-a21": lambda: simulation.participants_table(None, 2021),
    "tab-a22": lambda: simulation.participants_table(SUMMARY, 2021),
    "tab-a23": lambda: simulation.inferred_table(SUMMARY),
    "tab-a24": assumptions,
    "tab-a25": disputed,
}
SAMPLES: dict[str, Callable[[], Table]] = {
    "tab-cities": cities,
    "tab-a10": cities_with_rest,
    "tab-sme-classes": classes,
    "tab-industry-change": industries,
    "tab-a11": ways,
    "tab-a12": beside_nation,
    "tab-a13": cities_of_a_province,
    "tab-a14": kinds,
    "tab-a1": grouped,
    "tab-a2": long,
    "tab-a3": leading,
    **{name: lambda told=told: told()[0] for name, told in WITH_FRAMES.items()},
}
