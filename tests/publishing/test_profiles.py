"""Profiles in the book: on the site below pages that list them, in print where it is wanted."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml
from docutils import nodes
from docutils.utils import new_document
from lxml import html

from smdi.edition import Edition, read_edition
from smdi.publishing.assembly import contents
from smdi.publishing.pdf import settings
from smdi.publishing.profiles import lists_of
from smdi.publishing.sphinx_ext import profiles as linking
from smdi.publishing.sphinx_ext.profiles import Cell
from smdi.report.profiles.listing import Profile, profiles_of
from smdi.workflow.pipeline import steps_of

SOURCE = Path("_build/2021/source")
PART = "地区与行业"


def edition(**profiles: object) -> Edition:
    given = read_edition("2021").model_dump()
    return Edition.model_validate(given | {"profiles": profiles})


def parts(of: Edition, *, printed: bool = False) -> dict[str, list[dict]]:
    toc = yaml.safe_load(contents(of, printed=printed))
    return {part.get("caption", ""): part["chapters"] for part in toc["parts"]}


def test_each_profile_stands_below_the_page_that_lists_its_kind() -> None:
    provinces, industries = parts(edition(pages=["provinces", "industries"]))[PART]
    assert (provinces["file"], industries["file"]) == ("provinces", "divisions")
    names = [one["file"] for page in (provinces, industries) for one in page["sections"]]
    assert len(set(names)) == 62
    assert {"province-320000", "industry-36"} <= set(names)


def test_an_edition_with_one_kind_lists_that_alone_and_one_without_has_no_such_part() -> None:
    (only,) = parts(edition(pages=["industries"]))[PART]
    assert only["file"] == "divisions"
    assert PART not in parts(edition())


def test_print_has_profiles_as_its_last_part_where_the_edition_wants_them() -> None:
    both = ["provinces", "industries"]
    assert PART not in parts(edition(pages=both), printed=True)
    annexed = edition(pages=both, printed=True)
    assert list(parts(annexed, printed=True))[-1] == PART
    assert settings(annexed, "", simulated=True)["typst_parts"][PART] == "back"
    assert PART not in settings(edition(pages=both), "", simulated=True)["typst_parts"]


def test_an_edition_of_a_narrower_scope_has_no_profiles() -> None:
    scoped = read_edition("2021-320000")
    assert profiles_of(scoped) == []
    assert not [name for name in steps_of(scoped) if name.startswith("profile")]


def test_a_profile_is_made_anew_for_its_notebook_and_for_no_other() -> None:
    plan = steps_of(edition(pages=["provinces"]))
    made = [step for name, step in plan.items() if name.startswith("profile:")]
    assert len(made) == 31
    inputs = {path for step in made for path in step.inputs}
    assert "notebooks/profile.md" in inputs
    assert not inputs & {"notebooks/regions.md", "src/smdi/report/maps/choropleth.py", "_toc.yml"}
    of_chapters = {p for n, s in plan.items() if n.startswith("chapter:") for p in s.inputs}
    assert "notebooks/profile.md" not in of_chapters
    assert {step.needs for step in made} == {("prepare", "together")}


def test_turning_profiles_on_makes_no_chapter_anew_but_that_on_what_they_withhold() -> None:
    without, all_of_them = steps_of(edition()), steps_of(edition(pages=["provinces"]))
    chapters = [name for name in without if name.startswith("chapter:")]
    assert len(chapters) > 20
    anew = {name for name in chapters if without[name] != all_of_them[name]}
    assert anew == {"chapter:confidentiality"}


@pytest.mark.parametrize(("kind", "page"), [("province", "provinces"), ("industry", "divisions")])
def test_a_list_leads_to_every_profile_of_its_kind_with_its_values(kind: str, page: str) -> None:
    text = (SOURCE / f"{page}.md").read_text("utf-8")
    own = [one for one in profiles_of(read_edition("2021")) if one.kind == kind]
    rows = [line for line in text.splitlines() if line.startswith("| [")]
    assert sorted(row.split("]")[0][3:] for row in rows) == sorted(one.title for one in own)
    assert all(f"`{one.name}.participants`" in text for one in own)
    assert text.count("\n## ") >= 5


def test_lists_stand_where_their_pages_have_room_for_them_and_names_lead_to_profiles() -> None:
    place = ":::{profiles}\n:::\n"
    pages = {f"{page}.md": f"# 题\n\n{place}\n后文。\n" for page in ("provinces", "divisions")}
    own = [one for one in profiles_of(read_edition("2021")) if one.code in ("650000", "110000")]
    made = lists_of(own, {name: text.encode() for name, text in pages.items()})
    assert set(made) == {"provinces.md", "profiles.json"}, "no list of what there is none of"
    text = made["provinces.md"].decode()
    north, west = text.index("[北京市](province-110000.md)"), text.index("province-650000.md")
    assert text.startswith("# 题\n\n## ")
    assert north < text.index("\n## ", north) < west, "in the order of codes, by areas"
    assert text.endswith("\n\n后文。\n")
    assert "{profiles}" not in text
    assert json.loads(made["profiles.json"]) == {
        "北京市": "province-110000", "新疆维吾尔自治区": "province-650000"
    }  # fmt: skip


def test_a_profile_has_one_file_with_all_its_values_and_their_status() -> None:
    text = (SOURCE / "extra/data/province-320000.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    of = {(row["指标代码"], row["对象"], row["年份"]): row for row in rows}
    assert of["participants", "江苏省", "2021"]["数值"] == "4654"
    assert of["participants", "江苏省", "2021"]["数据性质"] == "已公布"
    exhibits = {row["图表"] for row in rows}
    assert exhibits == {"表 320000-1", "图 320000-1", "图 320000-2", "表 320000-2", "表 320000-3"}
    hidden = (SOURCE / "extra/data/province-540000.csv").read_text("utf-8-sig")
    lost = [row for row in csv.DictReader(io.StringIO(hidden)) if row["数据性质"] == "未公布"]
    assert lost
    assert {row["数值"] for row in lost} == {""}


def test_the_data_and_the_numbers_of_the_book_are_without_profiles() -> None:
    numbers = json.loads(Path("_build/2021/numbers.json").read_text("utf-8"))
    assert not [key for key in numbers if key.startswith(("province-", "industry-"))]
    listed = json.loads((SOURCE / "data.json").read_text("utf-8"))["exhibits"]
    assert not [one["id"] for one in listed if "320000" in one["id"]]


def test_a_profile_is_of_one_province_or_one_industry() -> None:
    with pytest.raises(ValueError, match="one province or one industry"):
        Profile.of(read_edition("2021-320000-39").scope)


def test_the_list_of_pages_can_be_read_by_people() -> None:
    assert f"caption: {PART}".encode() in contents(edition(pages=["provinces"]))


def test_names_lead_to_their_pages_and_no_other_cell_anywhere(monkeypatch) -> None:
    address = SimpleNamespace(get_relative_uri=lambda here, page: f"{page}.html")
    document = new_document("index")
    document.settings.env = SimpleNamespace(docname="jilin", app=SimpleNamespace(builder=address))
    document += [Cell("", nodes.Text(name)) for name in ("江苏省", "吉林省", "合计")]
    monkeypatch.setattr(linking, "pages_of", lambda _: {"江苏省": "jiangsu", "吉林省": "jilin"})
    linking.LinkNames(document).run()
    links = [(one.astext(), one["refuri"]) for one in document.findall(nodes.reference)]
    assert links == [("江苏省", "jiangsu.html")]


def test_the_data_of_a_profile_lead_to_their_file_and_make_the_page_anew(tmp_path) -> None:
    told = tmp_path / "profiles/province-320000.json"
    told.parent.mkdir()
    hostile = 'a.csv"><b>'
    cited = {"data": hostile, "reference": "编制单位. 江苏省", "bibtex": "@misc{a}"}
    told.write_text(json.dumps(cited), "utf-8")
    seen: list[str] = []
    env = SimpleNamespace(
        srcdir=str(tmp_path), docname="province-320000", note_dependency=seen.append
    )
    (block,) = linking.ProfileDataDirective.run(SimpleNamespace(env=env))
    assert seen == [str(told)], "a change of the file makes the page anew"
    assert block["expr"] == "html", "print has no files"
    page = html.fromstring(block.astext())
    assert page.xpath("//a/@href")[0] == f"data/{hostile}"
    assert page.xpath("//b") == []
    assert "编制单位. 江苏省" in page.text_content()


def test_where_no_profile_is_no_name_has_a_page(tmp_path) -> None:
    env = SimpleNamespace(srcdir=str(tmp_path))
    assert linking.pages_of(env) == {}
    (tmp_path / "profiles.json").write_text('{"江苏省": "jiangsu"}', "utf-8")
    assert linking.pages_of(env) == {"江苏省": "jiangsu"}
