"""YAML as editors may write it: what the plain loader lets pass in silence is a fault."""

from __future__ import annotations

from collections.abc import Hashable

import yaml


class StrictLoader(yaml.SafeLoader):
    """YAML without keys given twice, and without aliases of anything that holds others.

    Such aliases can swell a file to any size; one that stands for a single value cannot.
    """

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse an alias of a list or a mapping; compose any other node."""
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            if not isinstance(self.anchors.get(event.anchor), yaml.ScalarNode):
                found = "an alias (*name) of more than one value"
                raise yaml.MarkedYAMLError(None, None, found, event.start_mark)
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
