"""Chinese names of measures, for axes, legends and alt texts."""

from __future__ import annotations

from functools import cache

from smdi.standards import level_classes, maturity_model, practices

_NAMES = {
    "participants": "参与自诊断企业数量",
    "growth": "参与自诊断企业数量增长率",
    "firms": "企业数量",
    "firms_level_ge2": "达到二级及以上企业数量",
    "share_level_ge2": "二级及以上企业占比",
    "share_level_ge3": "三级及以上企业占比",
    "coverage_design": "设计业务覆盖占比",
    "coverage_logistics": "物流业务覆盖占比",
    "coverage_sales": "销售业务覆盖占比",
    "coverage_service": "服务业务覆盖占比",
    "sme_share": "中小微企业占比",
    "sme_share_of_level_le1": "一级及以下企业中的中小微企业占比",
}


@cache
def _all_names() -> dict[str, str]:
    names = dict(_NAMES)
    names |= {f"share_level_{key}": name for key, name in level_classes()["name_zh"].items()}
    names |= {f"domain_{domain.id}": domain.name_zh for domain in maturity_model().domains}
    names |= {str(key): name for key, name in practices()["name_zh"].items()}
    return names


def measure_label(measure: str) -> str:
    """Return the Chinese name of a measure; KeyError names a measure that has none."""
    names = _all_names()
    if measure not in names:
        raise KeyError(f"no Chinese label for the measure {measure!r}; give it by `labels`")
    return names[measure]
