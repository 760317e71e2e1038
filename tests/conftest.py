"""Tiny scored populations, a line a group of firms, for tests of what comes after scoring."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

import hypothesis
import pandas as pd
import pytest

from smdi.disclosure.release import protect_release
from smdi.edition import Disclosure, Scope, read_edition
from smdi.indicators import Population
from smdi.standards import level_class, maturity_model, practices
from tests.approving import Approved

# A person's run draws examples of its own; continuous integration tries the same ones each time.
hypothesis.settings.register_profile("own", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "own")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--approve", action="store_true", help="keep what tests hold as approved")


REGIONS = {
    "江苏省": ("320000", "320200"),
    "山东省": ("370000", "370200"),
    "广东省": ("440000", "440300"),
    "北京市": ("110000", "110100"),
    "西藏自治区": ("540000", "540100"),
}
BUSINESSES = ("design", "logistics", "sales", "service")


def firms(number: int = 1, **given: object) -> list[dict[str, object]]:
    """Make `number` equal firms; `ids` names them, else they get names of their own.

    Defaults: 2021, 江苏省 (无锡), class 3670, discrete, small, level 1, all businesses, no answers.
    """
    ids = given.pop("ids", None) or [f"SIM{next(_serial):015d}" for _ in range(number)]
    province, city = REGIONS[str(given.pop("region", "江苏省"))]
    return [
        {
            "credit_code": name,
            "year": 2021,
            "submitted_on": datetime.date(int(given.get("year", 2021)), 6, 1),
            "province": province,
            "city": city,
            "industry": "3670",
            "process_type": "discrete",
            "employees": 100,
            "revenue": 5000.0,
            "size": "small",
            "level": 1,
            "total": 1.0,
            **dict.fromkeys(BUSINESSES, True),
            **given,
        }
        for name in ids
    ]


_serial = count()


def protected(pop: Population, minimum: int = 5, **policy: object) -> Population:
    """Protect a population as if its scope alone were released."""
    alone = Disclosure(minimum=minimum, together=(), **policy)
    edition = read_edition("2021").model_copy(update={"disclosure": alone})
    return replace(pop, protection=protect_release(pop, edition))


def make_scores(*groups: list[dict[str, object]]) -> pd.DataFrame:
    """Make a frame with every column of a scores file from groups of firms."""
    frame = pd.DataFrame([row for group in groups for row in group])
    frame["division"] = frame["industry"].str[:2]
    frame["level_class"] = level_class(frame["level"])
    for name in [f"domain_{domain.id}" for domain in maturity_model().domains]:
        frame[name] = frame.get(name, pd.Series(float("nan"), index=frame.index))
    missing = [f"practice_{name}" for name in practices().index]
    blank = {name: None for name in missing if name not in frame}
    return frame.assign(**blank)


@pytest.fixture
def approved(request: pytest.FixtureRequest, tmp_path: Path) -> Approved:
    """Give what was approved beside the module of the test."""
    folder, test = request.path.parent / "approved", request.node.nodeid
    approve = bool(request.config.getoption("--approve"))
    return Approved(folder, approve=approve, test=test, scratch=tmp_path)


@pytest.fixture(scope="session")
def firm() -> Callable[..., list[dict[str, object]]]:
    """Give the maker of equal firms."""
    return firms


@pytest.fixture(scope="session")
def scores() -> Callable[..., pd.DataFrame]:
    """Give the maker of a scores frame."""
    return make_scores


@pytest.fixture(scope="session")
def assessed() -> Callable[..., Population]:
    """Give the maker of a population of 2021 against 2020 from groups of firms."""

    def make(
        *groups: list[dict[str, object]],
        minimum: int | None = None,
        rule: str = "protected",
        **options: object,
    ) -> Population:
        given = {name: options.pop(name) for name in Scope.model_fields if name in options}
        pop = Population.of(make_scores(*groups), 2021, 2020, Scope.of(**given), **options)
        return pop if minimum is None else protected(pop, minimum, rule=rule)

    return make
