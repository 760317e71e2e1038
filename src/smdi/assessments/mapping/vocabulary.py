"""The ways in which exports write yes and no, item scores, and that nothing applies."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from smdi.assessments.values.texts import canonical
from smdi.standards import PROCESS_TYPES

Tenths = int
TYPE_NAMES: dict[str, str] = {
    **{str(name): str(name) for name in PROCESS_TYPES},
    **dict.fromkeys(("离散型", "离散", "离散制造", "离散型制造"), "discrete"),
    **dict.fromkeys(("流程型", "流程", "流程制造", "流程型制造"), "process"),
}
YES = ("true", "是", "有", "√", "✓", "✔", "y", "yes", "1", "具备", "已开展", "已建", "已应用")
NO = ("false", "否", "无", "×", "✗", "✘", "x", "n", "no", "0", "没有", "不具备", "未开展", "未建",
      "未应用")  # fmt: skip
YES_NO: dict[str, bool] = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
ABSENT = (
    "",
    "不适用",
    "不涉及",
    "无此业务",
    "n/a",
    "na",
    "-",
    "--",
    "—",
    "/",
    "未填",
    "未作答",
    "null",
)
# Each set of words or numbers is a way of its own: 1 is a tenth of ten and the whole of one.
SCORE_SETS: tuple[dict[str, Tenths], ...] = (
    {"全部满足": 10, "大部分满足": 8, "部分满足": 5, "不满足": 0},
    {"完全满足": 10, "大部分满足": 8, "部分满足": 5, "不满足": 0},
    {"全部符合": 10, "大部分符合": 8, "部分符合": 5, "不符合": 0},
    {"1": 10, "0.8": 8, "0.5": 5, "0": 0},
    {"10": 10, "8": 8, "5": 5, "0": 0},
    {"100": 10, "80": 8, "50": 5, "0": 0},
    {"100%": 10, "80%": 8, "50%": 5, "0%": 0},
    {"a": 10, "b": 8, "c": 5, "d": 0},
)


def score_set(texts: Iterable[str]) -> dict[str, Tenths] | None:
    """Return the set of scores that explains all texts but the absent ones, None when none does.

    Of numbers alone at least three different ones must be there: columns of 0 and 1 are no scores.
    """
    found = {canonical(text) for text in texts} - _canonical(ABSENT)
    for scores in SCORE_SETS:
        keys = {canonical(text): text for text in scores}
        words = not any(text[0].isdigit() for text in scores)
        if found and found <= set(keys) and (words or len(found) > 2):
            return scores
    return None


def yes_no_set(texts: Collection[str]) -> dict[str, bool] | None:
    """Return how the texts write yes and no, None when one of them does neither.

    Where only yes is written, an empty cell is a no.
    """
    known = {canonical(text): value for text, value in YES_NO.items()}
    found = {text: known.get(canonical(text)) for text in texts if canonical(text)}
    if not found or any(
        value is None and canonical(text) not in _canonical(ABSENT) for text, value in found.items()
    ):
        return None
    made = {text: value for text, value in found.items() if value is not None}
    if made and all(made.values()) and any(not canonical(text) for text in texts):
        made[""] = False
    return made or None


def absent_texts(texts: Iterable[str]) -> list[str]:
    """Return those texts that say that nothing applies or nothing was answered, as they stand."""
    return [text for text in texts if canonical(text) in _canonical(ABSENT)]


def _canonical(texts: Iterable[str]) -> set[str]:
    return {canonical(text) for text in texts}
