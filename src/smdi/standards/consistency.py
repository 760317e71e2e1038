"""What the standards must say together, file with file and row with row.

Each rule takes all the standards and yields the faults it finds; `check` runs every rule, so that
an editor who replaced a file sees all that is wrong with it at once. A rule relies on no other rule
having passed; it is left out when a file it needs could not be read, which is told already.
"""

from __future__ import annotations

from collections.abc import Iterator

from smdi.errors import Problem
from smdi.standards import code_list_rules, model_rules
from smdi.standards.reading import Standards


def check(standards: Standards) -> Iterator[Problem]:
    """Yield every fault of the standards taken together; unreadable tables are not in it."""
    for rule, needed in (*model_rules.RULES, *code_list_rules.RULES):
        if all(model in standards for model in needed):
            yield from rule(standards)
