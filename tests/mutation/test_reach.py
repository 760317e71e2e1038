"""Which tests are asked of an edit: those that ran its line, its own package's first."""

from __future__ import annotations

from pathlib import Path

import pytest
from coverage import CoverageData

from tests.mutation.reach import Reach
from tests.mutation.sampling import sampled

MODULE = """LIMIT = 5


def few(n):
    return (
        n < LIMIT
    )


def none():
    pass
"""
ONE, TWO, THREE = (f"tests/{folder}/test_a.py" for folder in ("report", "standards", "workflow"))
SECONDS = {f"{ONE}::a": 1.0, f"{ONE}::b": 3.0, f"{TWO}::c": 5.0, f"{THREE}::d": 2.0}


@pytest.fixture
def reach(tmp_path: Path) -> Reach:
    """Three test files that were measured: two run `few`, one of them in what it sets up."""
    files = {"src/smdi/standards/rules.py": MODULE, "src/smdi/report/user.py": "x = 1\n"}
    files |= dict.fromkeys((ONE, TWO, THREE), "")
    files["src/smdi/report/user.py"] = (
        "from smdi.standards.rules import LIMIT\n\n\ndef f():\n    1\n"
    )
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    data = CoverageData(str(tmp_path / ".coverage"))
    module, user = (str(tmp_path / name) for name in list(files)[:2])
    for context, file, lines in (
        (f"{ONE}::a|run", module, [5]),
        (f"{TWO}::c (call)", module, [6]),
        (f"{ONE}::b|setup", module, [5]),
        (f"{THREE}::d|run", user, [5]),
    ):
        data.set_context(context)
        data.add_arcs({file: [(line, -1) for line in lines]})
    data.write()
    made = Reach(tmp_path / "kept/reach.json", tmp_path)
    made.add([ONE, TWO, THREE], tmp_path / ".coverage", SECONDS)
    return made


def test_the_tests_of_a_line_are_those_that_ran_its_statement_the_own_package_first(reach) -> None:
    found = reach.of("src/smdi/standards/rules.py", 6)
    assert found.tests == [f"{TWO}::c", f"{ONE}::a", f"{ONE}::b"]
    assert found.files == [TWO, ONE]


def test_only_so_many_seconds_of_tests_are_asked(reach) -> None:
    found = reach.of("src/smdi/standards/rules.py", 6, within=6.5)
    assert found.tests == [f"{TWO}::c", f"{ONE}::a"]
    assert found.seconds == 6.0


def test_what_runs_at_import_is_asked_of_all_tests_of_its_module(reach) -> None:
    assert set(reach.of("src/smdi/standards/rules.py", 1).tests) == set(SECONDS) - {f"{THREE}::d"}


def test_a_line_that_no_test_ran_is_asked_of_all_tests_of_its_module(reach) -> None:
    assert len(reach.of("src/smdi/standards/rules.py", 11).tests) == 3


def test_what_was_measured_is_kept_until_a_test_file_changes(reach, tmp_path: Path) -> None:
    again = Reach(tmp_path / "kept/reach.json", tmp_path)
    assert again.stale([ONE, TWO, THREE]) == []
    assert again.of("src/smdi/standards/rules.py", 6) == reach.of("src/smdi/standards/rules.py", 6)
    (tmp_path / TWO).write_text("# another")
    later = Reach(tmp_path / "kept/reach.json", tmp_path)
    assert later.stale([ONE, TWO]) == [TWO]
    assert THREE not in later.kept


def test_a_test_that_fails_without_any_edit_is_never_asked(reach, tmp_path: Path) -> None:
    reach.add([ONE], tmp_path / ".coverage", {**SECONDS, f"{ONE}::a": None})
    found = reach.of("src/smdi/standards/rules.py", 6)
    assert f"{ONE}::a" not in found.tests
    assert found.failing == (f"{ONE}::a",)


def test_a_sample_is_the_same_for_a_seed_and_its_first_part_is_one_too(tmp_path: Path) -> None:
    for package in ("report", "standards", "workflow"):
        (tmp_path / "src/smdi" / package).mkdir(parents=True)
        text = "".join(f"x{n} = {n}\n" for n in range(40))
        (tmp_path / "src/smdi" / package / "module.py").write_text(text)
    first, again, other = (sampled(tmp_path, 30, seed) for seed in (1, 1, 2))
    assert first == again != other
    assert len(first) == len(set(first)) == 30
    assert {one.package for one in first[:3]} == {"report", "standards", "workflow"}
    assert {one.package for one in sampled(tmp_path, 30, 1, "standards")} == {"standards"}


def test_of_a_module_at_the_top_of_the_library_the_tests_at_the_top_come_first(reach) -> None:
    module, near = "src/smdi/edition.py", "tests/test_edition.py"
    for file, seconds in ((near, 9.0), (ONE, 1.0)):
        reach.kept[file] = {
            "digest": "", "seconds": {f"{file}::a": seconds}, "failing": [],
            "modules": {module: ""}, "names": [f"{file}::a|run"], "lines": {module: {"1": [0]}},
        }  # fmt: skip
    (reach.root / module).write_text("YEAR = 1\n")
    assert reach.of(module, 1).tests == [f"{near}::a", f"{ONE}::a"]
    assert reach.of(module, 1, within=9.0).tests == [f"{near}::a"]
