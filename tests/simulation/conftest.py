"""One simulation for all tests of this folder: it takes seconds, and nothing changes it."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from smdi.assessments.scorer import Scorer
from smdi.assessments.scoring import score_table
from smdi.simulation.simulate import Simulation, simulate, write
from smdi.standards import maturity_model

FACTS = Path(__file__).parents[2] / "data" / "published" / "2021.csv"
SEED = 20211231


@dataclass(frozen=True)
class Population:
    """A simulation with its file, and its rows scored by the rule."""

    simulation: Simulation
    file: Path
    scored: pd.DataFrame

    @property
    def current(self) -> pd.DataFrame:
        return self.scored[self.scored["year"] == 2021]


def scored(table: pa.Table) -> pd.DataFrame:
    return score_table(table, Scorer(maturity_model())).to_pandas()


@pytest.fixture(scope="session")
def population(tmp_path_factory: pytest.TempPathFactory) -> Population:
    simulation = simulate(FACTS, SEED)
    file = tmp_path_factory.mktemp("simulation") / "assessments.parquet"
    write(simulation, file)
    return Population(simulation, file, scored(simulation.table))


@pytest.fixture(scope="session")
def facts() -> pd.DataFrame:
    """The facts read as plain text, apart from the library."""
    return pd.read_csv(FACTS, dtype=str).astype({"year": int, "value": float})
