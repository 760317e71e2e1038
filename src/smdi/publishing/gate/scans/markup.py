"""Pages and drawings: what runs, and what would be fetched from outside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lxml import etree

from smdi.publishing.gate.content import Content
from smdi.publishing.gate.findings import Finding, clipped
from smdi.publishing.gate.release import File

_OUTSIDE = re.compile(r"^\s*(?:[a-z][a-z0-9+.-]*:)?//|^\s*(?:https?|ftp|wss?):", re.IGNORECASE)
_SCHEME = re.compile(r"^\s*(?:javascript|vbscript|file|blob|filesystem):", re.IGNORECASE)
_CSS_FETCH = re.compile(
    r"url\(\s*[\"']?\s*((?:[a-z]+:)?//[^\"')\s]+)|@import\s+[\"']((?:[a-z]+:)?//[^\"']+)",
    re.IGNORECASE,
)
# A reader follows these; nothing is fetched before.
_FOLLOWED = {("a", "href"), ("area", "href"), ("blockquote", "cite"), ("q", "cite")}
# What a page of the book has no use for.
_LIVE = frozenset(
    {"iframe", "frame", "object", "embed", "applet", "base", "portal", "foreignobject"}
)
# The scripts that Sphinx and its theme write into each page.
_SCRIPTS = re.compile(
    r"\s*(?:DOCUMENTATION_OPTIONS\.pagename = '[\w/-]*';"
    r"|document\.documentElement\.dataset\.mode = localStorage\.getItem\(\"mode\"\) \|\| \"auto\";"
    r"\s*document\.documentElement\.dataset\.theme = localStorage\.getItem\(\"theme\"\) \|\| "
    r"\"auto\";"
    r"|\s*// Activate the search field on page load\s+let searchInput = "
    r"document\.querySelector\(\"form\.bd-search input\"\);\s+if \(searchInput\) \{\s+"
    r"searchInput\.focus\(\);\s+searchInput\.select\(\);\s+console\.log\(\"[^\"]*\"\);\s+\})\s*"
)
_DATA = ("application/json", "application/ld+json")


def findings(file: File, content: Content, settings: Sequence[str]) -> Iterator[Finding]:
    """Yield what is live or fetched; `settings` are the edition's, which must be text alone."""
    for place, root in content.trees:
        for element in root.iter(etree.Element):
            for what, how in _element(element):
                line = f"{place} line {element.sourceline}".strip()
                yield Finding(file.name, line, clipped(what), how)
    for style in content.styles:
        for found in _CSS_FETCH.findall(style.content):
            yield Finding(file.name, style.place, clipped("".join(found)), "fetched from outside")
    if content.trees:
        raw = file.content.decode("utf-8", "replace")
        for setting in settings:
            if "<" in setting and setting in raw:
                yield Finding(file.name, "", clipped(setting), "a setting that became markup")


def _element(element: etree._Element) -> Iterator[tuple[str, str]]:
    tag = _local(element.tag)
    if tag in _LIVE:
        yield f"<{tag}>", "a live element"
    if tag == "script" and not _is_of_book(element):
        yield element.text or "<script>", "a script that is not the book's"
    if tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
        yield element.get("content") or "", "a page that leads elsewhere"
    for given, value in element.items():
        name = _local(given)
        # No handler, page or address are all but a few of the hundred thousands in a release.
        if name.startswith(("on", "srcdoc")) or ":" in value or "//" in value:
            yield from _attribute(tag, name, value)


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    """Return a name without its namespace; what breaks out of a value can be no name at all."""
    return name.rpartition("}")[2].lower()


def _is_of_book(script: etree._Element) -> bool:
    """Tell whether a script is data, a file, or one that each page bears."""
    named = script.get("src") or script.get("type") in _DATA
    return bool(named or _SCRIPTS.fullmatch(script.text or ""))


def _attribute(tag: str, name: str, value: str) -> Iterator[tuple[str, str]]:
    if name.startswith("xmlns"):
        return
    if name.startswith("on"):
        yield f"{name}={value}", "a handler of events"
    elif _SCHEME.match(value):
        yield f"{name}={value}", "an address that runs, or of this machine"
    elif name == "srcdoc":
        yield value, "a page within the page"
    elif name == "style" and (found := _CSS_FETCH.search(value)):
        yield found[0], "fetched from outside"
    elif (tag, name) not in _FOLLOWED and (_OUTSIDE.match(value) or _in_list(name, value)):
        yield f"<{tag} {name}={value}>", "fetched from outside"


def _in_list(name: str, value: str) -> bool:
    """Tell whether one of the addresses of a `srcset` or a `ping` leads outside."""
    if name not in ("srcset", "imagesrcset", "ping"):
        return False
    return any(_OUTSIDE.match(part) for part in re.split(r"[\s,]+", value))
