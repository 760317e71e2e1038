"""Rules of language that any sentence keeps, whatever its scope; each returns what breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from smdi.standards.scope import kind_attribute, region_name

ALWAYS = {
    "a mark in the text": r"nan|None|NaN|inf|⟦|⟧|\{|\}",
    "a hole in the text": r"，，|；；|。。|，。|；。|、。|。，|：。",
    "a verb without its object": r"为[。；，]|分别为[。]|占[。；，]|由至|达到[。；，]",
    "分别 with one number": r"分别[^、和；。]*[。；]",
    "均 of one": r"(?<!十)一[个项家](?:行业|指标|能力域|关键指标)[^，。；]{0,8}均",
    "a rank of none": r"(?<![\d,.])0 家[^。；]*居",
    "a rank among one": r"在[^。；]*(?<!\d)1 个[^。；]*中[^。；]*居",
    "a spread over one": r"(?<![\d,.])1 个(?:省级行政区|行业大类)",
    "none of something that is": r"没有的",
    "one region apart from all": r"的 100\.0%，参与程度",
    "a cause of what is not seen": r"未见明显变化[^；。]*更替有关",
    "the nation beside itself": r"与全国相比[^。]*与全国",
    "a word twice": r"其中其中|企业企业|全国全国|的的|在在|分别分别|为为|制造制造",
    "the place of 在": r"在除",
    "a place inside the noise": r"未见明显差异；在[^。]*居",
    "a growth of nothing among those that lead": r"增速居前[^。]*[、和为] ?0\.0%",
    "a part of the nation without its subject": r"(?:^|。)占全国",
    "a share level with a bare number": r"持平的 [\d.]+",
    "one picked out of one": r"其中，[^、，；。]*(?:上升|下降)[^、，；。]*，变化较[大小]。",
    "some of the twelve domains as all": r"(?<!其余)(?:十一|(?<!十)[两三四五六七八九十])个能力域",
    "growth of what has not grown": r"减少[^；。]*的增长",
    "a share that is all or nothing": r"占 (?:0|100)(?:\.0+)?%的",
}
# Where a scope of one region may speak of the nation: beside it, or of its part in it.
OF_THE_NATION = r"(?:占|较|与|高于|低于|在)全国|全国(?:版|各城市|各省)|全国未见|全国持平"

# The values that a sentence tells of, where it can tell of some alone.
TELLS_OF = {
    "national-levels.composition": ("low_share", "second_share", "third_share", "high_share"),
    "national-levels.change": ("low_fall", "high_rise"),
    "national-levels.sources": ("same_firms", "same_mix"),
}


def unpublished_though_known(numbers: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Yield each sentence that calls unpublished what is known in part."""
    for key, names in TELLS_OF.items():
        text = str(numbers.get(key, {}).get("text", ""))
        states = {numbers.get(f"national-levels.{name}", {}).get("state") for name in names}
        if text.endswith("此处不予公布。") and "value" in states:
            yield f"unpublished, though known in part: {key}: {text}"


def broken(texts: Mapping[str, str], scope: Mapping[str, str]) -> Iterator[str]:
    """Yield each breach with the key and the text."""
    for key, text in texts.items():
        for name, pattern in ALWAYS.items():
            if re.search(pattern, text):
                yield f"{name}: {key}: {text}"
        if not key.endswith(".alt"):
            yield from (f"{fault}: {key}: {text}" for fault in _of_scope(text, scope))
        if key.endswith((".title", ".note")) and re.search(r"[一-鿿]\d", text):
            yield f"a figure without its space: {key}: {text}"
        if key.endswith(".title"):
            yield from (f"{fault}: {key}: {text}" for fault in _of_title(text, scope))
    yield from _bases_of_nothing(texts)


def _bases_of_nothing(texts: Mapping[str, str]) -> Iterator[str]:
    """Yield bases that are told of rates none of which is."""
    for key in texts:
        chapter, _, name = key.partition(".")
        rates = (texts.get(f"{chapter}.{told}", "") for told in ("rates", "standing"))
        if name == "asked" and "基数" in texts[key] and all("不予公布" in rate for rate in rates):
            yield f"bases of nothing: {key}: {texts[key]}"


def _of_scope(text: str, scope: Mapping[str, str]) -> Iterator[str]:
    if not scope:
        if re.search(r"(?:较|与|高于|低于)全国", text):
            yield "the nation beside itself"
        return
    if "地区差异" in text:
        yield "a judgement that was made of the nation"
    # Of single industries the report has numbers too.
    if "所示数值与公开数值一致" in text and {*scope} != {"industry"}:
        yield "a scope that claims to be published"
    if region_name(scope) and "全国" in re.sub(OF_THE_NATION, "", text):
        yield "全国 in a region"
    if scope.get("industry") and re.search(r"个行业大类(?!中|的)", text):
        yield "one industry spread over several"


def _of_title(text: str, scope: Mapping[str, str]) -> Iterator[str]:
    if region_name(scope) not in text:
        yield "a title without its region"
    kind = kind_attribute(scope)
    if kind and kind not in text:
        yield "a title without the kind of its firms"


def repeated(cells: list[str], numbers: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Yield each sentence that stands twice in a paragraph, as the reader reads it."""
    for cell in cells:
        read = re.sub(r"\{num\}`([^`]+)`", lambda match: str(numbers[match[1]]["text"]), cell)
        for paragraph in read.split("\n\n"):
            said = [part for part in re.split("。", paragraph.replace("\n", "")) if len(part) > 5]
            yield from (f"said twice: {part}" for part in set(said) if said.count(part) > 1)
