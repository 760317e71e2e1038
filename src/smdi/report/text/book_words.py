"""The part of a language's file that stands around the chapters, on the site and in the PDF."""

from __future__ import annotations

from smdi.report.text.texts import Strict, Text


class Labels(Strict):
    """What the cover and the imprint call the facts of an edition."""

    title: str
    edition: str
    scope: str
    publisher: str
    until: str
    nature: str
    inputs: str
    site: str
    licence: str
    maps: str
    fonts: str


class Book(Strict):
    """Words of cover, imprint and pages; `sphinx` is Sphinx's name of the language."""

    sphinx: str
    subtitle: str
    summary: str
    keywords: list[str]
    labels: Labels
    year: Text
    edition: Text
    nation: str
    date: Text
    date_in_text: Text
    mark: str
    mark_derived: str
    mark_in_text: Text
    mark_title: str
    mark_derived_title: str
    cover_mark: str
    simulated: str
    imported: str
    simulated_note: str
    imported_note: str
    licence: str
    maps: str
    fonts: str
    download: str
    permalink: str
    unfold: str
    heading: Text

    @property
    def marks(self) -> dict[str, str]:
        """Return the mark of each status of a value that has one."""
        return {"simulated": self.mark, "derived": self.mark_derived}


class Package(Strict):
    """Words of the data that readers take away, and of what stands under an exhibit."""

    columns: dict[str, str]
    meanings: dict[str, str]
    made_of: dict[str, Text]
    notes: str
    label_exhibit: str
    label_note: str
    label_title: str
    label_edition: str
    label_dated: str
    label_fingerprint: str
    label_permalink: str
    label_citation: str
    label_licence: str
    label_statuses: str
    statuses_note: str
    data_licence: str
    description: str
    reference: Text
    reference_of: Text
    panel_data: str
    panel_picture: str
    panel_cite: str
    panel_made: str
    table_view: str
    whole_package: str
    passport: dict[str, str]
    formulas: dict[str, str]
    clause_level: str
    clause_domain: str
    clause_other: str
    cell: Text
    rows_count: Text
    base_none: str
    data_at: str


class Profiles(Strict):
    """Words of the pages that list profiles, and of what stands under a profile."""

    areas: dict[str, str]
    other: str
    region: str
    heads: list[str]
    data: str


class AboutRun(Strict):
    """What stands on top of a page that compares two runs."""

    edition: str
    scope: str
    parameters: str
    release: str
    data: str
    code: str
    nature: str
    unchanged: str


class Sensitivity(Strict):
    """Words of the page on the readings of the standard."""

    title: str
    about: Text
    shares: str
    shares_note: str
    firms: str
    provinces: str
    industries: str
    base: Text
    reading: str
    higher: str
    lower: str
    groups: str
    moved: str
    farthest: str
    correlation: str
    group: str


class Home(Strict):
    """Words of the site's first page."""

    status: Text
    known: Text
    value: Text
    legend: Text
    hatched: str
    hint: str
    hint_search: str
    map: str
    report: str
    data: str
    method: str
    edition: str
    dated: str
    fingerprint: str
    publisher: str
    contact: str
    cite: str


class Landing(Strict):
    """Words of the page before the editions of many scopes, some by the dimension of these."""

    titled: dict[str, Text]
    lead: dict[str, str]
    simulated: str
    search: str
    found: str
    map: str
    list: str


class Editions(Strict):
    """Words of the page that compares two editions."""

    title: Text
    rule: Text
    counts: Text
    restated: str
    moved: str
    open: str
    within_noise: str
    new: str
    gone: str
    of_year: Text


class Consequences(Strict):
    """Words of the pages that compare a run with a published one, or an edition with another."""

    title: Text
    chapter: Text
    whole: str
    about: AboutRun
    cautions: dict[str, str]
    summary: str
    values: str
    sentences: str
    ranks: str
    exhibits: str
    nothing: str
    counts: Text
    claims: str
    largest: str
    name: str
    old: str
    new: str
    difference: str
    group: str
    year: str
    measure: str
    exhibit: str
    place: Text
    moved_up: Text
    moved_down: Text
    unmoved: str
    only_old: str
    only_new: str
    more: Text
    files: str
    absent: str
    no_change: str
    error: str
    editions: Editions
