"""The command that fails a build when a published number is not reproduced."""

import pandas as pd
import pytest

from smdi.files import project_root
from smdi.indicators.reproduction import COMPUTED_COLUMNS
from smdi.published import contradictions, read_facts

ROOT = project_root()
FACTS = ROOT / "data" / "published" / "2021.csv"


@pytest.fixture(scope="module")
def right():
    """Computed rows that print as published, and follow the partner where two cannot hold."""
    facts = read_facts(FACTS)
    implied = contradictions(facts).set_index("fact_id")
    rows = []
    for name, fact in facts.iterrows():
        value, measure = fact["value"], fact["measure"]
        if name in implied.index:
            value = float(implied.loc[name, "implied_low"])
        if measure.endswith("_over"):
            measure, value = measure.removesuffix("_over"), value + 1
        if measure.endswith("_from") or measure == "title_rows":
            continue
        measure = measure.removesuffix("_to")
        rows.append((fact["exhibit"], measure, fact["group"], fact["year"], value, fact["unit"], 1))
    for figure, rows_shown in (("fig-02", 10), ("fig-03", 5), ("fig-07", 10)):
        rows += [(figure, "rank", f"第{n}", 2021, n, "位", 1) for n in range(1, rows_shown + 1)]
    return pd.DataFrame(rows, columns=COMPUTED_COLUMNS)


@pytest.fixture
def run(tmp_path, capsys):
    import runpy
    import sys

    def run(computed):
        computed.to_csv(tmp_path / "facts.csv", index=False)
        out = tmp_path / "reproduction.csv"
        before, sys.argv = (
            sys.argv,
            ["x", "--edition", "2021", str(out), str(tmp_path / "facts.csv")],
        )
        try:
            status = runpy.run_path(str(ROOT / "scripts" / "check_reproduction.py"))["main"]()
        finally:
            sys.argv = before
        said = capsys.readouterr()
        return status, said.out + said.err, pd.read_csv(out, dtype="str", keep_default_na=False)

    return run


def test_what_prints_as_published_passes_and_each_fact_says_how_it_is_bound(right, run):
    status, said, table = run(right)
    assert status == 0
    assert "395 reproduced, 7 contradicted, 0 differs" in said
    kinds = table.loc[table["status"] == "reproduced", "binding"].value_counts()
    assert set(kinds.index) == {"bound", "loose", "free"}
    assert set(table.loc[table["status"] == "contradicted", "grade"]) == {
        "conditional",
        "contradiction",
        "claim",
    }


@pytest.mark.parametrize(
    ("exhibit", "measure", "group", "value"),
    [
        ("tab-cities", "firms_level_ge2", "重庆", 5),
        ("tab-provinces", "rank", "天津市", -7),
        ("text", "share_level_le1_decrease", "金属制品业", 88.8),
        ("fig-04", "share_level_le1", "全国", 70.0),
    ],
)
def test_a_falsified_value_fails_the_build_and_is_named(right, run, exhibit, measure, group, value):
    false = right.copy()
    own = (false["exhibit"] == exhibit) & (false["measure"] == measure) & (false["group"] == group)
    assert own.sum() == 1
    false.loc[own, "value"] = value
    status, said, _ = run(false)
    assert status == 1
    assert f"{exhibit}/{measure}/{group}/2021: printed" in said
