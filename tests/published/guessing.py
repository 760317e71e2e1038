"""Facts written short: measure group printed unit (year), for tests of what is guessed of them."""

from __future__ import annotations


def rows(measure: str, unit: str, **numbers: object) -> list[str]:
    return [f"{measure} {group} {printed} {unit}" for group, printed in numbers.items()]
