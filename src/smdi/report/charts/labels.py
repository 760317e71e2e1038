"""Names of measures, for axes, legends and alt texts."""

from __future__ import annotations

from functools import cache

from smdi.report.text.language import name_of, words
from smdi.standards import level_classes, maturity_model, practices


@cache
def _chinese_names() -> dict[str, str]:
    names = {f"share_level_{key}": name for key, name in level_classes()["name_zh"].items()}
    names |= {f"domain_{domain.id}": domain.name_zh for domain in maturity_model().domains}
    names |= {str(key): name for key, name in practices()["name_zh"].items()}
    return names


def measure_label(measure: str) -> str:
    """Return the name of a measure in the current language; KeyError when it has none."""
    if own := words().measures.get(measure):
        return own
    names = _chinese_names()
    if measure not in names:
        raise KeyError(f"no label for the measure {measure!r}; give it by `labels`")
    return name_of(names[measure])
