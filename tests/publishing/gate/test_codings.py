"""Forms of a text at their edges: the last letter there is, the shortest run, the longest read."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib

import pytest

from smdi.publishing.gate.scans.codings import decoded, turned, unpacked

MIB = 1 << 20


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("\\u0053", "S"),
        ("\\u{1f600}", "\U0001f600"),
        ("\\u{10ffff}", "\U0010ffff"),  # the last letter there is
        ("\\u{110000}\\x53", "\\u{110000}S"),  # no letter: it stays as it is
        ("\\u00533", "S3"),  # what follows four digits is a letter of its own
        ("\\u{53}IM", "SIM"),
        ("\\x53IM", "SIM"),
        ("\\53 IM", "SIM"),
        ("\\000053IM", "SIM"),
        ("%53IM", "SIM"),
        ("%E4%BC%81", "企"),
    ],
)
def test_an_escaped_letter_is_read_and_what_is_no_letter_stays(text: str, plain: str) -> None:
    assert plain in list(decoded(text))


@pytest.mark.parametrize("text", ["", "SIM", "\\u{110000}", "\\z", "100%", "%zz", "C:\\报告"])
def test_what_is_in_no_form_hides_nothing(text: str) -> None:
    assert list(decoded(text)) == []


def test_the_shortest_run_of_numbers_that_can_hold_a_code_is_read() -> None:
    assert "S" * 18 in list(decoded(" ".join(["83"] * 18)))
    assert list(decoded(" ".join(["83"] * 17))) == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("SIM32010000000000一", ["SIM320100000000001"]),
        ("SIM3201000000000一", []),  # 17 letters are no code
        ("〇零一二三四五六七八九0123456", ["001234567890123456"]),
        ("企业 SIM32010000000000二。", ["SIM320100000000002"]),
    ],
)
def test_numerals_are_digits_in_what_is_as_long_as_a_code(text: str, digits: list[str]) -> None:
    assert list(turned(text)) == [text[::-1], *digits]


def archive(size: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", "S" * size)
    return buffer.getvalue()


@pytest.mark.parametrize("size", [MIB - 1, MIB, MIB + 1])
@pytest.mark.parametrize(
    "packed", [lambda n: zlib.compress(b"S" * n), lambda n: gzip.compress(b"S" * n), archive],
    ids=["zlib", "gzip", "archive"],
)  # fmt: skip
def test_of_what_is_packed_a_mebibyte_is_read(packed, size: int) -> None:
    told = [len(text) for text in unpacked(packed(size)) if set(text) == {"S"}]
    assert told == [min(size, MIB)]


def test_an_archive_or_a_stream_behind_other_bytes_is_read() -> None:
    assert "S" in list(unpacked(b"picture" + archive(1)))
    assert "S" in list(unpacked(b"picture" + gzip.compress(b"S")))


@pytest.mark.parametrize("end", [30, 60])
def test_a_broken_archive_tells_what_can_be_read_and_breaks_nothing(end: int) -> None:
    assert list(unpacked(archive(100)[:end]))
    whole = archive(100)
    place = whole.index(b"a.txt") + len("a.txt")
    spoilt = whole[:place] + b"\xff\xff" + whole[place + 2 :]
    assert list(unpacked(spoilt))[1:] == ["a.txt"]
