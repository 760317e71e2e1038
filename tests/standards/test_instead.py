"""Standards read from elsewhere: another folder, other weights, other bounds of the levels."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from smdi.errors import InputErrors
from smdi.files import project_root
from smdi.standards import maturity_model, sectors, use_standards
from smdi.standards.loading import Source, current_source

OWN = project_root() / "data" / "standards"


@pytest.fixture(autouse=True)
def own_again() -> Iterator[None]:
    yield
    use_standards(None, None, None)


def bounds() -> list[int]:
    return [level.lower_bound_tenths for level in maturity_model().levels]


def test_without_anything_instead_they_are_the_project_s() -> None:
    before = bounds()
    use_standards(None, None, (1.0, 2.0, 3.0, 4.0, 5.0))
    assert current_source() == Source(OWN, None, (1.0, 2.0, 3.0, 4.0, 5.0))
    use_standards(None, None, None)
    assert current_source() == Source(OWN, None, None)
    assert bounds() == before


@pytest.mark.parametrize(
    ("given", "tenths"),
    [
        ((1.0, 2.0, 3.0, 4.0, 5.0), [0, 10, 20, 30, 40, 50]),
        ((0.5,), [0, 5, 18, 28, 38, 48]),
        ((0.9, 1.9), [0, 9, 19, 28, 38, 48]),
    ],
)
def test_bounds_take_the_place_of_those_of_the_levels_from_the_first(given, tenths) -> None:
    assert bounds() == [0, 8, 18, 28, 38, 48]  # GB/T 39117-2020
    use_standards(None, None, given)
    assert bounds() == tenths


def test_bounds_that_do_not_rise_are_refused() -> None:
    use_standards(None, None, (2.0, 1.0))
    with pytest.raises(InputErrors) as caught:
        maturity_model()
    assert [str(one) for one in caught.value.problems] == [
        "data/standards/levels.csv, row 4, column lower_bound: found '1.0'; "
        "expected a bound above that of the level before"
    ]


def test_weights_of_another_file_are_read_and_its_faults_named_by_it(tmp_path, monkeypatch) -> None:
    text = (OWN / "weights.csv").read_text("utf-8")
    row = "discrete,element,personnel,,6,"
    assert text.count(row) == 1
    monkeypatch.chdir(tmp_path)
    Path("other.csv").write_text(text.replace(row, row.replace("6", "7")), "utf-8")
    use_standards(OWN, Path("other.csv"), None)
    monkeypatch.chdir("/")  # where the file is does not change with the folder
    with pytest.raises(InputErrors) as caught:
        maturity_model()
    assert [str(one) for one in caught.value.problems] == [
        f"{tmp_path / 'other.csv'}, column weight: found 101; "
        "expected the weights of the discrete elements to sum to 100"
    ]


def test_a_folder_of_its_own_is_read_and_its_faults_named_by_it(tmp_path, monkeypatch) -> None:
    shutil.copytree(OWN, tmp_path / "theirs")
    path = tmp_path / "theirs" / "sectors.csv"
    path.write_text(path.read_text("utf-8").replace("电子信息", "电子"), "utf-8")
    monkeypatch.chdir(tmp_path)
    use_standards(Path("theirs"), None, None)
    monkeypatch.chdir(OWN)
    assert sectors()["name_zh"]["electronics"] == "电子"
    path.write_text(path.read_text("utf-8").replace("consumer,", "others,"), "utf-8")
    shutil.copytree(tmp_path / "theirs", tmp_path / "faulty")
    use_standards(tmp_path / "faulty", tmp_path / "none.csv", None)
    with pytest.raises(InputErrors) as caught:
        sectors()
    told = [str(one) for one in caught.value.problems]
    assert f"{tmp_path / 'none.csv'}; expected the file to exist" in told
    assert any(
        one.startswith(f"{tmp_path / 'faulty' / 'sectors.csv'}, row 5, column id") for one in told
    )
    assert all(one.startswith(str(tmp_path)) for one in told)
