"""Every chapter in every scope, and over hostile populations: its sentences are true and read well.

The whole grid takes an hour and is marked `proofs`; a sample of it, drawn by a fixed seed, is part
of every run.
"""

from __future__ import annotations

import random
import re
from functools import cache, lru_cache
from pathlib import Path

import pytest
import yaml

from smdi.indicators.precision.rounding import half_up
from smdi.standards import divisions, practices, provinces
from smdi.standards.scope import kind_attribute, scope_code
from tests.report.scopes.populations import POPULATIONS, write
from tests.report.scopes.rules import broken, repeated, unpublished_though_known
from tests.report.scopes.running import CHAPTERS, POPULATION, Said, run
from tests.report.scopes.truth import Truth, read

SCORES = Path("_build/2021/work/scores.parquet")
NUMBER = re.compile(r"(?<![\d.,年])(−?[\d,]+(?:\.\d+)?) ?(%|个百分点|家|个|人|万元|分)(?![\d.])")
BOILERPLATE = ("不予公布", "未予公布", "不作表述", "不作比较")
# 汽车 is large, 化学纤维 small; 烟草 has no firm in most provinces.
INDUSTRIES = ({}, {"industry": "39"}, {"industry": "28"}, {"industry": "16"})
SCOPES = [
    {},
    *({"province": name, **more} for name in provinces()["name_zh"] for more in INDUSTRIES),
    *({"industry": code} for code in divisions().index),
    *({"size": size} for size in ("large", "medium", "small", "micro")),
    *({"type": kind} for kind in ("discrete", "process")),
    *({"sector": name} for name in ("equipment", "electronics", "materials", "consumer")),
    {"city": "苏州市"},
    {"city": "昆玉市"},
    {"city": "苏州市", "size": "large"},
    {"size": "small", "type": "process"},
]


@cache
def scores(path: Path):
    return read(path)


@lru_cache(maxsize=4)
def truth_of(path: Path, scope: tuple[tuple[str, str], ...]) -> Truth:
    return Truth(scores(path), dict(scope))


def faults(name: str, said: Said, scope: dict[str, str], path: Path) -> list[str]:
    """Return all that is wrong with what a chapter says of a scope."""
    truth = truth_of(path, tuple(scope.items()))
    found = list(broken(said.texts, scope))
    found += repeated(said.cells, said.numbers)
    for key, text in said.sentences.items():
        found += wrong_numbers(key, text, truth)
        found += wrong_words(key, text, truth)
        found += unnamed_kind(key, text, scope)
    found += wrong_states(said, truth)
    found += unpublished_though_known(said.numbers)
    return found


def wrong_numbers(key: str, text: str, truth: Truth) -> list[str]:
    expected = truth.numbers(key)
    if expected is None or any(word in text for word in BOILERPLATE if text.endswith(f"{word}。")):
        return []
    found = []
    for written, unit in NUMBER.findall(text):
        number = written.replace(",", "").replace("−", "-")
        digits = len(number.partition(".")[2])
        pool = expected.get("百分点" if unit == "个百分点" else unit, [])
        if not any(
            abs(half_up(v, digits)) == half_up(abs(float(number)), digits) for v in pool if v == v
        ):
            found.append(f"{written} {unit} is not so: {key}: {text}")
    return found


def wrong_words(key: str, text: str, truth: Truth) -> list[str]:
    """Hold the words on changes to the numbers behind them."""
    if key.startswith("trend-"):
        return wrong_rates(key, text, truth) + wrong_movement(key, text, truth)
    if key != "national-levels.change" or "企业的占比" not in text:
        return []
    found = []
    for subject, classes in (("一级及以下", ("le1",)), ("三级及以上", ("3", "ge4"))):
        value, error = truth.level_change(*classes)
        clear = abs(value) > 2 * error
        said = re.search(f"{subject}企业的占比(.*?)[，。；]", text)
        if said is None or said[1].startswith("变化未达"):
            continue
        right = "未见明显变化" if not clear else ("上升" if half_up(value, 0) > 0 else "下降")
        if clear and half_up(value, 0) == 0:
            right = "持平"
        if not said[1].startswith(right):
            found.append(f"should be {right}: {key}: {text}")
    return found


def wrong_rates(key: str, text: str, truth: Truth) -> list[str]:
    """Hold each clause 由…提高至… to the rates of its practice, and to their noise."""
    found = []
    for clause in re.split("[；。]", text) if key.endswith((".rates", ".summary")) else ():
        practice = next((p for p in PREDICATES if PREDICATES[p] in clause), None)
        moved = re.search(r"(提高|降低)至|相比(未见明显变化)", clause)
        if practice is None or moved is None:
            continue
        value, error = truth.practice_change(practice)
        right = "未见明显变化" if abs(value) <= 2 * error else "提高" if value > 0 else "降低"
        if right not in moved.groups():
            found.append(f"should be {right} ({value:.2f} ± {error:.2f}): {key}: {clause}")
    return found


def wrong_movement(key: str, text: str, truth: Truth) -> list[str]:
    """Hold 均有所提高 and 均未见明显变化 to every practice of the chapter that is known."""
    if not key.endswith(".movement"):
        return []
    found = []
    for clause in re.split("[，。]", text):
        for practice, name in NAMES.items():
            if name not in clause or "最多" in clause:
                continue
            value, error = truth.practice_change(practice)
            clear = abs(value) > 2 * error
            said = "提高" in clause or "降低" in clause
            wrong_way = clear and ("降低" if value > 0 else "提高") in clause
            if (said and not clear) or ("未见" in clause and clear) or wrong_way:
                found.append(f"{name} {value:.2f} ± {error:.2f}: {key}: {text}")
    return found


PREDICATES = {"equipment_digitalisation_rate": "设备数字化率"} | {
    str(key): str(text)
    for key, text in yaml.safe_load(Path("data/language/zh.yaml").read_text("utf-8"))["practices"][
        "predicates"
    ].items()
}
NAMES = {str(key): str(name) for key, name in practices()["name_zh"].items()}
COUNTS = ("participation.overall", "regions.provinces", "national-levels.composition")


def unnamed_kind(key: str, text: str, scope: dict[str, str]) -> list[str]:
    kind = kind_attribute(scope)
    says_a_number = key in COUNTS and NUMBER.search(text)
    return [f"without the kind: {key}: {text}"] if says_a_number and kind not in text else []


def wrong_states(said: Said, truth: Truth) -> list[str]:
    """Hold 缺少 and 未公布 apart: what lacks has no firm, what is withheld has some."""
    lacking = [t for t in said.texts.values() if re.search("缺少相应|数值缺失|数据缺失", t)]
    asked = [name for name in truth.now if name.startswith("practice_")]
    empty = any(not frame[name].notna().any() for frame in truth._frames for name in asked)
    empty = empty or truth.now.empty or truth.before.empty
    return [] if empty else [f"lacks, though there are firms: {text}" for text in lacking]


def told(found: list[str]) -> str:
    return "\n".join(found[:12]) + (f"\n… {len(found) - 12} more" if len(found) > 12 else "")


def drawn() -> list[tuple[str, dict[str, str]]]:
    """Draw scopes for all chapters, always the same."""
    picked = random.Random(20211231).sample(SCOPES, 4)
    return [(name, scope) for scope in picked for name in CHAPTERS]


def _name(value: object) -> str:
    return value if isinstance(value, str) else scope_code(value) or "nation"


@pytest.mark.parametrize(("name", "scope"), drawn(), ids=_name)
def test_a_chapter_tells_the_truth_of_a_scope_that_was_drawn(name, scope) -> None:
    found = faults(name, run(name, scope), scope, SCORES)
    assert found == [], told(found)


# Of 烟草 two levels may be published, of 金属制品修理 one.
@pytest.mark.parametrize("industry", ["16", "43"])
def test_levels_that_can_be_published_are_told_beside_those_that_cannot(industry) -> None:
    scope = {"industry": industry}
    said = run("national-levels", scope)
    assert faults("national-levels", said, scope, SCORES) == []
    assert "其余等级的占比" in said.sentences["national-levels.composition"]


def test_a_list_of_fewer_than_its_places_says_so() -> None:
    scope = {"industry": "43"}
    said = run("participation", scope)
    assert faults("participation", said, scope, SCORES) == []
    figure = next(exhibit for exhibit in said.exhibits if exhibit["id"] == "fig-02")
    assert "居前" not in figure["title"]
    assert "只列出" in figure["note"]


def test_where_no_region_can_be_published_no_figure_of_them_is_shown() -> None:
    scope = {"province": "西藏自治区"}
    said = run("participation", scope)
    assert faults("participation", said, scope, SCORES) == []
    assert said.exhibits == []
    assert any("低于公布下限，或可由此推算" in cell for cell in said.cells)


@pytest.mark.proofs
@pytest.mark.parametrize("scope", SCOPES, ids=_name)
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_tells_the_truth_of_every_scope(name, scope) -> None:
    found = faults(name, run(name, scope), scope, SCORES)
    assert found == [], told(found)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    return cache(lambda name: write(name, folder))


def hostile_drawn() -> list[tuple[str, str]]:
    picked = random.Random(1231).sample(sorted(POPULATIONS), 3)
    return [(name, kind) for kind in picked for name in CHAPTERS]


@pytest.mark.parametrize(("name", "kind"), hostile_drawn())
def test_a_chapter_tells_the_truth_of_a_hostile_population_that_was_drawn(
    hostile, name, kind
) -> None:
    path = hostile(kind)
    found = faults(name, run(name, {}, path), {}, path)
    assert found == [], told(found)


def test_a_leader_before_others_that_share_a_place_has_one_number(hostile) -> None:
    scope, path = {"industry": "39"}, hostile("half at level one")
    said = run("participation", scope, path)
    assert faults("participation", said, scope, path) == []
    assert said.sentences["participation.leaders"].endswith("江苏省居首位，参与企业为 12 家。")


@pytest.mark.proofs
@pytest.mark.parametrize("kind", sorted(POPULATIONS))
@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_tells_the_truth_of_every_hostile_population(hostile, name, kind) -> None:
    path = hostile(kind)
    for scope in ({}, {"province": "江苏省"}, {"industry": "39"}):
        found = faults(name, run(name, scope, path), scope, path)
        assert found == [], told(found)


def test_the_firms_that_the_grid_is_held_to_are_those_the_chapters_read() -> None:
    assert POPULATION.parent == SCORES.parent
