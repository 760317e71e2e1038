"""The process that draws for others: its drawings are those of the whole font."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from smdi.report import common_font as module
from smdi.report.common_font import common_font, common_letters, letters_of_font
from smdi.report.rendering import FONT_FILE, font_folder
from tests.report.drawings.glyphs import characters

DRAW = """
import sys
from pathlib import Path
from smdi.report.rendering import draw_for_others
draw_for_others(sys.argv[1], Path(sys.argv[2]))
"""
BY_ITSELF = """
import sys
from smdi.report import rendering
sys.stdout.buffer.write(rendering._engine(sys.stdin.read()))
"""
SPEC = (
    '{"data":{"values":[{"a":"%s","b":12345.6}]},"mark":"bar","encoding":{'
    '"y":{"field":"a","type":"nominal","axis":{"labelLimit":90}},'
    '"x":{"field":"b","type":"quantitative","title":"企业数量（家）"}},'
    '"config":{"font":"Noto Sans SC"}}'
)
COMMON, RARE = SPEC % "铁路、船舶、航空航天 AVATo fi −4.04%%，“亳州”", SPEC % "某某䶮镕𬭎"


@pytest.fixture(scope="module")
def cached(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cached")


@pytest.fixture(scope="module")
def address(cached: Path) -> Iterator[str]:
    path = cached / "drawer"
    drawer = subprocess.Popen([sys.executable, "-c", DRAW, str(path), str(cached)])
    while not path.exists():
        assert drawer.poll() is None
        time.sleep(0.02)
    yield str(path)
    drawer.kill()
    drawer.wait()


def asked(address: str, spec: str) -> bytes:
    with Client(address, "AF_UNIX") as drawer:
        drawer.send_bytes(spec.encode())
        return drawer.recv_bytes()


def test_it_draws_the_bytes_of_the_whole_font(address: str) -> None:
    alone = subprocess.run(
        [sys.executable, "-c", BY_ITSELF], input=COMMON.encode(), capture_output=True, check=True
    )
    assert "企业数量" in alone.stdout.decode()
    assert asked(address, COMMON) == alone.stdout


def test_its_pictures_are_those_of_the_whole_font(address: str) -> None:
    drawn = asked(address, COMMON)
    alone = subprocess.run(
        [sys.executable, "-c", BY_ITSELF], input=drawn, capture_output=True, check=True
    )
    assert alone.stdout.startswith(b"\x89PNG")
    assert asked(address, drawn.decode()) == alone.stdout


@pytest.mark.parametrize("spec", [RARE, "{", SPEC % "䶮", "<svg>䶮</svg>"])
def test_what_it_cannot_draw_it_leaves_to_who_asked_and_goes_on(address: str, spec: str) -> None:
    with pytest.raises(EOFError):
        asked(address, spec)
    assert asked(address, COMMON).startswith(b"<svg")


def test_a_damaged_font_is_made_again(cached: Path) -> None:
    font = font_folder() / FONT_FILE
    made = common_font(font, cached) / FONT_FILE
    whole = made.read_bytes()
    os.truncate(made, 1000)
    common_font(font, cached)
    assert made.read_bytes() == whole


def test_a_font_has_the_letters_asked_for_and_is_another_for_others(tmp_path: Path) -> None:
    font = font_folder() / FONT_FILE
    few = tmp_path / "few.otf"
    few.write_bytes(letters_of_font(font, "智能"))
    assert set("智能") <= characters(few) and "造" not in characters(few)
    before = common_font(font, tmp_path)
    with pytest.MonkeyPatch.context() as other:
        other.setattr(module, "common_letters", lambda: frozenset("智能制造"))
        assert common_font(font, tmp_path) != before


@pytest.mark.parametrize(
    "name", ["新疆维吾尔自治区", "亳州市", "化学纤维制造业", "≤ 5 % — ‘’“”（）"]
)
def test_all_that_charts_name_is_common(name: str) -> None:
    assert common_letters().issuperset(name)


def test_letters_of_districts_are_not_for_they_stand_in_no_chart() -> None:
    assert "鄠邑区" in Path("data/standards/region_aliases.csv").read_text("utf-8")
    assert "鄠" not in common_letters()
