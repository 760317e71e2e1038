"""Every profile of the built edition, the smallest province and all: true, well said, protected."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from smdi.edition import read_edition
from smdi.report.profiles.listing import Profile, profiles_of
from tests.report.scopes.rules import broken, repeated
from tests.report.scopes.running import Said
from tests.report.scopes.test_grid import NUMBER, SCORES, scores, wrong_numbers, wrong_words
from tests.report.scopes.truth import Truth

CHAPTERS = Path("_build/2021/work/chapters")
PROFILES = profiles_of(read_edition("2021"))
MINIMUM = 5
# A sentence of a profile -> that of a chapter that says the same.
AS_IN_CHAPTERS = {
    "composition": "national-levels.composition",
    "change": "national-levels.change",
    "nation": "national-levels.nation",
}
ORDINALS = ["", *"一二三四五六七八九"]


def said(profile: Profile) -> Said:
    return Said(CHAPTERS / profile.name)


@cache
def truth(profile: Profile) -> Truth:
    return Truth(scores(SCORES), profile.scope.given)


def values(profile: Profile) -> pd.DataFrame:
    files = sorted((CHAPTERS / profile.name / "exhibits").glob("*.csv"))
    return pd.concat([pd.read_csv(path).assign(exhibit=path.stem) for path in files])


def of_all(check) -> dict[str, list[str]]:
    found = {profile.title: check(profile) for profile in PROFILES}
    return {name: told for name, told in found.items() if told}


def test_there_is_a_profile_of_each_province_and_each_industry() -> None:
    assert len(PROFILES) == 31 + 31


def test_the_sentences_of_all_profiles_keep_the_rules_of_language() -> None:
    def check(profile: Profile) -> list[str]:
        own = said(profile)
        found = [*broken(own.texts, profile.scope.given), *repeated(own.cells, own.numbers)]
        # The nation's values beside it may all be in print.
        return [one for one in found if not one.startswith("a scope that claims to be published")]

    assert of_all(check) == {}


def test_the_numbers_of_all_profiles_are_those_of_their_firms() -> None:
    def check(profile: Profile) -> list[str]:
        found = []
        for key, text in said(profile).sentences.items():
            if same := AS_IN_CHAPTERS.get(key.partition(".")[2]):
                found += wrong_numbers(same, text, truth(profile))
                found += wrong_words(same, text, truth(profile))
        return found

    assert of_all(check) == {}


def test_who_takes_part_is_counted_and_placed_as_the_firms_are() -> None:
    def check(profile: Profile) -> list[str]:
        own = truth(profile)
        text = next(t for k, t in said(profile).sentences.items() if k.endswith(".taking_part"))
        everyone = Truth(own.all, {}).participants
        known = {
            "家": [len(own.participants), len(own.now), (own.now["level_class"] != "le1").sum()],
            "%": [100 * len(own.participants) / len(everyone)],
        }
        wrong = [
            f"{number} {unit}: {text}"
            for number, unit in NUMBER.findall(text)
            if not any(abs(float(number) - one) < 0.051 for one in known[unit])
        ]
        if place := re.search("居(首|末|第([一二三四五六七八九十]+))位", text):
            counts = everyone["province"].value_counts()
            rank = int((counts > len(own.participants)).sum()) + 1
            right = {"首": 1, "末": 31}.get(place[1]) or ordinal(place[2])
            wrong += [] if right == rank else [f"{rank}th: {text}"]
        return wrong

    assert of_all(check) == {}


def ordinal(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    return (10 * (ORDINALS.index(tens) or 1) if ten else 0) + ORDINALS.index(ones)


def test_a_profile_ranks_no_share_of_fewer_firms_than_a_place_rests_on() -> None:
    def check(profile: Profile) -> list[str]:
        ranked = [t for t in said(profile).sentences.values() if "这一占比" in t]
        return ranked if len(truth(profile).now) < 30 else []

    assert of_all(check) == {}


def test_what_profiles_show_of_their_own_firms_has_enough_firms_behind_it() -> None:
    def check(profile: Profile) -> list[str]:
        rows = values(profile)
        own = rows[(rows["group"] != "全国") & ~rows["withheld"] & rows["value"].notna()]
        counts = own[own["unit"] == "家"]
        few = counts[(counts["value"] > 0) & (counts["value"] < MINIMUM)]
        others = own[(own["unit"] != "家") & (own["base"] < MINIMUM)]
        return [f"{r.exhibit} {r.measure} {r.group}" for r in pd.concat([few, others]).itertuples()]

    assert of_all(check) == {}


def test_no_profile_says_that_data_lack_where_they_are_withheld() -> None:
    def check(profile: Profile) -> list[str]:
        return [text for text in said(profile).texts.values() if "缺少" in text or "缺失" in text]

    assert of_all(check) == {}
    smallest = said(next(p for p in PROFILES if p.title == "西藏自治区"))
    assert "未予公布" in " ".join(smallest.sentences.values())


@pytest.mark.parametrize(
    ("title", "measure", "group", "status"),
    [
        ("江苏省", "participants", "江苏省", "published"),
        ("江苏省", "firms_level_ge2", "苏州", "published"),
        ("江苏省", "share_level_le1", "全国", "published"),
        ("江苏省", "share_level_ge2", "全国", "derived"),
        ("江苏省", "share_level_ge2", "江苏省", "simulated"),
        ("江苏省", "participants", "苏州", "simulated"),
        ("汽车制造业", "share_level_le1", "离散型", "simulated"),
    ],
)
def test_a_value_of_a_profile_knows_what_it_is_known_from(title, measure, group, status) -> None:
    rows = values(next(profile for profile in PROFILES if profile.title == title))
    found = rows[(rows["measure"] == measure) & (rows["group"] == group) & (rows["year"] == 2021)]
    assert set(found["status"]) == {status}


def test_the_exhibits_of_profiles_have_numbers_of_their_own() -> None:
    numbers = [one["number"] for profile in PROFILES for one in said(profile).exhibits]
    assert len(set(numbers)) == len(numbers) > 200
    assert {"图 320000-1", "表 320000-3", "表 C36-2"} <= set(numbers)
    assert all(re.fullmatch(r"[图表] (\d{6}|C\d\d)-\d", number) for number in numbers)
