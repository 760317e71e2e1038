"""Chinese search: text is split into pairs of characters, in the index and in the query alike.

Sphinx finds Chinese words only with a segmenter that guesses where words end, and a query is never
split, so that most of it is not found. Pairs need no guess: 智能制造 is 智能, 能制, 制造, and a
page that has all of a query's pairs is a hit. Latin words and numbers are kept whole, in lower
case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage, js_index, languages
from sphinx.util.index_entries import split_index_msg

from smdi.files import write_text

_RUNS = re.compile(r"[一-鿿]+|[a-z0-9_]+")
# The same in the reader's browser.
_SPLIT_QUERY = """
function splitQuery(query) {
  const words = [];
  for (const run of query.toLowerCase().match(/[\\u4e00-\\u9fff]+|[a-z0-9_]+/g) || []) {
    if (!/[\\u4e00-\\u9fff]/.test(run) || run.length === 1) words.push(run);
    else for (let i = 0; i + 1 < run.length; i++) words.push(run.slice(i, i + 2));
  }
  return words;
}
"""


class BigramSearch(SearchLanguage):
    """Splits Chinese into overlapping pairs."""

    lang = "zh"
    language_name = "Chinese"
    js_splitter_code = _SPLIT_QUERY

    def split(self, input: str) -> list[str]:
        """Return the words of a text as the index keeps them."""
        words: list[str] = []
        for run in _RUNS.findall(input.lower()):
            if run.isascii() or len(run) == 1:
                words.append(run)
            else:
                words += [run[at : at + 2] for at in range(len(run) - 1)]
        return words

    def word_filter(self, word: str) -> bool:
        """Keep every word: there are no stop words among pairs."""
        return bool(word)


def _as_of_a_first_build(app: Sphinx, exception: Exception | None) -> None:
    """Write the index that a first build of the same pages would write.

    Sphinx takes changed pages out of the last index and leaves their words behind, and forgets the
    index entries of the pages that did not change.
    """
    path = Path(app.outdir, "searchindex.js")
    if exception is None and path.is_file():
        index = js_index.loads(path.read_text("utf-8"))
        for part in ("terms", "titleterms"):
            index[part] = {word: pages for word, pages in index[part].items() if pages != []}
        places = app.env.get_domain("index").data["entries"]
        index["indexentries"] = _index_entries(index["docnames"], places)
        write_text(path, js_index.dumps(index))


def _index_entries(
    pages: Sequence[str], by_page: Mapping[str, Sequence[tuple[Any, ...]]]
) -> dict[str, list[Any]]:
    """Return the places of each term of the index, as Sphinx's search expects them."""
    found: dict[str, list[Any]] = {}
    for number, page in enumerate(pages):
        terms = {
            (term, anchor or "", main)
            for kind, value, anchor, main, _ in by_page.get(page, ())
            for term in split_index_msg(kind, value)
        }
        for term, anchor, main in sorted(terms):
            found.setdefault(term.lower(), []).append([number, anchor, main == "main"])
    return found


def register(app: Sphinx) -> None:
    """Take the place of Sphinx's own Chinese search."""
    languages["zh"] = BigramSearch
    app.connect("build-finished", _as_of_a_first_build)
