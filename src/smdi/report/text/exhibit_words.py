"""The parts of a language's file that stand in charts, maps, tables and notes; see zh.yaml."""

from __future__ import annotations

from smdi.report.text.texts import Strict, Text


class Exhibits(Strict):
    """The number of an exhibit, the note under it, and what values are called by their status."""

    statuses: dict[str, str]
    drawn: dict[str, str]
    alt: dict[str, str]

    figure: Text
    table: Text
    of_our_own: Text
    text: str
    source: Text
    platform: str
    simulated: dict[str, str]
    withheld: Text
    ranks_withheld: Text
    bases: Text
    base: Text
    range: Text


class Charts(Strict):
    """What stands in charts."""

    not_published: str
    no_value: str
    year: Text
    group_of_year: Text
    with_unit: Text
    of_groups: Text
    # What a line of a tooltip is about: by what an axis or a colour tells apart.
    of_measure: str
    of_group: str
    of_year: str
    level: str
    base: str
    base_firms: Text
    nature: str
    quantity: str
    mean_of_firms: str
    share: str
    share_of_firms: str
    share_or_mean: str
    mean_score: str
    series_value: Text
    # A line of a tooltip, which runs on to the next; and how keys lead through a chart.
    line: Text
    by_keys: str
    nothing_to_show: str
    all_withheld: str
    wrap_at: int
    break_after: str


class AltTexts(Strict):
    """What charts and maps show, for those who do not see them."""

    ranked: Text
    measures: Text
    compared: Text
    series_joint: str
    of_series: Text
    levels: Text
    many_groups: Text
    of_level: Text
    map: Text
    map_with_inset: Text
    map_without_rows: str
    map_all_withheld: str
    map_highest: Text
    map_lowest: Text
    map_withheld: Text
    without_value: Text
    ends: Text
    quantity: Text
    quantity_after_latin: Text
    with_unit: Text
    row: Text
    higher: Text


class Maps(Strict):
    """What stands on maps."""

    provinces: str
    cities: str
    cities_of: Text
    region: str
    no_data: str
    unlisted: str
    below: Text
    at_least: Text
    between: Text
    up_to: Text
    one_class: str
    kilometres: Text
    inset: str


class Tables(Strict):
    """Heads and alt texts of tables of indicators."""

    alt_ends: Text
    ranking_alt: Text
    classes_alt: Text
    change_alt: Text
    comparison_alt: Text
    rank: str
    province: str
    city: str
    firms: str
    class_code: str
    class_name: str
    industry: str
    level: str
    levels_together: dict[str, str]
    groups_together: Text
    year: Text
    difference: str
    indicator: str
    filter: str
    filtered: Text


class ProfileTables(Strict):
    """Tables of the pages of single provinces and industries."""

    difference: str
    unclear: str
    assessed: str
    beside_alt: Text
    city: str
    kind: str
    listed_alt: Text


class MethodTables(Strict):
    """Tables about the method."""

    discrete: str
    process: str
    level: str
    level_number: Text
    name: str
    bound: str
    levels_alt: str
    parent: str
    kind: str
    elements: str
    domains: str
    subdomains: str
    weights_alt: str
    counts_as: Text
    answer: str
    score: str
    met: str
    is_met: str
    is_not_met: str
    adds: str
    example_alt: str
    reading: str
    readings: dict[str, str]
    total: str
    readings_alt: str


class SimulationTables(Strict):
    """Tables about the simulation."""

    assumption: str
    assumed_value: str
    reason: str
    assumptions_alt: str
    assumed_keys: dict[str, str]
    assumed: dict[str, str]
    assumed_why: dict[str, str]
    none: str
    population: str
    firms: str
    panel_alt: str
    year_column: str
    year: Text
    all: str
    inferred_alt: str
    panel: dict[str, str]
    quantity: str
    simulated: str
    known: str
    source: str
    compared: dict[str, str]
    comparison_alt: str
    region: str
    participants: str
    origin: str
    is_printed: str
    is_assumed: str
    participants_alt: str


class PublishedTables(Strict):
    """Tables about the published report."""

    source: str
    statuses: dict[str, str]
    exhibit: str
    values: str
    all: str
    status_alt: Text
    place: str
    printed: str
    computed: str
    partner: str
    disputed_alt: Text
    rule: str
    found: str
    places: str
    treated: Text
    findings_alt: Text
    why: str
    rules_alt: Text
    bindings: dict[str, str]
    population: str
    year_column: str
    year: Text
    at_least: str
    at_most: str
    totals_alt: Text
    place_printed: Text
    more_places: Text
