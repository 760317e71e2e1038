"""The standards as data: maturity model, industries, regions, size classes, practices.

Read from data/standards, whose README says what each file means and which may be replaced; checked
as a whole on first use, so that no caller ever sees a faulty standard.
"""

from smdi.standards.loading import use_standards
from smdi.standards.lookups import (
    cities,
    classes,
    divisions,
    level_class,
    level_classes,
    level_classes_in,
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
from smdi.standards.terms import (
    ALL_INDUSTRIES,
    BUSINESSES,
    LEVEL_CLASSES,
    NATION,
    PROCESS_TYPES,
    SECTORS,
    SIZE_CLASSES,
    Business,
    LevelClass,
    ProcessType,
    Sector,
    SizeClass,
)

__all__ = [
    "ALL_INDUSTRIES",
    "BUSINESSES",
    "LEVEL_CLASSES",
    "NATION",
    "PROCESS_TYPES",
    "SECTORS",
    "SIZE_CLASSES",
    "Business",
    "ItemScore",
    "Level",
    "LevelClass",
    "MaturityModel",
    "Node",
    "ProcessType",
    "Sector",
    "SizeClass",
    "Weights",
    "cities",
    "classes",
    "divisions",
    "level_class",
    "level_classes",
    "level_classes_in",
    "maturity_model",
    "national_level_shares",
    "practices",
    "provinces",
    "regions",
    "sectors",
    "size_class",
    "size_classes",
    "use_standards",
]
