"""What the pages of comparisons say, without the site around them."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from smdi.edition import Edition, Thresholds, read_edition
from smdi.errors import InputErrors
from smdi.publishing.comparing import editions, rerun, sensitivity, site, what_if
from smdi.report.text.language import words
from smdi.workflow.differences.sensitivity import rank_moves

EDITION = read_edition("2021")


class Built:
    """What a page was built of."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.data: dict[str, bytes] = {}

    def __call__(self, edition: Edition, pages: dict, data: dict, output: Path) -> None:
        self.edition, self.pages, self.data, self.output = edition, pages, data, output
        (output / "site").mkdir()

    @property
    def page(self) -> str:
        return self.pages["index.md"].decode()

    def table(self, name: str) -> pd.DataFrame:
        text = self.data[name].decode("utf-8-sig")
        assert self.data[name].startswith(b"\xef\xbb\xbf")  # Excel reads UTF-8 by this mark
        assert "\r" not in text
        return pd.read_csv(io.StringIO(text))


@pytest.fixture
def scored(monkeypatch, tmp_path) -> Built:
    """Have 12 firms in two provinces; the stricter a reading, the fewer stand above the lowest."""

    def score(answers: Path, scores: Path, rule: Any) -> None:
        above = 8 - 2 * (rule.satisfied == "exceeds") - 4 * (rule.summation == "strict")
        rows = []
        for n in range(12):
            row = {"year": 2021, "credit_code": f"F{n:02}", "submitted_on": "2021-06-01"}
            row |= {"province": "320000" if n % 2 else "370000", "division": "36"}
            rows.append({**row, "level_class": "2" if n < above else "le1"})
        # Another year, and an earlier answer of the same year: neither counts.
        rows.append({**rows[0], "year": 2020, "level_class": "ge4"})
        rows.insert(0, {**rows[0], "submitted_on": "2021-03-01", "level_class": "ge4"})
        pd.DataFrame(rows).to_parquet(scores)

    answers = tmp_path / "assessments.parquet"
    answers.touch()
    built = Built()
    monkeypatch.setattr(sensitivity, "assessments_file", lambda _: answers)
    monkeypatch.setattr(sensitivity, "score_file", score)
    monkeypatch.setattr(sensitivity, "build_site", built)
    monkeypatch.setattr(sensitivity, "in_project", lambda path: tmp_path / path)
    return built


def few(class_firms: int) -> Edition:
    return EDITION.model_copy(update={"thresholds": Thresholds(class_firms=class_firms)})


def test_each_reading_of_the_standard_has_its_shares_and_moves(scored, tmp_path) -> None:
    tables, folder = sensitivity.run(few(6))
    assert folder == tmp_path / "_build/sensitivity/2021"
    shares = tables["shares"]
    above = shares.loc[shares["level_class"] == "2", ["share", "change"]]
    assert above["share"].tolist() == pytest.approx([100 * n / 12 for n in (8, 4, 6, 2)])
    assert above["change"].tolist() == pytest.approx([100 * n / 12 for n in (0, -4, -2, -6)])
    assert tables["firms"]["higher"].tolist() == [0] * 4
    assert tables["firms"]["lower"].tolist() == pytest.approx([100 * n / 12 for n in (0, 4, 2, 6)])
    assert set(tables["provinces"]["group"]) == {"江苏省", "山东省"}
    assert set(tables["industries"]["group"]) == {"汽车制造业"}
    for name, table in tables.items():
        assert len(scored.table(f"{name}.csv")) == len(table)
    for heading in ("shares", "firms", "provinces", "industries"):
        assert f"## {getattr(words().sensitivity, heading)}" in scored.page
    assert "12" in scored.page.split("\n\n")[1]
    assert "−" in scored.page


def test_groups_of_too_few_firms_are_not_ranked_and_the_page_says_how_many_are_asked(scored):
    tables, _ = sensitivity.run(few(7))
    assert tables["provinces"].empty
    assert not tables["industries"].empty
    assert words().sensitivity.base(least=7) in scored.page
    assert rank_moves(tables["provinces"]).empty


def test_without_assessments_there_is_nothing_to_score(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(sensitivity, "assessments_file", lambda _: tmp_path / "none")
    with pytest.raises(InputErrors, match="the assessments of the edition: make book EDITION=2021"):
        sensitivity.run(EDITION)


def row(kind: str, n: int, difference: float = 1.0, **given: object) -> dict[str, object]:
    return {
        "kind": kind, "exhibit": "fig-04", "measure": "share_level_2", "group": f"组{n}",
        "old_year": 2021.0, "new_year": 2022.0, "old": 1.0, "new": 1.0 + difference,
        "difference": difference, "difference_unit": "百分点", "error": 0.5, "unit": "%", **given,
    }  # fmt: skip


@pytest.fixture
def compared(monkeypatch, tmp_path):
    """Have two editions with releases, and the rows in which they differ."""
    sides = [
        EDITION.model_copy(update={"id": name, "year": year})
        for name, year in (("a", 2021), ("b", 2022))
    ]
    for one in sides:
        (tmp_path / one.id / "current").mkdir(parents=True)
    monkeypatch.setattr(Edition, "folder", property(lambda self: tmp_path / self.id))
    built = Built()
    monkeypatch.setattr(editions, "build_site", built)
    monkeypatch.setattr(editions, "in_project", lambda path: tmp_path / path)
    monkeypatch.setattr(editions, "_run", lambda edition: edition.id)

    def compare(rows: list[dict[str, object]]) -> tuple[Built, Path]:
        frame = pd.DataFrame(rows).astype({"old_year": "Int64", "new_year": "Int64"})
        asked = []
        monkeypatch.setattr(
            editions.editions, "compare", lambda *words: asked.append(words) or frame
        )
        _, folder = editions.compare_editions(*sides)
        assert asked == [("a", 2021, "b", 2022)]
        return built, folder

    return compare


def test_two_editions_are_compared_by_kind_the_farthest_first(compared, tmp_path) -> None:
    rows = [row("moved", n, float(-n if n % 2 else n)) for n in range(1, 27)]
    gone = row("gone", 99, new_year=float("nan"), new=float("nan"), difference=float("nan"))
    built, folder = compared([*rows, gone])
    assert folder == tmp_path / "_build/compare/a-b"
    say = words().consequences
    parts = {part.split("\n")[0]: part for part in built.page.split("## ")[1:]}
    moved = parts[say.editions.moved]
    assert moved.index("组26") < moved.index("组25") < moved.index("组2<")
    assert "组1<" not in moved
    assert say.more(number=1) in moved
    assert ">2021<" in parts[say.editions.gone]
    assert say.no_change in parts[say.editions.new]
    content = json.loads(built.data["comparison.json"])
    assert (content["old"], content["new"]) == ("a", "b")
    assert content["counts"]["moved"] == 26
    assert content["rows"][-1]["new"] is None
    assert len(built.table("comparison.csv")) == 27
    assert built.table("comparison.csv").columns[0] == "kind"


def test_twenty_five_rows_of_a_kind_are_all_shown(compared) -> None:
    built, _ = compared([row("moved", n, float(n)) for n in range(1, 26)])
    assert words().consequences.more(number=0).partition("0")[0] not in built.page


def test_an_edition_without_a_release_cannot_be_compared(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(Edition, "folder", property(lambda self: tmp_path / self.id))
    (tmp_path / "2021/current").mkdir(parents=True)
    with pytest.raises(InputErrors) as raised:
        editions.compare_editions(EDITION, EDITION.model_copy(update={"id": "2022"}))
    (problem,) = raised.value.problems
    assert problem.expected == "a release: make book EDITION=2022"


def test_a_folder_is_replaced_whole_or_not_at_all(tmp_path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "old").touch()
    with pytest.raises(RuntimeError), rerun.replaced_whole(folder) as partial:
        (partial / "new").touch()
        raise RuntimeError
    assert [path.name for path in folder.iterdir()] == ["old"]
    with rerun.replaced_whole(folder) as partial:
        (partial / "new").touch()
        assert [path.name for path in folder.iterdir()] == ["old"]
    assert [path.name for path in folder.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_killed_runs_left_goes_and_what_live_ones_make_stays(tmp_path) -> None:
    live, dead, strange = (
        tmp_path / f".partial-{name}" for name in (os.getppid(), 2**22 + 1, "copy")
    )
    for path in (live, dead, strange, tmp_path / "out"):
        path.mkdir()
    rerun.clear_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {live.name, "out"}


def test_a_rerun_has_a_folder_of_its_own_for_each_set_of_parameters(tmp_path) -> None:
    given = [{"province": "江苏省"}, {"province": "山东省"}, {"size": "江苏省"}, {}]
    folders = {rerun.folder_of(EDITION, "sme", one) for one in given}
    assert len(folders) == 4
    blank = rerun.folder_of(EDITION, "sme", {"province": "江苏省", "city": ""})
    assert blank == rerun.folder_of(EDITION, "sme", {"province": "江苏省"})
    assert {folder.parent for folder in folders} == {EDITION.folder / "reruns"}


def test_a_book_that_fails_under_another_method_has_no_consequences(monkeypatch) -> None:
    made = SimpleNamespace(id="made")
    monkeypatch.setattr(what_if, "write_what_if", lambda *words: made)
    asked = []
    monkeypatch.setattr(what_if, "build", lambda *words: asked.append(words) or 1)
    assert what_if.rerun_book("2021", {"summation": "strict"}, [], "3") is None
    assert asked == [(made, "3")]


def test_a_book_under_another_method_compares_the_chapters_that_are_about_firms(
    monkeypatch,
) -> None:
    monkeypatch.setattr(what_if, "write_what_if", lambda *_: EDITION)
    monkeypatch.setattr(what_if, "build", lambda *_: 0)
    asked: list[list[str]] = []

    def read(source: Path, scope: str, names: list[str]) -> None:
        asked.append(names)
        raise LookupError

    monkeypatch.setattr(what_if, "read_book", read)
    with pytest.raises(LookupError):
        what_if.rerun_book("2021", {"summation": "strict"}, [], "3")
    assert {"participation", "sme", "trend-energy"} <= {*asked[0]}
    assert not {"audit", "scoring"} & {*asked[0]}, "no firm stands behind them"


def test_the_consequences_of_a_method_lie_with_the_reruns_of_the_edition(
    monkeypatch, tmp_path: Path
) -> None:
    """Of two books that are there already: what is compared is looked at elsewhere."""
    monkeypatch.setattr(Edition, "folder", property(lambda one: tmp_path / one.id))
    made = EDITION.model_copy(update={"id": "2021-strict"})
    monkeypatch.setattr(what_if, "write_what_if", lambda *_: made)
    monkeypatch.setattr(what_if, "build", lambda *_: 0)
    monkeypatch.setattr(what_if, "digest", lambda _: "ab" * 32)
    (tmp_path / "2021/r1").mkdir(parents=True)
    (tmp_path / "2021/current").symlink_to("r1")
    read: list[tuple[Path, str, list[str]]] = []
    book = SimpleNamespace(titles={})
    monkeypatch.setattr(what_if, "read_book", lambda *given: read.append(given) or book)
    told = {"sme": ["z", "a"], "participation": ["a"]}
    monkeypatch.setattr(what_if.rerun, "cautions", lambda base, name, titles: told.get(name, []))
    monkeypatch.setattr(what_if.rerun, "code_fingerprint", lambda one, name: f"{one.id} {name}")

    def write(found: object, base: Edition, chapter: Path, page: Path) -> None:
        assert (base.id, chapter) == ("2021", page / "chapter")
        (page / "index.html").write_text("页", "utf-8")

    monkeypatch.setattr(what_if, "write_site", write)
    found, folder = what_if.rerun_book("2021", {"summation": "strict"}, [], "3")
    assert folder == tmp_path / "2021/reruns/2021-strict"
    assert (folder / "index.html").read_text("utf-8") == "页"
    sources = [tmp_path / "2021/current/source", tmp_path / "2021-strict/current/source"]
    (old, nation, names), (new, same, too) = read
    assert ([old, new], nation, same, names) == (sources, "全国", "全国", too)
    about = found.about
    assert (about.edition, about.scope, about.old_scope) == ("2021", "全国", "全国")
    assert (about.release, about.parameters) == ("r1", {"summation": "strict"})
    assert about.data == ("ab" * 32)[: what_if.rerun.SHOWN]
    assert about.code == what_if.fingerprint({name: f"2021-strict {name}" for name in names})
    assert (about.simulated, about.cautions) == (True, ("a", "z"))
    assert (found.old, found.new) == (book, book)


def test_what_is_not_beside_the_page_of_a_rerun_is_said_in_words() -> None:
    new = SimpleNamespace(titles={"here": "这章"}, exhibits={"fig-here": {}}, records={"a.b": {}})
    found = SimpleNamespace(new=new, old=SimpleNamespace(records={"c.d": {"text": "69%"}}))
    here = "{doc}`这章<here>`、{doc}`here`、{ref}`fig-here`、{num}`a.b`"
    assert site._self_contained(here, found) == here
    there = "{doc}`那章<there>`、{doc}`there`、{ref}`那图<fig-there>`、{num}`c.d`、{num}`e.f`"
    assert site._self_contained(there, found) == "那章、“there”、那图、69%、e.f"
