"""Each phrase in each of its cases: the numbers, and the one thing that is said of them."""

from __future__ import annotations

import math

import pytest

from smdi.report.text import phrases
from smdi.report.text.filters import FILTERS
from smdi.report.text.quoting import Ranking, Unsayable, Value
from smdi.report.text.texts import Comparison, Directions
from smdi.report.values import make_number

NAN, MISSING = math.nan, "⟦?missing⟧"
MOVED = Directions(up="升", down="降", same="平")
BETTER = Comparison(higher="好于", lower="差于", same="相当")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"delta": 5.05}, "提高 ⟦=5.1 个百分点⟧"),
        ({"delta": -5.04}, "降低 ⟦=5.0 个百分点⟧"),
        ({"delta": 0.04}, "持平"),
        ({"delta": 0.05}, "提高 ⟦=0.1 个百分点⟧"),
        ({"delta": 0.04, "since": "上年"}, "与上年持平"),
        ({"delta": 5.0, "since": "上年"}, "较上年提高 ⟦=5.0 个百分点⟧"),
        ({"delta": 5.0, "clear": False}, "未见明显变化"),
        ({"delta": 5.0, "clear": False, "since": "2020 年"}, "较 2020 年未见明显变化"),
        ({"delta": 5.0, "digits": 0, "unit": "家", "fact": "a/b"}, "提高 ⟦=5 家|a/b⟧"),
        ({"delta": -5.0, "directions": MOVED}, "降 ⟦=5.0 个百分点⟧"),
        ({"delta": 0.0, "directions": MOVED}, "平"),
        ({"delta": NAN, "clear": False}, MISSING),
    ],
)
def test_a_change(given: dict, said: str) -> None:
    assert phrases.change(**given) == said


@pytest.mark.parametrize(
    ("delta", "said"),
    [(0.05, "提高"), (0.04, "持平"), (-0.04, "持平"), (-0.05, "降低"), (NAN, MISSING)],
)
def test_a_direction(delta: float, said: str) -> None:
    assert phrases.direction(delta) == said


@pytest.mark.parametrize(
    ("value", "reference", "given", "said"),
    [
        (12.5, 12.4, {}, "高于"),
        (12.4, 12.5, {}, "低于"),
        (12.4, 12.3, {}, "持平"),
        (12.4, 12.3, {"digits": 1}, "高于"),
        (12.4, 12.3, {"than": "全国"}, "与全国持平"),
        (13, 12, {"than": "全国"}, "高于全国"),
        (13, 12, {"than": "全国", "clear": False}, "与全国未见明显差异"),
        (13, 12, {"clear": False}, "未见明显差异"),
        (13, 12, {"by": BETTER}, "好于"),
        (11, 12, {"by": BETTER, "than": "全国"}, "差于全国"),
        (12, 12, {"by": BETTER}, "相当"),
        (NAN, 12, {"clear": False}, MISSING),
        (12, NAN, {"clear": False}, MISSING),
    ],
)
def test_a_comparison(value: float, reference: float, given: dict, said: str) -> None:
    assert phrases.compare(value, reference, **given) == said


@pytest.mark.parametrize(
    ("value", "reference", "given", "said"),
    [
        (12.55, 12, {}, "高出 ⟦=0.6 个百分点⟧"),
        (12, 12.55, {}, "低 ⟦=0.6 个百分点⟧"),
        (12.55, 12, {"than": "全国"}, "较全国高出 ⟦=0.6 个百分点⟧"),
        (12, 12.55, {"than": "全国"}, "较全国低 ⟦=0.6 个百分点⟧"),
        (12.04, 12, {}, "持平"),
        (12.04, 12, {"than": "全国"}, "与全国持平"),
        (12.04, 12, {"digits": 2, "unit": "分", "fact": "a/b"}, "高出 ⟦=0.04 分|a/b⟧"),
        (13, 12, {"clear": False}, "未见明显差异"),
        (13, 12, {"clear": False, "than": "全国"}, "与全国未见明显差异"),
        (NAN, 12, {"clear": False}, MISSING),
        (12, NAN, {"clear": False}, MISSING),
    ],
)
def test_a_lead(value: float, reference: float, given: dict, said: str) -> None:
    assert phrases.lead(value, reference, **given) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (100, "全部"), (99.995, "全部"), (99.99, "超过九成"), (97, "超过九成"), (90, "九成"),
        (87, "近九成"), (86.99, "超过八成"), (80.01, "超过八成"), (80, "八成"),
        (57, "近六成"), (55, "超过五成"), (54.99, "超过半数"), (50.01, "超过半数"), (50, "半数"),
        (49.99, "近半数"), (47, "近半数"), (46.99, "超过四成"), (40, "四成"), (37, "近四成"),
        (10, "一成"), (9.99, "近一成"), (7, "近一成"), (6.99, "不足一成"), (0.01, "不足一成"),
        (0.004, "没有"), (0, "没有"), (NAN, MISSING),
    ],
)  # fmt: skip
def test_a_share_in_words(share: float, said: str) -> None:
    assert phrases.about(share) == said


@pytest.mark.parametrize(
    ("ranks", "places", "said"),
    [
        ({"乙": 2, "甲": 1}, 2, "甲、乙依次居前两位"),
        ({"乙": 2, "甲": 1}, 1, "甲居首位"),
        ({"乙": 3, "丙": 2, "甲": 2, "丁": 4}, 3, "丙和甲并列第二位，乙居第三位"),
        ({"乙": 2, "甲": 2}, 2, "乙和甲并列第二位"),
        ({"乙": 3}, 2, MISSING),
    ],
)
def test_who_leads(ranks: dict, places: int, said: str) -> None:
    assert phrases.top(ranks, places) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"place": 1}, "居首位"),
        ({"place": 1, "total": 1}, "居首位"),
        ({"place": 3, "total": 3}, "居末位"),
        ({"place": 3, "total": 4}, "居第三位"),
        ({"place": 3}, "居第三位"),
        ({"place": 3, "total": 3, "tied": True}, "并列第三位"),
        ({"place": 1, "tied": True}, "并列首位"),
        ({"place": NAN}, MISSING),
    ],
)
def test_a_place(given: dict, said: str) -> None:
    assert phrases.rank_words(**given) == said


@pytest.mark.parametrize(
    ("values", "given", "said"),
    [
        ({"甲": 3, "乙": 1}, {}, "甲最高"),
        ({"甲": 3, "乙": 1}, {"highest": False}, "乙最低"),
        ({"甲": 3.4, "乙": 3, "丙": 1}, {}, "甲和乙并列最高"),
        ({"甲": 3.4, "乙": 3, "丙": 1}, {"digits": 1}, "甲最高"),
        ({"甲": 3.4, "乙": 3}, {}, "各组持平"),
        ({"甲": 3, "乙": NAN}, {}, MISSING),
        ({"甲": 3, "乙": NAN, "丙": 1}, {}, "甲最高"),
        ({"甲": 3, "乙": 3, "丙": 9}, {"highest": False}, "甲和乙并列最低"),
    ],
)
def test_a_superlative(values: dict, given: dict, said: str) -> None:
    assert phrases.superlative(values, **given) == said


def of(*held: bool) -> dict[str, bool]:
    return dict(zip("甲乙丙丁戊己", held, strict=False))


@pytest.mark.parametrize(
    ("holds", "given", "said"),
    [
        (of(), {}, MISSING),
        (of(True), {}, "甲提高"),
        (of(False), {}, "甲未提高"),
        (of(False), {"denial": "不变", "within": "在"}, "在甲不变"),
        (of(True, True), {}, "两个行业均提高"),
        (of(False, False), {}, "两个行业均未提高"),
        (of(False, False), {"denial": "不变"}, "两个行业均不变"),
        (of(True, True), {"counter": "项", "noun": "指标"}, "两项指标均提高"),
        (of(True, False), {}, "两个行业中，甲提高"),
        (of(True, True, False), {}, "除丙外，其余两个行业均提高"),
        (of(True, False, False), {}, "三个行业中，甲提高"),
        (of(True, True, False, False), {}, "四个行业中，甲和乙提高"),
        (of(True, True, True, False, False), {}, "除丁和戊外，其余三个行业均提高"),
        (of(True, True, True, False, False, False), {}, "六个行业中，甲、乙和丙提高"),
    ],
)
def test_of_how_many_a_claim_holds(holds: dict, given: dict, said: str) -> None:
    assert phrases.how_many(holds, "提高", **given) == said


@pytest.mark.parametrize(
    ("noun", "number", "said"),
    [("项", 2, "两项"), ("项", 12, "十二项"), (("one", "many"), 1, "一one"),
     (("one", "many"), 3, "三many")],
)  # fmt: skip
def test_a_number_of_things(noun, number: int, said: str) -> None:
    assert phrases.counted(number, noun) == said


def test_sentences_are_joined_without_empty_ones_and_begin_with_a_capital() -> None:
    assert phrases.joined(["甲", "", " 乙 "]) == "甲。乙"
    assert phrases.joined(["one"]) == phrases.sentence("one") == "One"
    assert phrases.sentence("⟦a⟧ b") == "⟦a⟧ b"
    assert [phrases.listing(list("甲乙丙"[:many])) for many in range(4)] == [
        "", "甲", "甲和乙", "甲、乙和丙",
    ]  # fmt: skip


def value(number: float | None, **given: object) -> Value:
    options = {"unit": "个百分点", "digits": 1, "status": "simulated"} | given
    return Value("x", make_number(number, **options))


UP, NOISE = value(5.04, fact="a/b"), value(5.04, error=9.0)


@pytest.mark.parametrize(
    ("name", "args", "options", "said"),
    [
        ("change", [UP], {}, "上升 ⟦=5.0 个百分点|a/b⟧"),
        ("change", [UP], {"digits": 0}, "上升 ⟦=5 个百分点|a/b⟧"),
        ("change", [UP], {"up": "升", "since": "上年"}, "较上年升 ⟦=5.0 个百分点|a/b⟧"),
        ("change", [value(-5.04)], {"down": "降"}, "降 ⟦=5.0 个百分点⟧"),
        ("change", [value(0.04)], {"same": "平"}, "平⟦!simulated⟧"),
        ("change", [NOISE], {}, "未见明显变化⟦!simulated⟧"),
        ("fall", [UP], {}, "下降 ⟦=5.0 个百分点|a/b⟧"),
        ("fall", [value(-5.04)], {"up": "升"}, "升 ⟦=5.0 个百分点⟧"),
        ("lead", [UP], {"than": "流程型"}, "较流程型高出 ⟦=5.0 个百分点|a/b⟧"),
        ("lead", [UP], {"digits": 2}, "高出 ⟦=5.04 个百分点|a/b⟧"),
        ("lead", [value(-5.04)], {}, "低 ⟦=5.0 个百分点⟧"),
        ("lead", [NOISE], {}, "未见明显差异⟦!simulated⟧"),
        ("compare", [UP, value(5.0)], {"than": "全国"}, "与全国持平⟦!simulated⟧"),
        ("compare", [UP, value(4.0)], {"higher": "多于"}, "多于⟦!simulated⟧"),
        ("compare", [value(4.0), UP], {"lower": "少于", "than": "甲"}, "少于甲⟦!simulated⟧"),
        ("compare", [UP, value(5.0)], {"same": "相当"}, "相当⟦!simulated⟧"),
        ("compare", [UP, value(4.0)], {"by": NOISE}, "未见明显差异⟦!simulated⟧"),
        ("compare", [value(5.0, status="published"), UP], {}, "持平⟦!simulated⟧"),
        ("about", [value(69)], {}, "近七成⟦!simulated⟧"),
        ("place", [value(3)], {"total": 3}, "居末位⟦!simulated⟧"),
        ("place", [1], {}, "居首位"),
        ("listing", [[1, "乙"]], {}, "1和乙"),
        ("highest", [{"甲": 1, "乙": 1.4}], {}, "各组持平"),
        ("highest", [{"甲": 1, "乙": 1.4}], {"digits": 1}, "乙最高"),
        ("lowest", [{"甲": 1, "乙": 1.4}], {"digits": 1}, "甲最低"),
        ("counted", [2], {}, "两个"),
        ("counted", [2, "项"], {}, "两项"),
        ("amount", [1.25, "分", 1], {}, "⟦=1.3 分⟧"),
        ("amount", [1234], {"fact": "a/b"}, "⟦=1234|a/b⟧"),
        ("named", ["江苏省"], {}, "江苏省"),
        ("capital", ["one"], {}, "One"),
    ],
)
def test_a_filter(name: str, args: list, options: dict, said: str) -> None:
    assert FILTERS[name](*args, **options) == said


def ranking(**given: object) -> Ranking:
    options = {
        "names": ("甲", "乙", "丙"), "groups": ("a", "b", "c"), "ranks": (1, 2, 2),
        "values": (-3.0, 2.0, 0.2), "unit": "百分点", "digits": 0, "facts": "x/m", "year": 2021,
        "clear": (True, False, True), "statuses": ("published", "simulated", "published"),
    } | given  # fmt: skip
    return Ranking(**options)


@pytest.mark.parametrize(
    ("name", "options", "said"),
    [
        ("leaders", {"places": 1}, "甲居首位"),
        ("leaders", {"places": 2}, "甲居首位，乙和丙并列第二位⟦!simulated⟧"),
        ("leaders", {}, "甲居首位，乙和丙并列第二位⟦!simulated⟧"),
        ("names", {}, "甲、乙和丙"),
        ("amounts", {}, "⟦=-3 个百分点|x/m/a/2021⟧、⟦=2 个百分点|x/m/b/2021⟧"
                        "和⟦=0 个百分点|x/m/c/2021⟧"),
        ("sizes", {}, "⟦=3 个百分点|x/m/a/2021⟧、⟦=2 个百分点|x/m/b/2021⟧"
                      "和⟦=0 个百分点|x/m/c/2021⟧"),
        ("movements", {}, "甲下降 ⟦=3 个百分点|x/m/a/2021⟧；乙未见明显变化；丙持平"),
        ("movements", {"of": "比例", "joint": "，"},
         "甲比例下降 ⟦=3 个百分点|x/m/a/2021⟧，乙比例未见明显变化，丙比例持平"),
    ],
)  # fmt: skip
def test_a_filter_of_a_ranking(name: str, options: dict, said: str) -> None:
    assert FILTERS[name](ranking(), **options) == said


NONE = ranking(names=(), groups=(), ranks=(), values=(), clear=(), statuses=(), lacking="missing")


@pytest.mark.parametrize(
    ("name", "args", "state"),
    [
        ("leaders", [ranking(ranks=(math.inf, 1, 2))], "withheld"),
        ("leaders", [NONE], "missing"),
        ("names", [NONE], "missing"),
        ("movements", [NONE], "missing"),
        ("amounts", [ranking(values=(1.0, NAN, 2.0), lacking="withheld")], "withheld"),
        ("place", [math.inf], "withheld"),
        ("listing", [[]], "inapplicable"),
        ("change", [value(None)], "missing"),
        ("highest_and_lowest", [{"甲": value(None, withheld=True), "乙": UP}], "withheld"),
    ],
)
def test_what_a_filter_cannot_say_it_says_why(name: str, args: list, state: str) -> None:
    with pytest.raises(Unsayable) as unsayable:
        FILTERS[name](*args)
    assert unsayable.value.state == state
