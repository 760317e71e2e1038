"""The parts of a language's file that sentences are made of; what each text says is in zh.yaml."""

from __future__ import annotations

from smdi.report.text.texts import Comparison, Directions, Strict, Text, Unit


class LargerUnit(Strict):
    """A unit in which whole multiples of another are written: 40000 万元 as 4 亿元."""

    unit: str
    times: int


class Amounts(Strict):
    """How a number with its unit is written."""

    with_unit: Text
    closed_up: Text
    before_figure: str
    thousands_from: int | None
    units: dict[str, Unit]
    larger_units: dict[str, LargerUnit]


class Scopes(Strict):
    """What a scope and its firms are called."""

    both: Text
    joint: str
    firms: Text
    makers: str
    sector: Text
    titled: Text
    any: str
    peers: dict[str, str]
    not_covered: Text
    none: Text
    none_to_date: Text
    few: Text
    few_to_date: Text


class Numerals(Strict):
    """How a number is written in words."""

    words: tuple[str, ...]
    places: str
    counted: dict[int, str]
    with_counter: Text
    ordinals: tuple[str, ...]
    ordinal: Text


class Lists(Strict):
    """How names, clauses and sentences are joined."""

    joint: str
    last: str
    clause: str
    sentence: str
    stop: str
    after_stop: str
    each: Text
    years: Text


class Changes(Strict):
    """A change over time."""

    plain: Text
    since: Text
    same_since: Text
    about_same: str
    unclear: str
    since_unclear: Text
    some: Text
    rate: Directions
    share: Directions
    count: Directions
    of_each: Text
    of_each_part: Text


class Compare(Strict):
    """A value beside another."""

    higher: str
    lower: str
    same: str
    differs: Text
    level: Text
    unclear: str
    ahead: Text
    behind: Text
    ahead_of: Text
    behind_of: Text


class Shares(Strict):
    """A share in words."""

    all: str
    none: str
    half: str
    over_half: str
    nearly_half: str
    tenths: Text
    over: Text
    nearly: Text
    under_a_tenth: str


class Ranks(Strict):
    """Places, and who is first or last."""

    counter: str
    first: str
    last: str
    nth: Text
    holds: Text
    tied: Text
    all_tied: Text
    in_order: Text
    highest: Text
    lowest: Text
    ends: Text
    all_level: str
    all_items_level: str


class HowMany(Strict):
    """Of how many of several a claim holds."""

    noun: Text
    comparable: Text
    counter: str
    denial: Text
    one: Text
    all: Text
    none: Text
    but: Text
    some: Text


class Practices(Strict):
    """Practices, and the firms that are asked about them."""

    reads_as_two: tuple[str, ...]
    quoted: Text
    businesses: dict[str, str]
    rate_of_doing: Text
    rate_of_name: Text
    firms_rate: Text
    firms_rate_of_doing: Text
    firms: Text
    sector_firms: Text
    sector_firms_in: Text
    asked: str
    asked_in: Text
    asked_business: Text
    asked_business_in: Text
    counter: str
    all_of_them: Text
    base_of_all: Text
    base_of_some: Text
    predicates: dict[str, str]


class Rates(Strict):
    """Sentences on the rates of practices."""

    in_year: Text
    since_year: Text
    all_industries_here: str
    all_industries_alike: str
    rate_is: Text
    against: Text
    level_against: Text
    unclear_against: Text
    standing_of_one: Text
    key_rates: Text
    comparable_key_rates: Text
    standing_of_all: Text
    standing: Text
    standing_of_some: Text
    nation: str
    all_beside: Text
    some_beside: Text
    largest_gap: Text
    all_measures: Text
    measures: Text
    some_measures: Text
    farthest_above: Text
    farthest_below: Text
    moved_from: Text
    moved: Text
    not_moved: Text
    unclear_from: Text
    some_changed: Text
    all_changed: Text
    largest_change: Text
    headline: Text
    headline_told: Text
    headline_unclear: Text
    headline_mixed: Text
    headline_highest: Text
    headline_unknown: str
    rounding_note: str
    all_level: Text
    known_level: Text
    ends: Text
    known_ends: Text
    end: str
    base: Text
    base_of_all: Text
    firms_grew: Text
    firms_that_grew: str
    grew_faster: Comparison
    grew_more: Comparison
    shrank_more: Comparison
    moved_apart: Text
    users: Text
    users_of_name: Text
    rate_followed: Text
    rate_stayed: str
    grew_unclear: Text
    moved_unclear: Text
    rate_unclear: str
    withheld: Text
    missing: Text


class Sources(Strict):
    """Sentences on the sources of a change."""

    same_answers: str
    weights: Text
    wider_weights: Text
    same_firms: Text
    none_clear: Text
    not_clear: Text
    same_firms_varying: Text
    changed: Text
    both_level: Text
    only_all_level: Text
    only_same_level: Text
    opposite: Text
    agree: Text
    agree_alone: Text
    agree_in_direction: Text
    standardised: Text
    standardised_agrees: Text
    standardised_agrees_for: Text
    standardised_differs: Text
    standardised_unclear: Text
