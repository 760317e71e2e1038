"""The standards as data: maturity model, industries, regions, size classes, practices.

Read from data/standards, whose README says what each file means and which may be replaced; checked
as a whole on first use, so that no caller ever sees a faulty standard.
"""

from smdi.standards.lookups import (
    cities,
    classes,
    divisions,
    level_class,
    level_classes,
    national_level_shares,
    practices,
    provinces,
    regions,
    sectors,
    size_class,
    size_classes,
)
from smdi.standards.model import (
    ItemScore,
    Level,
    MaturityModel,
    Node,
    Weights,
    maturity_model,
)
from smdi.standards.tables import PROCESS_TYPES, repository_root

__all__ = [
    "PROCESS_TYPES",
    "ItemScore",
    "Level",
    "MaturityModel",
    "Node",
    "Weights",
    "cities",
    "classes",
    "divisions",
    "level_class",
    "level_classes",
    "maturity_model",
    "national_level_shares",
    "practices",
    "provinces",
    "regions",
    "repository_root",
    "sectors",
    "size_class",
    "size_classes",
]
