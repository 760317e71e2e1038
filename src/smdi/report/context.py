"""What every template of a chapter may quote: the years, and what the scope is called."""

from __future__ import annotations

from typing import Any

from smdi.edition import Edition
from smdi.indicators import Population
from smdi.indicators.precision.noise import FEWEST
from smdi.indicators.standing import peers_dimension
from smdi.published.judgements import read_judgements
from smdi.report.text.language import (
    kind_name,
    kind_of_firms,
    name_of,
    scope_attribute,
    scope_name,
    words,
)
from smdi.report.values import amount
from smdi.standards import NATION


def common_names(edition: Edition, firms: Population | None) -> dict[str, Any]:
    """Return the names that templates quote whatever the chapter registers.

    year, baseline, first_year, edition; of a chapter about firms also
    firms          the population
    judged         the published report's judgements of the nation by name, '' for a scope
    scope          what stands before 企业: 全国, 江苏省, 江苏省汽车制造业, 大型
    scope_title    what the scope is called by itself: 全国, 江苏省汽车制造业, 大型企业
    region         the province or city, '' for the nation; `where` has 全国 in its place
    of_scope       as `scope`, '' for the nation
    alike          the size and type of a scope: 大型, '' for all
    kind           the same without the region, '' for all manufacturing
    kind_of_firms  制造企业, 汽车制造业企业, 大型企业; `firms_word` has 企业 for all manufacturing
    peer_noun      what the scope has its place among: 省级行政区, 行业大类; '' for no peers
    fewest         the fewest firms that a difference, or a place by a share, rests on: 30 家
    too_few        why nothing can be said of the firms assessed this year, '' where it can;
                   `too_few_ever` the same of the participants to date
    """
    names: dict[str, Any] = {"year": edition.year, "baseline": edition.baseline_year}
    names |= {"fewest": amount(FEWEST, "家")}
    names |= {"edition": edition, "first_year": edition.first_year}
    if firms is not None:
        scope = firms.scope.given
        as_printed = edition.shows_as_printed and firms.is_whole
        minimum = 0 if as_printed else edition.disclosure.minimum
        published = edition.published if firms.is_whole else None
        names |= {"judged": read_judgements(published)}
        names |= {"scope": scope_attribute(scope), "scope_title": scope_name(scope)}
        names |= {"region": name_of(firms.region), "where": name_of(firms.region or NATION)}
        names |= {"of_scope": "" if firms.is_whole else scope_attribute(scope), "firms": firms}
        names |= {"alike": kind_name(firms.scope.without("sector", "industry").given)}
        names |= {"kind": kind_name(scope), "kind_of_firms": kind_of_firms(scope)}
        names |= {"firms_word": kind_of_firms(scope) if kind_name(scope) else words().scopes.any}
        names |= {"peer_noun": words().scopes.peers.get(peers_dimension(firms), "")}
        names |= {"too_few": _too_few(firms, len(firms.current), minimum)}
        names |= {"too_few_ever": _too_few(firms, len(firms.participants), minimum, to_date=True)}
    return names


def _too_few(firms: Population, number: int, minimum: int, to_date: bool = False) -> str:
    """Say why firms are too few to speak of; '' when they are not."""
    say = words().scopes
    scope = firms.scope.given
    given: dict[str, object] = {
        "where": name_of(firms.region or NATION),
        "kind": kind_of_firms(scope),
    }
    given |= {"year": firms.year, "minimum": minimum}
    if not firms.is_covered:
        return say.not_covered(**given)
    if number == 0:
        return (say.none_to_date if to_date else say.none)(**given)
    if number < minimum:
        return (say.few_to_date if to_date else say.few)(**given)
    return ""
