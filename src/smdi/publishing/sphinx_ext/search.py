"""Chinese search: text is split into pairs of characters, in the index and in the query alike.

Sphinx finds Chinese words only with a segmenter that guesses where words end, and a query is never
split, so that most of it is not found. Pairs need no guess: 智能制造 is 智能, 能制, 制造, and a
page that has all of a query's pairs is a hit. Latin words and numbers are kept whole, in lower
case.
"""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.search import SearchLanguage, js_index, languages

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


def _drop_words_of_no_page(app: Sphinx, exception: Exception | None) -> None:
    """Drop words that only an earlier build had, so that the same pages have the same index.

    Sphinx takes changed pages out of the last index and leaves their words behind.
    """
    path = Path(app.outdir, "searchindex.js")
    if exception is None and path.is_file():
        index = js_index.loads(path.read_text("utf-8"))
        for part in ("terms", "titleterms"):
            index[part] = {word: pages for word, pages in index[part].items() if pages != []}
        write_text(path, js_index.dumps(index))


def register(app: Sphinx) -> None:
    """Take the place of Sphinx's own Chinese search."""
    languages["zh"] = BigramSearch
    app.connect("build-finished", _drop_words_of_no_page)
