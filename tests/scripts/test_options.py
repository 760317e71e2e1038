"""What each script understands of its words: all that it takes by default, and each option."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
A, B, C = Path("a"), Path("b"), Path("c")
IMPORTED = {"output": None, "mapping": None, "items": None, "check": False, "report": None}
IMPORTED |= {"max_rejected": (0, 0.0), "confirm": [], "last": None}
GATE = {"edition": "2021", "reruns": False, "names": "", "only": None, "report": None}
BUILD = {"edition": "2021", "scope": "", "cores": "2", "plan": False, "cold": False}
RERUN = {"chapter": "", "parameters": [], "edition": "2021", "line": "", "method": None}
# By script: words without any option, what these mean, and the same with every option.
UNDERSTOOD: dict[str, tuple[str, dict[str, Any], str, dict[str, Any]]] = {
    "assemble_book": ("--edition x", {"edition": "x"}, "", {}),
    "audit_published": (
        *("a", {"facts": "a", "exhibits": None, "json": False, "csv": None, "page": None}),
        "a --exhibits b --json --csv c --page a",
        {"exhibits": B, "json": True, "csv": C, "page": A},
    ),
    "build_edition": (
        *("", BUILD | {"in_order": False, "options": []}),
        "--edition x --scope a=b --cores 4 --plan --cold --in-order -- -k --forceall",
        {"edition": "x", "scope": "a=b", "cores": "4", "plan": True, "cold": True}
        | {"in_order": True, "options": ["-k", "--forceall"]},
    ),
    "build_editions": (
        *("", {"edition": "2021", "by": "province", "only": "", "cores": "2", "options": []}),
        "--edition x --by industry --only 36 --cores 3 -- -k",
        {"edition": "x", "by": "industry", "only": "36", "cores": "3", "options": ["-k"]},
    ),
    "build_pdf": ("a --edition x --log b", {"output": A, "edition": "x", "log": B}, "", {}),
    "build_site": ("--edition x --log b", {"edition": "x", "log": B}, "", {}),
    "check_notebooks": ("", {"notebooks": [], "fix": False}, "a b --fix",
                        {"notebooks": [A, B], "fix": True}),
    "check_reproduction": (
        *("a --edition x", {"edition": "x", "output": A, "facts": []}),
        *("a b c --edition x", {"facts": [B, C]}),
    ),
    "compare_editions": ("x y", {"old": "x", "new": "y"}, "", {}),
    "execute_chapter": (
        "sme a --products b",
        {"chapter": "sme", "output": A, "parameters": [], "products": B, "edition": "2021"}
        | {"log": None},
        "sme a x=1 y=2 --products b --edition x --log c",
        {"parameters": ["x=1", "y=2"], "edition": "x", "log": C},
    ),
    "gate_edition": (
        *("", GATE | {"clean": None}),
        "--edition x --reruns --names n --only values --report a --clean b",
        {"edition": "x", "reruns": True, "names": "n", "only": "values", "report": A, "clean": B},
    ),
    "lint_prose": (
        *("", {"files": [], "allowlist": Path("data/prose-allowlist.yaml"), "strict": False}),
        *("a b --allowlist c --strict", {"files": [A, B], "allowlist": C, "strict": True}),
    ),
    "make_template": (
        *("", {"output": Path("_build/assessments-template.xlsx")}, "a", {"output": A}),
    ),
    "measure_disclosure": (
        *("", {"edition": "2021", "minima": [3, 5, 10]}),
        *("--edition x 4 7", {"edition": "x", "minima": [4, 7]}),
    ),
    "measure_sensitivity": ("", {"edition": "2021"}, "--edition x", {"edition": "x"}),
    "new_chapter": (
        *("a --title t", {"name": "a", "title": "t", "after": "trend-supply-chain"}),
        *("a --title t --after b", {"after": "b"}),
    ),
    "new_edition": (
        *("2022", {"year": "2022", "assessments": ""}),
        *("2022 --assessments a", {"assessments": "a"}),
    ),
    "open_lab": ("", {"words": []}, "-- --port 1", {"words": ["--port", "1"]}),
    "prepare_boundaries": (
        *("a", {"wheel": A, "output": ROOT / "data/boundaries"}, "a --output b", {"output": B}),
    ),
    "prepare_population": ("a b", {"scores": A, "population": B}, "", {}),
    "propose_mapping": (
        *("a", {"exports": [A], "items": None, "output": None}),
        *("a b --items c --output a", {"exports": [A, B], "items": C, "output": A}),
    ),
    "protect_release": (
        "a b",
        {"population": A, "pattern": B, "edition": "2021", "together": False, "beside": None},
        *("a b --edition x --together --beside c",
          {"edition": "x", "together": True, "beside": C}),
    ),
    "publish_edition": ("--edition x", {"edition": "x"}, "", {}),
    "register_release": (
        *("", {"edition": "2021", "pattern": None, "name": None}),
        *("--edition x --pattern a --name n", {"edition": "x", "pattern": A, "name": "n"}),
    ),
    "rerun_chapter": (
        *("", RERUN | {"cores": "2", "list": False}),
        "sme x=1 y=2 --edition x --line z=3 --method m --cores 3 --list",
        {"chapter": "sme", "parameters": ["x=1", "y=2"], "edition": "x", "line": "z=3"}
        | {"method": "m", "cores": "3", "list": True},
    ),
    "score_assessments": (
        "a b",
        {"assessments": A, "scores": B, "edition": None}
        | {"satisfied": "reaches", "summation": "literal"},
        "a b --edition x --satisfied exceeds --summation strict",
        {"edition": "x", "satisfied": "exceeds", "summation": "strict"},
    ),
    "serve": ("", {"edition": "2021", "port": 8000}, "--edition x --port 80",
              {"edition": "x", "port": 80}),
    "share_firms": ("--edition x", {"edition": "x"}, "", {}),
    "simulate_assessments": (
        "a",
        {"output": A, "facts": Path("data/published/2021.csv"), "seed": None, "report": None},
        *("a --facts b --seed 7 --report c", {"facts": B, "seed": 7, "report": C}),
    ),
    "transcribe_table": (
        "a --exhibit e --where w --columns c",
        {"output": A, "table": None, "exhibit": "e", "where": "w", "columns": "c"},
        *("a b --exhibit e --where w --columns c", {"table": B}),
    ),
}  # fmt: skip


class Understood(Exception):  # noqa: N818 - it ends the script when its words are read
    """Holds what a script has understood."""


@pytest.fixture
def understood(command, monkeypatch: pytest.MonkeyPatch):
    """Give what a script understands of its words, as it reads them itself."""
    parse = argparse.ArgumentParser.parse_args

    def ends(self: argparse.ArgumentParser, *given: Any) -> None:
        raise Understood(vars(parse(self, *given)))

    def run(name: str, words: str) -> dict[str, Any]:
        monkeypatch.setattr(argparse.ArgumentParser, "parse_args", ends)
        with pytest.raises(Understood) as caught:
            command(name, *words.split())
        return caught.value.args[0]

    return run


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_a_script_takes_these_values_by_default(understood, name: str) -> None:
    words, expected, _, _ = UNDERSTOOD[name]
    assert understood(name, words) == expected


@pytest.mark.parametrize("name", [name for name in UNDERSTOOD if UNDERSTOOD[name][2]])
def test_a_script_understands_each_of_its_options(understood, name: str) -> None:
    _, default, words, given = UNDERSTOOD[name]
    assert understood(name, words) == default | given


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("a", {"files": [A]}),
        ("a b", {"files": [A, B]}),
        (
            "a --output b --mapping c --items a --check --report b --last c",
            {"files": [A], "output": B, "mapping": C, "items": A, "check": True, "report": B}
            | {"last": C},
        ),
        ("a --confirm x --confirm y", {"files": [A], "confirm": ["x", "y"]}),
    ],
)
def test_an_import_understands_each_of_its_options(understood, words: str, given: dict) -> None:
    found = understood("import_assessments", words)
    found.pop("max_rejected")
    expected = {key: value for key, value in IMPORTED.items() if key != "max_rejected"}
    assert found == expected | given


WRONG = [
    ("gate_edition", "--only all"),
    ("score_assessments", "a b --satisfied nearly"),
    ("score_assessments", "a b --summation loose"),
    ("serve", "--port x"),
    ("measure_disclosure", "three"),
    ("simulate_assessments", "a --seed x"),
    ("compare_editions", "a b c"),
    ("propose_mapping", ""),
]


@pytest.mark.parametrize(("name", "words"), WRONG, ids=[" ".join(row) for row in WRONG])
def test_a_word_of_another_kind_is_refused(command, name: str, words: str) -> None:
    told = command(name, *words.split())
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("usage: ")


def test_the_words_of_every_script_are_told_here() -> None:
    read = {"import_assessments", *UNDERSTOOD}
    with_words = {
        path.stem for path in Path("scripts").glob("*.py") if "argparse" in path.read_text("utf-8")
    }
    assert with_words - read == set() and read <= with_words
