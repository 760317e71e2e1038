"""What stands around the chapters speaks the language of the edition."""

from __future__ import annotations

import re

import pytest

from smdi.edition import Edition, read_edition
from smdi.publishing.assembly import contents, edition_numbers
from smdi.publishing.pdf import settings
from smdi.report.text.language import use_language

CJK = re.compile("[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")


@pytest.fixture
def english() -> Edition:
    use_language("en")
    given = read_edition("2021").model_dump()
    given |= {"language": "en", "title": "The report", "publisher": "The group"}
    given["scope"] = {"province": "江苏省", "industry": "36"}
    yield Edition.model_validate(given)
    use_language("zh")


def test_cover_and_imprint_of_an_english_edition_are_english(english: Edition) -> None:
    made = str(settings(english, "abc", simulated=True))
    assert CJK.findall(made) == []
    assert "['Scope', 'motor vehicles in Jiangsu']" in made


def test_the_edition_is_dated_and_its_data_are_told_in_english(english: Edition) -> None:
    told = edition_numbers(english, simulated=True)
    assert told["edition.data_date"]["text"] == "2021-12-31"
    assert told["edition.provenance_note"]["text"].startswith("The platform's firm-level data")


def test_the_parts_of_the_contents_are_named_in_english(english: Edition) -> None:
    assert "caption: Method and data" in contents(read_edition("2021")).decode()
    assert CJK.findall(contents(read_edition("2021")).decode()) == []


def test_a_scope_is_named_and_not_coded_on_the_cover() -> None:
    given = read_edition("2021").model_dump()
    given["scope"] = {"province": "江苏省", "industry": "36"}
    cover = settings(Edition.model_validate(given), "abc", simulated=False)["typst_cover"]
    assert cover[1] == ["范围", "江苏省汽车制造业"]
