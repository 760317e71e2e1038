"""Whatever is consistent can be simulated: drawn changes of up to five printed numbers."""

import pytest

from smdi.simulation.assumptions import read_assumptions
from smdi.simulation.counts.plan import make_plan
from smdi.simulation.population.adoption import make_practices
from smdi.simulation.population.firms import make_firms
from smdi.simulation.population.panel import make_panel
from smdi.simulation.simulate import failures, read_targets, simulate
from smdi.simulation.streams import Streams
from tests.published.measuring import read_rows, write_rows

from .conftest import FACTS, SEED
from .consistent_changes import changed_edition, changes

ORIGINAL = read_rows(FACTS)


def planned(facts):
    """Everything that can fail: whole numbers, firms, who answers, who adopts."""
    assumptions, streams = read_assumptions(), Streams(SEED)
    targets = read_targets(facts)
    plan = make_plan(targets, assumptions, streams)
    firms = make_firms(plan, targets, assumptions, streams)
    panel = make_panel(firms, plan, assumptions, streams)
    capability = panel["capability"].to_numpy()
    make_practices(panel, firms, capability, targets, assumptions, streams)
    return len(firms)


@pytest.mark.parametrize("seed", [2, 13, 17])
def test_a_consistent_change_finds_its_whole_numbers(seed, tmp_path):
    rows = changed_edition(ORIGINAL, seed)
    assert 1 <= changes(rows, ORIGINAL) <= 5
    assert planned(write_rows(rows, tmp_path / "facts.csv")) > 20000


@pytest.mark.proofs
@pytest.mark.parametrize("seed", range(50))
def test_a_consistent_change_is_simulated_with_every_fact_kept(seed, tmp_path):
    rows = changed_edition(ORIGINAL, seed)
    made = simulate(write_rows(rows, tmp_path / "facts.csv"), SEED)
    assert failures(made.calibration) == []
