"""A plugin of pytest that writes the seconds of each test, by the name that pytest takes.

A report in JUnit's form has other names: what XML does not allow is written otherwise there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seconds", type=Path, help="where to write the seconds of each test")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--seconds") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_Clock(config.getoption("--seconds")))


class _Clock:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration

    def pytest_sessionfinish(self) -> None:
        self.path.write_text(json.dumps(self.seconds), "utf-8")
