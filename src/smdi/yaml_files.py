"""Reading the YAML that editors write: strict, of bounded size, every fault with its line."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

import yaml

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
                found = f"the key {key.value!r} a second time"
                raise yaml.MarkedYAMLError(None, None, found, key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path, what: str) -> object:
    """Return what a YAML file holds; InputErrors when it cannot be read. `what` names the file."""

    def refused(found: object, expected: str, row: int | None = None) -> InputErrors:
        return InputErrors([Problem(str(path), row, None, found, expected)])

    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST else None
    except FileNotFoundError:
        raise refused(None, f"{what} here") from None
    except IsADirectoryError:
        raise refused("a folder", what) from None
    except OSError as error:
        raise refused(error.strerror, f"{what} that can be read") from None
    if raw is None:
        raise refused(f"over {LARGEST:,} bytes", what)
    try:
        return yaml.load(raw.decode("utf-8-sig"), Loader=StrictLoader)
    except UnicodeDecodeError as error:
        raise refused(str(error), "UTF-8 text") from error
    except RecursionError:
        raise refused("a hundred levels or more", f"{what} of a few levels") from None
    except (yaml.YAMLError, ValueError) as error:
        # A date such as 2022-13-31 is a ValueError without a place.
        mark = getattr(error, "problem_mark", None)
        found = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise refused(found, "well-formed YAML", mark.line + 1 if mark else None) from error
