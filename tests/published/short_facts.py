"""Facts written short: measure group year printed unit; and a nation of three classes of firms."""

from __future__ import annotations


def rows(measure: str, unit: str, **numbers: object) -> list[str]:
    """Write a column of an exhibit of one year, which goes without saying."""
    return [f"{measure} {group} {printed} {unit}" for group, printed in numbers.items()]


def share(measure: str, group: str, printed: object) -> str:
    return f"{measure} {group} 2031 {printed} %"


def count(measure: str, group: str, printed: object, year: int = 2031) -> str:
    return f"{measure} {group} {year} {printed} 家"


def points(measure: str, group: str, printed: object) -> str:
    return f"{measure} {group} 2031 {printed} 百分点"


CLASSES = ["share_a", "share_b", "share_c"]
# 40 % of the firms are 60, so that 20 % are 30: no whole numbers print so with 29 or 31.
NATION = (
    *(share(name, "全国", printed) for name, printed in zip(CLASSES, (40, 20, 40), strict=True)),
    count("firms_c", "东", 25),
    count("firms_c", "西", 35),
)
WHOLE = {"kind": "whole", "measures": CLASSES}
PART_OF_CLASS = {
    "kind": "part_of_class",
    "of_all": "digital",
    "of_class": "digital_of_b",
    "class_share": "share_b",
    "whole": CLASSES,
    "group": "全国",
}
AMONG = {
    "kind": "among",
    "exhibit": "tab-y",
    "count": "kinds",
    "share": "share_b",
    "group": "全国",
}


def firms_of(name: str) -> dict[str, object]:
    return {
        "kind": "counts_of_shares",
        "count": f"firms_{name}",
        "groups": ["东", "西"],
        "classes": [f"share_{name}"],
        "whole": CLASSES,
        "group": "全国",
    }
