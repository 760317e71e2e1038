"""Reading a mapping file: strict YAML, checked by the model, every fault with its place."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from smdi.assessments.mapping.model import ImportMapping
from smdi.errors import InputErrors, Problem

LARGEST = 1 << 20


class StrictLoader(yaml.SafeLoader):
    """YAML without keys given twice, and without aliases, which can swell a file to any size."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse an alias; compose any other node."""
        if self.check_event(yaml.AliasEvent):
            mark = self.get_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(None, None, "an alias (*name)", mark)
        return super().compose_node(parent, index)

    def construct_mapping(
        self, node: yaml.MappingNode, deep: bool = False
    ) -> dict[Hashable, object]:
        """Refuse a key that stands twice; construct the mapping."""
        seen: set[object] = set()
        for key, _ in node.value:
            name = (key.tag, key.value) if isinstance(key, yaml.ScalarNode) else None
            if name is not None and name in seen:
                raise yaml.MarkedYAMLError(
                    None, None, f"the key {key.value!r} a second time", key.start_mark
                )
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


def read_mapping(path: Path) -> ImportMapping:
    """Read a mapping file; InputErrors with every fault in it."""
    content = _content(path)
    try:
        return ImportMapping.model_validate(content)
    except ValidationError as error:
        raise InputErrors(_problem(str(path), fault) for fault in error.errors()) from error


def _content(path: Path) -> object:
    def refused(found: object, expected: str, row: int | None = None) -> InputErrors:
        return InputErrors([Problem(str(path), row, None, found, expected)])

    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except FileNotFoundError:
        raise refused(None, "a mapping file here") from None
    except IsADirectoryError:
        raise refused("a folder", "a mapping file") from None
    except OSError as error:
        raise refused(error.strerror, "a mapping file that can be read") from None
    if raw is None:
        raise refused(f"over {LARGEST:,} bytes", "a mapping file")
    try:
        return yaml.load(raw.decode("utf-8-sig"), Loader=StrictLoader)
    except UnicodeDecodeError as error:
        raise refused(str(error), "UTF-8 text") from error
    except RecursionError:
        raise refused("a hundred levels or more", "a mapping of a few levels") from None
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        found = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise refused(found, "well-formed YAML", mark.line + 1 if mark else None) from error


def _problem(file: str, fault: ErrorDetails) -> Problem:
    place = ".".join(str(part) for part in fault["loc"]) or None
    given = fault["input"] if isinstance(fault["input"], str | int | float | bool) else None
    message = "only known keys" if fault["type"] == "extra_forbidden" else fault["msg"]
    return Problem(file, None, place, given, message.removeprefix("Value error, "))
