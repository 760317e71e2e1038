"""The draw of edits: the same each time, little moved by a change, without those argued away."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.mutation import sampling
from tests.mutation.sampling import sampled


@pytest.fixture
def root(tmp_path: Path, monkeypatch) -> Path:
    """Have a project of two packages, and nothing argued away."""
    monkeypatch.setattr(sampling, "EQUIVALENT", tmp_path / "equivalent.yaml")
    (tmp_path / "equivalent.yaml").write_text("", "utf-8")
    for package, count in (("large", 40), ("small", 4)):
        folder = tmp_path / "src/smdi" / package
        folder.mkdir(parents=True)
        lines = [f"    if x > {n}:\n        return {n}" for n in range(count)]
        (folder / "module.py").write_text("def f(x):\n" + "\n".join(lines) + "\n", "utf-8")
    return tmp_path


def names(root: Path, count: int, seed: int = 1, **options: str) -> list[str]:
    return [one.identity(root) for one in sampled(root, count, seed, **options)]


def test_a_seed_draws_the_same_edits_and_another_others(root: Path) -> None:
    assert names(root, 20) == names(root, 20)
    assert set(names(root, 20)) != set(names(root, 20, seed=2))


def test_a_small_package_has_more_than_its_share_and_any_beginning_is_a_sample(root: Path) -> None:
    drawn = names(root, 20)
    small = [name for name in drawn if "small" in name]
    assert len(drawn) == 20
    assert 4 <= len(small) <= 8
    assert any("small" in name for name in drawn[:5])
    assert {name.split("/")[2] for name in names(root, 20, package="small")} == {"small"}


def test_a_change_of_the_code_leaves_most_of_the_draw(root: Path) -> None:
    before = names(root, 20)
    path = root / "src/smdi/large/module.py"
    path.write_text("FIRST = 1\n" + path.read_text("utf-8"), "utf-8")
    assert len(set(before) & set(names(root, 20))) >= 18


def test_an_edit_that_is_argued_away_is_not_drawn(root: Path) -> None:
    (root / "src/smdi/small/module.py").write_text("def f(x, y):\n    return g(x, a=1, b=2)\n")
    entry = {"file": "src/smdi/small/module.py", "line": "return g(x, a=1, b=2)", "after": ""}
    drawn = names(root, 20, package="small")
    assert sum(name.endswith("→ ") for name in drawn) == 2
    (root / "equivalent.yaml").write_text(yaml.safe_dump([{**entry, "before": "b="}]))
    left = names(root, 20, package="small")
    assert [name for name in drawn if name not in left] == [
        "src/smdi/small/module.py | return g(x, a=1, b=2) | , b=2 → "
    ]
    (root / "equivalent.yaml").write_text(yaml.safe_dump([entry]))
    assert sum(name.endswith("→ ") for name in names(root, 20, package="small")) == 0
