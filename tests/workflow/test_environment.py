from __future__ import annotations

from smdi.workflow.environment import (
    ENVIRONMENT,
    direct_dependencies,
    environment_yaml,
    locked_versions,
)


def test_every_package_that_is_asked_for_is_locked() -> None:
    assert [name for name in direct_dependencies() if name not in locked_versions()] == []


def test_environment_yml_names_the_locked_versions() -> None:
    expected = "environment.yml is stale: run scripts/export_environment.py"
    assert ENVIRONMENT.read_text("utf-8") == environment_yaml(), expected


def test_jupyter_book_is_the_one_that_works_offline() -> None:
    locked = locked_versions()
    assert locked["jupyter-book"] == "1.0.4.post1"
    assert locked["sphinx"] == "7.4.7"
    assert locked["sphinx-book-theme"] == "1.2.0"


def test_the_packages_in_use_are_the_locked_ones() -> None:
    import sys
    from importlib.metadata import version

    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    locked = locked_versions(python=python)
    used = {name: version(name) for name in direct_dependencies()}
    assert used == {name: locked[name] for name in used}
