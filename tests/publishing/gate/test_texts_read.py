"""What is looked for in a text, at the bounds of each kind, and what only looks like it."""

from __future__ import annotations

import base64
from datetime import date

import pytest

from smdi.edition import read_edition
from smdi.publishing.gate.content import Content, Text
from smdi.publishing.gate.findings import GatePolicy
from smdi.publishing.gate.firms import Firms, Marks
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.codings import decoded, unpacked
from smdi.publishing.gate.scans.texts import Machine, TextScan, days_of

CODE = "SIM320100000000001"
FIRM = (CODE, "the code of a firm of the edition")
PATH, MAIL, TIME = "a path of a machine", "an address of mail", "a time of day"
DAY, SECONDS = "a day that is none of the edition's", "a time in seconds since 1970"
PERSON, FEW, MACHINE = "a number of a person", "few firms, in words", "a name of this machine"


def scan() -> TextScan:
    marks = Marks(Firms(frozenset({CODE}), frozenset(), frozenset(), frozenset()))
    machine = Machine(frozenset({"/甲/报告"}), frozenset({"builder-7"}))
    policy = GatePolicy(5, 5, as_printed=False)
    return TextScan(marks, machine, frozenset({date(2021, 12, 31)}), policy, frozenset({3}))


def found(text: str, kind: str = "spoken") -> list[tuple[str, str]]:
    content = Content(texts=[Text("a place", text, kind)])
    told = list(scan().findings(File("site/a.json", b""), content))
    assert {(one.file, one.place) for one in told} <= {("site/a.json", "a place")}
    return [(one.what.strip("'"), one.how) for one in told]


# In each: what the text is, and what of it is found under which name.
ANYWHERE = [
    (CODE, [FIRM]),
    ("at builder-7!", [("builder-7", MACHINE)]),
    ("my-builder-7 builder-77", []),
    ("/甲/报告/a", [("/甲/报告", MACHINE)]),
]
IN_TEXT = [
    ("".join(f"%{ord(c):02x}" for c in CODE), [FIRM]),
    ("/home/li", [("/home/li", PATH)]),
    ("x/home/li https://a/home/li ./home/li", []),
    ("/house/li", []),
    ("~/.cache", [("~/.cache", PATH)]),
    ("a~/b", []),
    ("D:\\work", [("D:\\\\work", PATH)]),
    ("file:///a", [("file:///a", PATH)]),
    ("write to li.na+x@a-b.example.org", [("@a-b.example.org", MAIL)]),
    ("@font-face li@localhost", []),
    ("2021-12-31T23:59", [("2021-12-31T23:59", TIME)]),
    ("2021-12-31 23:59:01", [("2021-12-31 23:59:01", TIME)]),
    ("2021-12-31T00:00:00", []),  # midnight of the edition's day
    ("2021-12-30T00:00:00", [("2021-12-30T00:00:00", TIME)]),
    ("20211231T235901Z", [("20211231T235901Z", TIME)]),
    ("120211231T235901", []),
    ("Dec 31, 2021", [("Dec 31, 2021", TIME)]),
    ("December 2021", [("December 2021", TIME)]),
    ("Sold 2021", []),
]
SPOKEN = [
    ("SIM3201-0000 0000.001", [FIRM]),
    (CODE[::-1], [FIRM]),
    (CODE.replace("3", "三").replace("2", "二"), [FIRM]),
    ("13912345678", [("13912345678", PERSON)]),
    ("12912345678 139123456789 13912345678.5", []),
    ("320100199001011234", [("320100199001011234", PERSON)]),
    ("32010019900101123X", [("32010019900101123X", PERSON)]),
    ("1609459200", [("1609459200", SECONDS)]),
    ("1609459200123", [("1609459200123", SECONDS)]),
    ("1409459200 1609459200% 0.1609459200 1509459200x", []),
    ("2021-12-31 2021/12/31 2021.12.31 2021 年 12 月 31 日", []),
    ("2021-12-30", [("2021-12-30", DAY)]),
    ("2021/1/2", [("2021/1/2", DAY)]),
    ("2021.1.2", [("2021.1.2", DAY)]),
    ("2021年1月2日", [("2021年1月2日", DAY)]),
    ("2021-13-01 2021-02-30 12021-12-30 2021-12-30-1", []),
    ("其中 4 家", [("4 家", FEW)]),
    ("其中 3 家、5 家", []),  # what is in print, and what is not few
]  # fmt: skip
KINDS = ("bytes", "code", "spoken")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("text", "told", "least"),
    [(*one, at) for at, cases in enumerate((ANYWHERE, IN_TEXT, SPOKEN)) for one in cases],
)
def test_a_kind_of_text_is_looked_through_for_what_it_can_hold(text, told, least, kind) -> None:
    here = KINDS.index(kind) >= least
    assert list(dict.fromkeys(found(text, kind))) == (told if here else [])


def test_a_text_that_stands_in_two_places_is_told_of_the_first() -> None:
    looked = scan()
    texts = [Text("one", CODE), Text("other", CODE), Text("third", CODE, "bytes")]
    told = [one.place for one in looked.findings(File("a", b""), Content(texts=texts))]
    assert told == ["one", "third"]
    assert list(looked.findings(File("b", b""), Content(texts=texts))) == []


def test_the_name_of_a_file_is_looked_through_as_what_is_spoken() -> None:
    (one,) = scan().in_name("site/13912345678-a.csv")
    assert (one.file, one.place, one.how) == ("site/13912345678-a.csv", "its name", PERSON)


def test_an_edition_may_name_the_day_of_its_data() -> None:
    edition = read_edition("2021")
    assert days_of(edition) == {edition.data_date}


def coded(text: str, times: int) -> str:
    for _ in range(times):
        text = base64.b64encode(text.encode()).decode()
    return text


WORDS = "eighteen letters18"


@pytest.mark.parametrize(("times", "seen"), [(1, True), (2, True), (3, True), (4, False)])
def test_a_form_within_a_form_is_undone_three_times(times: int, seen: bool) -> None:
    assert any(WORDS in text for text in decoded(coded(WORDS, times))) is seen


@pytest.mark.parametrize(
    ("hidden", "seen"),
    [
        (base64.b64encode(b"a" * 18).decode(), True),  # 24 letters
        (base64.b64encode(b"a" * 17).decode().rstrip("="), False),  # 23
        (base64.b64encode(b"a" * 18).decode() + "Y", True),  # cut within a letter
        (base64.b32encode(b"a" * 18).decode().rstrip("="), True),  # 29
        (base64.b32encode(b"a" * 17).decode().rstrip("="), True),  # 28
        ((b"a" * 18).hex(), True),
        ((b"a" * 17).hex(), False),
        (", ".join(["97"] * 18), True),
        (", ".join(["97"] * 17), False),
        ("\\x61" * 3, True),
        ("\\u{000061}" * 3, True),
        ("\\61 " * 3, True),
        ("%61" * 3, True),
        ("\\u{ffffff}aaa", False),
    ],
)
def test_a_form_is_undone_when_it_is_long_enough_to_hold_a_code(hidden: str, seen: bool) -> None:
    assert any("aaa" in text for text in decoded(hidden) if text != hidden) is seen


def test_letters_of_either_kind_of_base64_are_read() -> None:
    data = bytes(range(250, 256)) + WORDS.encode()
    for form in (base64.b64encode(data), base64.urlsafe_b64encode(data)):
        assert any(WORDS in text for text in decoded(form.decode()))


def test_bytes_that_are_packed_in_no_way_are_told_as_they_are() -> None:
    assert list(unpacked(b"words")) == ["words"]
    assert list(unpacked(b"PK\x03\x04 no archive")) == ["PK\x03\x04 no archive"]
