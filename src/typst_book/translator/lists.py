"""Lists of all kinds, and the glossary."""

# The name of a visitor says what it does.
# ruff: noqa: D102

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from typst_book import markup
from typst_book.translator.base import Base

_NUMERALS = {
    "arabic": "1",
    "loweralpha": "a",
    "upperalpha": "A",
    "lowerroman": "i",
    "upperroman": "I",
}


class Lists(Base):
    """Lists keep the signs that the source gave them."""

    def _items(self, node: nodes.Element) -> list[str]:
        return [f"[{self.render(item.children)}]" for item in node.children]

    def visit_bullet_list(self, node: nodes.bullet_list) -> None:
        """Print a list; one of tasks bears check boxes in place of bullets."""
        tasks = "contains-task-list" in node.get("classes", [])
        marker = "none" if tasks else None
        self.anchors(node)
        self.put_block(markup.call("list", *self._items(node), tight="true", marker=marker))
        raise nodes.SkipNode

    def visit_enumerated_list(self, node: nodes.enumerated_list) -> None:
        numeral = _NUMERALS[node.get("enumtype", "arabic")]
        pattern = f"{node.get('prefix', '')}{numeral}{node.get('suffix', '.')}"
        start = str(node["start"]) if "start" in node else None
        self.anchors(node)
        self.put_block(
            markup.call(
                "enum",
                *self._items(node),
                tight="true",
                numbering=markup.string(pattern),
                start=start,
            )
        )
        raise nodes.SkipNode

    # ---- Terms and their meaning -------------------------------------------------------------

    def visit_definition_list(self, node: nodes.Element) -> None:
        self.anchors(node)

    def depart_definition_list(self, node: nodes.Element) -> None:
        pass

    visit_glossary, depart_glossary = visit_definition_list, depart_definition_list

    def visit_definition_list_item(self, node: nodes.definition_list_item) -> None:
        terms, meanings = [], []
        for child in node.children:
            if isinstance(child, nodes.term | nodes.classifier):
                self.open()
                self.anchors(child)
                anchors = self.close()
                terms.append(anchors + self.render(child.children))
            else:
                meanings.append(self.render(child.children))
        meaning = "\n\n".join(meanings)
        term = markup.text(self.words["comma"]).join(terms)
        self.put_block(markup.call("definition", f"[{term}]") + f"[{meaning}]")
        raise nodes.SkipNode

    def visit_field_list(self, node: nodes.Element) -> None:
        self.anchors(node)

    def depart_field_list(self, node: nodes.Element) -> None:
        pass

    def visit_field(self, node: nodes.field) -> None:
        name, body = node.children
        self.put_block(
            markup.call("field", f"[{self.render(name.children)}]")
            + f"[{self.render(body.children)}]"
        )
        raise nodes.SkipNode

    def visit_option_list(self, node: nodes.option_list) -> None:
        rows = []
        for item in node.children:
            options, description = item.children
            names = self.words["comma"].join(option.astext() for option in options.children)
            rows.append(f"({markup.string(names)}, [{self.render(description.children)}])")
        self.anchors(node)
        self.put_block(markup.call("option-list", *rows))
        raise nodes.SkipNode

    def visit_citation(self, node: nodes.citation) -> None:
        """Print an entry of the list of works."""
        label = node.children[0].astext()
        self.put("\n\n")
        self.anchors(node)
        body = self.render(node.children[1:])
        self.put_block(markup.call("work", markup.string(f"[{label}]")) + f"[{body}]")
        raise nodes.SkipNode

    def visit_hlist(self, node: addnodes.hlist) -> None:
        pass

    def depart_hlist(self, node: addnodes.hlist) -> None:
        pass

    visit_hlistcol, depart_hlistcol = visit_hlist, depart_hlist
