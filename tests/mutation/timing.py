"""A plugin of pytest that writes the seconds of each test, None for one that fails.

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
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        told = {name: None if name in self.failed else s for name, s in self.seconds.items()}
        self.path.write_text(json.dumps(told), "utf-8")
