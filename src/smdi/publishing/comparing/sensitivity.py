"""`make sensitivity`: levels and ranks under each documented reading of the standard.

_build/sensitivity/<edition>/site/index.html
_build/sensitivity/<edition>/shares.csv firms.csv provinces.csv industries.csv
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from smdi.assessments import ScoringRule, score_file
from smdi.edition import BUILD, Edition
from smdi.errors import InputErrors, Problem
from smdi.files import in_project
from smdi.publishing.comparing.rerun import replaced_whole
from smdi.publishing.comparing.site import build_site, contents_of_one, downloads
from smdi.report.tables.scoring import READINGS
from smdi.report.text.language import name_of, use_language, words
from smdi.report.values import digits_text
from smdi.standards import divisions, level_classes, provinces, use_standards
from smdi.workflow.chapters import assessments_file
from smdi.workflow.differences import sensitivity

FOLDER = "sensitivity"


def run(edition: Edition) -> tuple[dict[str, pd.DataFrame], Path]:
    """Score the edition's assessments under each reading; return the tables and their folder.

    InputErrors when there are no assessments yet.
    """
    answers = assessments_file(edition)
    if not answers.is_file():
        expected = f"the assessments of the edition: make book EDITION={edition.id}"
        raise InputErrors([Problem(str(answers), None, None, None, expected)])
    use_language(edition.language)
    use_standards(*edition.method.source)
    say = words().method_tables.readings
    readings = {
        say[f"{rule.satisfied}_{rule.summation}"]: _scored(answers, rule, edition.year)
        for rule in READINGS
    }
    least = edition.thresholds.class_firms
    tables = {
        "shares": sensitivity.level_shares(readings),
        "firms": sensitivity.moved_firms(readings),
        "provinces": _named(sensitivity.ranks(readings, "province", least), provinces()),
        "industries": _named(sensitivity.ranks(readings, "division", least), divisions()),
    }
    folder = in_project(BUILD) / FOLDER / edition.id
    with replaced_whole(folder) as partial:
        firms = len(next(iter(readings.values())))
        pages = {"index.md": _page(tables, edition, firms), "_toc.yml": contents_of_one()}
        data = {
            f"{name}.csv": table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
            for name, table in tables.items()
        }
        build_site(edition, pages, data, partial)
    return tables, folder


def _scored(answers: Path, rule: ScoringRule, year: int) -> pd.DataFrame:
    """Return the firms assessed in a year as a reading has them, in the order of the file."""
    with tempfile.TemporaryDirectory() as folder:
        scores = Path(folder) / "scores.parquet"
        score_file(answers, scores, rule)
        columns = ["year", "credit_code", "submitted_on", "province", "division", "level_class"]
        firms = pq.read_table(scores, columns=columns).to_pandas()
    firms = firms[firms["year"] == year].sort_values("submitted_on", kind="stable")
    return firms.drop_duplicates("credit_code", keep="last").sort_values("credit_code")


def _named(table: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    return table.assign(group=table["group"].map(names["name_zh"]))


def _page(tables: dict[str, pd.DataFrame], edition: Edition, firms: int) -> bytes:
    say = words().sensitivity
    lines = [f"# {say.title}", say.about(year=edition.year, firms=digits_text(firms, 0))]
    lines += [f"## {say.shares}", _shares(tables["shares"]), say.shares_note]
    moved = tables["firms"]
    rows = [[str(r.reading), f"{r.higher:.1f}", f"{r.lower:.1f}"] for r in moved.itertuples()]
    lines += [f"## {say.firms}", _markdown([say.reading, say.higher, say.lower], rows)]
    for name, heading in (("provinces", say.provinces), ("industries", say.industries)):
        lines.append(f"## {heading}")
        if len(tables[name]):
            lines += [_moves(tables[name]), _places(tables[name])]
        lines.append(say.base(least=edition.thresholds.class_firms))
    lines += [f"## {words().consequences.files}", downloads([f"{name}.csv" for name in tables])]
    return ("\n\n".join(lines) + "\n").encode()


def _shares(table: pd.DataFrame) -> str:
    classes = level_classes()["name_zh"]
    rows = []
    for reading, own in table.groupby("reading", sort=False):
        cells = [f"{r.share:.1f}%（{r.change:+.1f}）" for r in own.itertuples()]
        rows.append([str(reading), *(cell.replace("-", "−") for cell in cells)])
    return _markdown([words().sensitivity.reading, *map(name_of, classes)], rows)


def _moves(table: pd.DataFrame) -> str:
    say = words().sensitivity
    rows = [
        [str(r.reading), str(r.groups), str(r.moved), str(r.farthest), f"{r.correlation:.3f}"]
        for r in sensitivity.rank_moves(table).itertuples()
    ]
    heads = [say.reading, say.groups, say.moved, say.farthest, say.correlation]
    return _markdown(heads, rows)


def _places(table: pd.DataFrame) -> str:
    """List the place of each group under each reading, in the order of the first."""
    readings = list(table["reading"].unique())
    wide = table.pivot(index="group", columns="reading", values="rank")[readings]
    wide = wide.sort_values(readings[0], kind="stable")
    rows = [
        [name_of(str(name)), *map(str, row)]
        for name, row in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    return _markdown([words().sensitivity.group, *readings], rows)


def _markdown(heads: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "| --- |" + " ---: |" * (len(heads) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
