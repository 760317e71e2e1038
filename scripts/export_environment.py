"""Write environment.yml, the conda form of pyproject.toml at the versions of requirements.lock."""

from __future__ import annotations

from smdi.workflow.environment import ENVIRONMENT, environment_yaml


def main() -> None:
    """Write the file."""
    ENVIRONMENT.write_text(environment_yaml(), "utf-8")


if __name__ == "__main__":
    main()
