"""What is read before a process is forked for a chapter or a page: its forks need not read it.

All is loaded by name: what a step does not import itself is no input of it. A file that is faulty
is passed over: the step that needs it says what is wrong with it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from smdi.edition import Edition
from smdi.errors import InputErrors
from smdi.files import wait_until_settled


def load(module: str) -> Any:
    """Load a module by its name."""
    return importlib.import_module(module)


def read_for_chapters() -> None:
    """Read words, standards and facts, which all chapters want and keep once they are read.

    What checks notebooks and charts is made at its first use: that is here too.
    """
    altair, nbformat, standards = map(load, ("altair", "nbformat", "smdi.standards"))
    load("smdi.report.text.language").words()
    standards.maturity_model()
    for table in (standards.regions, standards.divisions, standards.practices):
        table()
    load("smdi.assessments.scorer").Scorer()
    for facts in sorted(Path("data/published").glob("*.csv")):
        with suppress(InputErrors):
            load("smdi.published").read_facts(facts)
    nbformat.validate(nbformat.v4.new_notebook())
    altair.Chart(altair.Data(values=[])).mark_bar().encode(x="a:Q", y="b:N").to_dict()


def read_for_pages() -> None:
    """Load what Sphinx itself loads for each book, and parse the style sheets of its theme."""
    for name in load("sphinx.application").builtin_extensions:
        load(name)
    load("smdi.publishing.sphinx_ext.page.weight").parse_ahead()
    # The theme selects elements; the patterns that read its selectors are compiled at first use.
    load("bs4").BeautifulSoup("", "html.parser").select("li.current > a")


def compile_notebook(notebook: Path) -> None:
    """Parse a notebook and compile its templates, for all that run it: jobs of other scopes too."""
    text = load("smdi.report.text.notebook_text").read_text(notebook)
    load("smdi.report.text.prose").compile_ahead(text)


def read_words(edition: Edition) -> None:
    """Read an edition's words, standards, facts and borders."""
    standards = load("smdi.standards")
    standards.use_standards(*edition.method.source)
    load("smdi.report.text.language").use_language(edition.language)
    standards.maturity_model()
    with suppress(InputErrors):
        load("smdi.report.published_values").facts_of(edition)
    for name in ("provinces", "cities", "lines", "islands"):
        load("smdi.report.maps.boundaries").main_sheet(name)


def read_for_steps(edition: Edition) -> None:
    """Read what many a step of an edition wants that is there before any runs."""
    read_words(edition)
    if edition.base:
        read_firms(load("smdi.edition").read_edition(edition.base))


def read_for_scopes(edition: Edition) -> None:
    """Read what the builds of all editions want that narrow this one, which is up to date."""
    read_words(edition)
    read_firms(edition)
    # What the steps depend on is much the same, and a file is read again when it is touched.
    for step in load("smdi.workflow.pipeline").steps_of(edition).values():
        load("smdi.workflow.steps").inputs_of(step)


def read_firms(edition: Edition) -> None:
    """Read the firms of an edition, for chapters and for the gate."""
    scores = edition.work / load("smdi.workflow.chapters").SCORES
    wait_until_settled(scores)
    with suppress(Exception):  # the gate says what is wrong with it
        load("smdi.publishing.gate.firms").read_firms(scores).work_out()
    _read_population(edition)


@contextmanager
def shared(edition: Edition, names: Sequence[str]) -> Iterator[None]:
    """Have what several chapters, or profiles, of an edition would each read and make anew."""
    locations, engine = load("smdi.report.locations"), load("smdi.workflow.kernel.engine")
    are_profiles = any(name.startswith("profile:") for name in names)
    pattern = locations.pattern_of(edition) if are_profiles else "protection"
    cells = edition.work / locations.PRODUCTS[pattern]
    _read_population(edition)
    with TemporaryDirectory() as folder:
        engine.shell_of_process(folder)
        # The step before may have written it a moment ago: each fork would read it anew.
        wait_until_settled(cells)
        with suppress(InputErrors):
            load("smdi.disclosure.pattern").read_pattern(cells)
        yield


def _read_population(edition: Edition) -> None:
    firms = edition.work / load("smdi.report.locations").PRODUCTS["population"]
    wait_until_settled(firms)
    with suppress(InputErrors):
        population = load("smdi.indicators").Population.open(
            firms, edition.year, edition.baseline_year
        )
        for selection in (population.current, population.baseline, population.participants):
            selection.read_ahead()
