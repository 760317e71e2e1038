"""What of a page the lint does not read, each with the reason; all else is read.

A construct that nobody has thought of is read as words, so a number in it is found. Not here, as
they are no constructs: names that hold numbers, addresses, and the indices of formulas
(`quantities`); in templates comments, conditions and strings that are keys (`templates`). The
numbers of list items are counted by Markdown.
"""

from __future__ import annotations

# Tokens of markdown-it-py that print no words of the writer's.
TOKENS = {
    "fence": "code, where it names no directive",
    "code_inline": "names of files, fields and commands",
    "myst_target": "a label, never printed",
    "myst_line_comment": "a comment",
    "myst_block_break": "parts cells of a notebook, never printed",
    "footnote_ref": "a mark that Sphinx numbers",
    "footnote_anchor": "a link back",
}

# Roles whose content is the name of a computed value, which makes the sentence's claim good.
VALUES = {"num": "a value, or a finished sentence of a chapter"}
# Roles whose content is a key; of `title <key>` the title is read.
KEYS = {
    "ref": "a label",
    "numref": "a label",
    "eq": "a label",
    "doc": "a page",
    "cite": "a key of the bibliography",
    "cite:p": "a key of the bibliography",
    "cite:t": "a key of the bibliography",
    "download": "a file",
}
CODE_ROLES = {
    "code": "as code in backticks",
    "literal": "as code in backticks",
    "file": "a file's name",
    "command": "a command",
    "kbd": "a key of the keyboard",
}

# Directives whose body is code, or what no reader sees.
BODIES = {
    "code": "code",
    "code-block": "code",
    "sourcecode": "code",
    "code-cell": "code; its Chinese strings are read, since they may come to be printed",
    "literalinclude": "code",
    "include": "options; that it includes is found",
    "toctree": "names of pages",
    "bibliography": "options of Sphinx",
}
# Directives whose argument is a key, a path or a layout; of all others it is a title.
ARGUMENTS = {
    **dict.fromkeys(("code", "code-block", "sourcecode", "code-cell"), "a language"),
    **dict.fromkeys(("figure", "image", "include", "literalinclude", "bibliography"), "a path"),
    **dict.fromkeys(("exhibit", "button-ref", "province-map"), "a label"),
    "button-link": "an address",
    "raw": "a format",
    "container": "a class",
    "div": "a class",
    "grid": "numbers of columns",
    "toctree": "none",
}
# What brings words from another file, which the lint does not read: found for itself.
FROM_ELSEWHERE = {"include", "file", "url"}
# Options of directives that print nothing.
OPTIONS = {
    **dict.fromkeys(("name", "label"), "a label"),
    **dict.fromkeys(("link", "link-type", "target", "img-top"), "a target"),
    **dict.fromkeys(("class", "figclass", "class-header", "class-body"), "a class"),
    **dict.fromkeys(("class-container", "class-title", "class-card"), "a class"),
    **dict.fromkeys(("width", "height", "scale", "align", "figwidth", "widths"), "a size"),
    **dict.fromkeys(("columns", "column-width", "gutter", "margin", "padding"), "a size"),
    **dict.fromkeys(("outline", "reverse", "open", "color", "icon", "shadow"), "a look"),
    **dict.fromkeys(("header-rows", "stub-columns", "delim", "encoding"), "how rows are read"),
    **dict.fromkeys(("linenos", "lineno-start", "emphasize-lines"), "about lines of code"),
    **dict.fromkeys(("start-line", "end-line"), "about lines of a file"),
    **dict.fromkeys(("tags", "sync", "maxdepth", "hidden", "nowrap"), "a switch"),
}

# Keys of front matter and settings below which nothing is printed.
SETTINGS = {
    "jupytext": "how the notebook is stored",
    "kernelspec": "a kernel's names",
    "html_context": "switches of the theme",
}
# Keys of settings whose value is printed in any language; elsewhere only Chinese text is words.
PRINTED_SETTINGS = {"title", "subtitle", "caption", "description", "substitutions"}

# Attributes of HTML that are shown or read aloud; all others are settings.
PRINTED_ATTRIBUTES = {"alt", "title", "aria-label", "placeholder", "label", "summary"}
HTML_CODE = {"script": "code", "style": "looks", "code": "as code in backticks", "pre": "code"}
