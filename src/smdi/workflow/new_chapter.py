"""A new chapter: a notebook that builds as it stands, and its line in the list of pages."""

from __future__ import annotations

import re
from pathlib import Path

from smdi.errors import InputErrors, Problem
from smdi.files import in_project, write_text
from smdi.report.locations import NOTEBOOKS
from smdi.workflow.chapters import BOOK, TOC

NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# What templates, MyST and HTML would take for more than text.
MARKS = re.compile(r"[\n{}<>`⟦⟧]")
_OWN_FIGURE = re.compile(r"\bfig-a(\d+)\b")

TEMPLATE = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
  language: python
---

# {title}

本章考察当年参评企业的成熟度等级构成。

```{{code-cell}} python3
:tags: [parameters, remove-cell]

edition = "2021"
province = ""
industry = ""
```

```{{code-cell}} python3
:tags: [remove-cell]

from smdi.indicators import levels
from smdi.report import charts, open_chapter

chapter = open_chapter("{name}", edition=edition, province=province, industry=industry)
shares = levels.national_level_shares(chapter.population)
chapter.values("{figure}", shares, digits=0, low_share=levels.SHARES[0])
display(chapter.show("{figure}", charts.level_shares(shares, digits=0), shares))
chapter.close()
```

{{% sentence overall %}}
{{{{ year }}}} 年，{{{{ scope }}}}参评企业中处于一级及以下的占{{{{ low_share }}}}。
{{% endsentence %}}

:::{{exhibit}} {figure}
{{{{ year }}}} 年{{{{ scope }}}}企业的等级构成
:::
"""


def new_chapter(name: str, title: str, after: str) -> Path:
    """Write the notebook of a chapter and list it behind the page `after`; return the notebook.

    InputErrors, and nothing written, for a name that is none or is taken, an empty title, and a
    page that is not listed.
    """
    notebook = in_project(NOTEBOOKS / f"{name}.md")
    toc = in_project(TOC)
    listed = toc.read_text("utf-8")
    line = re.search(rf"^( *- file: ){re.escape(after)} *$", listed, re.MULTILINE)
    problems = []
    if not NAME.fullmatch(name):
        expected = "a name of lower-case letters, digits and single hyphens, like trend-equipment"
        problems.append(Problem("NAME", None, None, name, expected))
    elif notebook.exists() or in_project(BOOK / f"{name}.md").exists():
        problems.append(Problem("NAME", None, None, name, "a name that no page has yet"))
    if not title.strip() or MARKS.search(title):
        expected = "the chapter's heading: text on one line, without { } < > ` ⟦ ⟧"
        problems.append(Problem("TITLE", None, None, title, expected))
    if line is None:
        pages = ", ".join(re.findall(r"- file: (\S+)", listed))
        problems.append(Problem("AFTER", None, None, after, f"one of the pages: {pages}"))
    InputErrors.raise_if(problems)
    assert line is not None
    text = TEMPLATE.format(name=name, title=title.strip(), figure=_free_figure())
    write_text(notebook, text)
    entry = f"{line[0].rstrip()}\n{line[1]}{name}"
    write_text(toc, listed[: line.start()] + entry + listed[line.end() :])
    return notebook


def _free_figure() -> str:
    """Return the first id of a figure of our own that no notebook has."""
    texts = [path.read_text("utf-8") for path in in_project(NOTEBOOKS).rglob("*.md")]
    taken = {int(number) for text in texts for number in _OWN_FIGURE.findall(text)}
    return f"fig-a{max(taken, default=0) + 1}"
