"""A small site of a rerun: the consequences, and the chapter as a page, in the look of the book.

    <output>/site/index.html          the consequences
    <output>/site/<chapter>.html      the chapter, sentences and charts in it
    <output>/consequences.json        the same, for programs
    <output>/values.csv sentences.csv ranks.csv exhibits.csv
    <output>/chapter/                 what the chapter wrote, its executed notebook too

It opens from the file system and asks nothing of the network.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from html import escape
from pathlib import Path

import yaml

from smdi.edition import Edition
from smdi.files import remove, write_bytes
from smdi.publishing import assembly
from smdi.publishing.comparing.sections import STYLE, Side, about_html, sections
from smdi.publishing.jupyter_book import build
from smdi.report.exhibits import exhibit_number
from smdi.report.text.language import current_language, words
from smdi.workflow import chapters
from smdi.workflow.differences.consequences import Consequences
from smdi.workflow.differences.run import Shown
from smdi.workflow.execution import PAGE

_REFERENCE = re.compile(r"\{(doc|ref|num)\}`([^`<]*?)(?:<([^`>]*)>)?`")
_TITLE = re.compile(r"^# .*$", re.MULTILINE)


def write_site(found: Consequences, edition: Edition, made: Path, output: Path) -> None:
    """Write site and data of a comparison; `made` holds the executed chapter, if there is one."""
    pages: dict[str, bytes] = {}
    chapter = next(iter(found.new.titles), None) if (made / PAGE).is_file() else None
    toc: dict[str, object] = {"format": "jb-book", "root": "index"}
    if chapter:
        toc["chapters"] = [{"file": chapter}]
        pages |= _chapter(made, chapter, found)
    pages["_toc.yml"] = yaml.safe_dump(toc).encode()
    pages |= _consequences(found)
    build_site(edition, pages, found.files(), output)


def build_site(
    edition: Edition, pages: dict[str, bytes], data: dict[str, bytes], output: Path
) -> None:
    """Build pages in the look of an edition into `output`/site; `data` lies there and beside it."""
    source, work = output / "source", output / "sphinx"
    wanted = assembly.appearance(edition) | pages
    for name, content in data.items():
        wanted[f"{assembly.EXTRA}/data/{name}"] = content
        write_bytes(output / name, content)
    assembly.mirror(wanted, source)
    made_site = build(source, work, "html", output / "site.log", code=())
    shutil.copytree(made_site, output / "site", ignore=shutil.ignore_patterns(".buildinfo"))
    for leftover in (source, work, output / "site.log"):
        remove(leftover)


def _chapter(made: Path, name: str, found: Consequences) -> dict[str, bytes]:
    page = json.loads((made / PAGE).read_text("utf-8"))
    block = raw(f"<style>{STYLE.read_text('utf-8')}</style>{about_html(found.about)}")
    first = next(cell for cell in page["cells"] if cell["cell_type"] == "markdown")
    for cell in page["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = _self_contained("".join(cell["source"]), found)
    title = words().consequences.chapter(chapter=found.new.titles[name])
    first["source"] = _TITLE.sub(lambda _: f"# {title}\n\n{block}\n", first["source"], count=1)
    files = {f"{name}.ipynb": json.dumps(page, ensure_ascii=False).encode()}
    notebook = f"{name}.ipynb"
    files[f"{assembly.EXTRA}/notebooks/{notebook}"] = (made / notebook).read_bytes()
    files[f"{assembly.NUMBERS}/{name}.json"] = (made / "numbers.json").read_bytes()
    for path in sorted((made / assembly.EXHIBITS).iterdir()):
        folder = f"{assembly.EXTRA}/{assembly.EXHIBITS}"
        is_public = path.suffix in {*assembly.PUBLIC, ".csv"}
        files[f"{folder if is_public else assembly.EXHIBITS}/{path.name}"] = path.read_bytes()
    return files


def _self_contained(text: str, found: Consequences) -> str:
    """Say in words what the page refers to in chapters that are not beside it."""

    def words_of(match: re.Match[str]) -> str:
        kind, shown, target = match.groups()
        name = target or shown
        if kind == "num" and name not in found.new.records:
            return str(found.old.records.get(name, {}).get("text", name))
        if kind == "ref" and name not in found.new.exhibits:
            return shown if target else exhibit_number(name)
        if kind == "doc" and name not in found.new.titles:
            return shown if target else f"“{_title_of(name)}”"
        return match[0]

    return _REFERENCE.sub(words_of, text)


def _consequences(found: Consequences) -> dict[str, bytes]:
    files: dict[str, bytes] = {}

    def draw(shown: Shown, side: Side) -> str:
        assert shown.svg is not None
        picture = f"compared/{side}-{shown.svg.name}"
        files[f"{assembly.EXTRA}/{picture}"] = shown.svg.read_bytes()
        alt = escape(shown.content["alt"], quote=True)
        return f'<img src="{picture}" alt="{alt}" loading="lazy">'

    say = words().consequences
    titles = list(found.new.titles.values())
    title = titles[0] if len(titles) == 1 else say.whole
    lines = [f"# {say.title(chapter=title)}", raw(f"<style>{STYLE.read_text('utf-8')}</style>")]
    for section in sections(found, draw):
        lines += [f"## {section.heading}"] if section.heading else []
        lines.append(raw(section.html))
    lines += [f"## {say.files}", downloads(found.files())]
    files["index.md"] = ("\n\n".join(lines) + "\n").encode()
    return files


def _title_of(page: str) -> str:
    """Return the title of a page of the book."""
    language = current_language()
    notebook = chapters.Chapter(page, language).notebook
    path = notebook if notebook.is_file() else chapters.page_folder(language) / f"{page}.md"
    found = _TITLE.search(path.read_text("utf-8")) if path.is_file() else None
    return found[0].removeprefix("# ") if found else page


def contents_of_one() -> bytes:
    """Return the contents of a site of one page."""
    return yaml.safe_dump({"format": "jb-book", "root": "index"}).encode()


def downloads(names: Iterable[str]) -> str:
    """Return links to the data of a page."""
    links = "\n".join(f'<li><a href="data/{name}" download>{name}</a></li>' for name in names)
    return raw(f"<ul>{links}</ul>")


def raw(html: str) -> str:
    """Return HTML as a block of a page."""
    return f"``````{{raw}} html\n{html}\n``````"
