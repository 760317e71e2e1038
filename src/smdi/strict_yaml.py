"""YAML as editors may write it: what the plain loader lets pass in silence is a fault."""

from __future__ import annotations

from collections.abc import Hashable

import yaml


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
