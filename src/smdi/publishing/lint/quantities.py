"""What of a passage is a typed number, and what a claim of direction or order.

A number is a digit of any form (full-width, circled, Roman numerals in characters of their own,
fractions) and a quantity in Chinese words: fractions, tenths, halves, multiples, places in a
ranking, counts of what the report counts (企业, 行业, 省, 市, …) from two upwards, and counts of
anything from ten upwards.

No number of the data is: a year or date, a standard's or document's number, an address, and a
numeral that names a structure (四个方面, 五个等级, “十四五”, 第二篇).

In a formula, sub- and superscripts are structure (indices, exponents, bounds), and so are 0 and 1
where they stand alone; every other number in it is typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from smdi.publishing.lint.passages import BREAK, GAP, VALUE

_YEAR = r"(?<![\d.．])(?:19|20)[0-9]{2}(?!\d)"
_NAMES = re.compile(
    rf"""
      {_YEAR}(?:\s*[—–\-至、和]\s*{_YEAR})*\s*年(?:\s*\d{{1,2}}\s*月(?:\s*\d{{1,2}}\s*日)?)?
    | {_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?!\d)
    | [一二][〇零一二三四五六七八九]{{3}}年
    | (?<![A-Za-z])(?:GB/[TZ]|GB|ISO/IEC|ISO|IEC|YD/T|JB/T)
      \s?\d+(?:[.-]\d{{1,3}}(?!\d))*(?:[—–:-](?:19|20)\d\d)?(?!\d)
    | 〔(?:19|20)\d\d〕\s*\d+\s*号
    | https?://[\w./?=&\#%:~+-]+
    """,
    re.VERBOSE,
)
_DIGIT = (
    r"[\d²³¹¼-¾\u2070-\u2079\u2080-\u2089\u2150-\u2189\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
    r"\u3021-\u3029\u3220-\u3229\u3251-\u325f\u3280-\u3289\u32b1-\u32bf]"
)
_DIGITS = re.compile(rf"{_DIGIT}+(?:[.,，．:：/]{_DIGIT}+)*\s*[%％‰]?")
_ONES = "一二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_TENS = "十百千万亿拾佰仟"
_N = f"[零〇{_ONES}{_TENS}]"
_COUNTED = "家|户|个?(?:企业|行业|省|市|城市|地区|区域|州|县|园区|样本|项目|单位)"
_QUANTITIES = re.compile(
    rf"""
      {_N}+分之{_N}+(?:点{_N}+)? | 百分百
    | (?<!统)(?:{_N}+|[数几])成(?:半|多|以上|以下)?
      (?!为|立|长|熟|本|果|功|效|员|就(?!业)|型|交|绩|套|品|都市|分(?!布|别)|不变)
    | (?:{_N}+(?:点{_N}+)?|[数几])(?:个?百分点|[余多]?倍) | 翻[{_ONES}]?番
    | (?:一半|半数)(?:以上|以下|以内)?
    | [过近超逾大小多](?:过)?半(?:以上)?(?!导体|年|天|径|数)
    | (?!一(?:{_COUNTED})){_N}+余?(?:{_COUNTED})
    | {_N}*[{_TENS}]{_N}*[余多]?[个项种类条台套次人处件]
    | [数几多成近上约逾超][{_TENS}]+余?(?:{_COUNTED}|[个项种类条台套次人处件])
    | {_N}*[{_TENS}][余多] | 数以[{_TENS}]+计 | 成[百千]上[千万]
    | [前后第]{_N}+[位名强] | 前[三五十]+(?=的|，|。)
    """,
    re.VERBOSE,
)
_MOVES = "提高|提升|下降|降低|上升|增长|增加|减少|回落|改善"
_CLAIMS = re.compile(
    rf"(?:显著|明显|稳步|大幅|持续|有所|逐年|均有|成倍)(?:{_MOVES})"
    rf"|(?:{_MOVES})(?:了|至|到|较快|较慢|明显|显著)"
    r"|高于|低于|(?<!不)[多少]于|居首|首位|位居|居前|居末|名列|领先|落后|并列|持平|优于|不及"
    r"|最[高低多少]|普遍|(?:绝?大)?多数(?!据|值|字|量)|大部分(?!满足)"
)
_INDEX = re.compile(r"[_^]\s*(?:\{(?:[^{}㐀-鿿]|\{[^{}㐀-鿿]*\})*\}|\\?[^\W_])")
_IDENTITY = re.compile(r"(?<![\d.,])[01](?![\d.,])")
_SENTENCE = re.compile(rf"[^。！？；{BREAK}]+")


def without_names(text: str) -> str:
    """Return the text with years, dates, addresses, numbers of standards and documents blanked."""
    return _NAMES.sub(lambda match: blank(match[0]), text)


def blank(text: str) -> str:
    """Return as much of nothing as the text is long."""
    return GAP * len(text)


def numbers(text: str, kind: str) -> Iterator[tuple[int, str]]:
    """Yield position and wording of each typed number; `kind` is that of the passage."""
    if kind == "formula":
        text = _INDEX.sub(lambda match: blank(match[0]), text)
        text = _IDENTITY.sub(GAP, text)
    for pattern in (_DIGITS, _QUANTITIES):
        for match in pattern.finditer(text):
            yield match.start(), match[0].strip()


def claims(text: str) -> Iterator[tuple[int, str]]:
    """Yield position and wording of each claim whose sentence has no value of the data."""
    for sentence in _SENTENCE.finditer(text):
        if VALUE not in sentence[0]:
            for match in _CLAIMS.finditer(sentence[0]):
                yield sentence.start() + match.start(), match[0]
