"""Terms that the standards' files, the code and the printed report share: each has its home here.

Where a file lists the same terms (level_classes.csv, domains.csv), `consistency` holds it to them.
"""

from __future__ import annotations

from typing import Literal, get_args

ProcessType = Literal["discrete", "process"]
Business = Literal["design", "logistics", "sales", "service"]
LevelClass = Literal["le1", "2", "3", "ge4"]
Sector = Literal["equipment", "electronics", "materials", "consumer"]
SizeClass = Literal["large", "medium", "small", "micro"]

PROCESS_TYPES: tuple[ProcessType, ...] = get_args(ProcessType)
# The businesses a firm may lack: the domains that are then left out, and the practices not asked.
BUSINESSES: tuple[Business, ...] = get_args(Business)
# The published classes of level, rising: level 0 or 1, level 2, level 3, level 4 or 5.
LEVEL_CLASSES: tuple[LevelClass, ...] = get_args(LevelClass)
SECTORS: tuple[Sector, ...] = get_args(Sector)
# From the largest down.
SIZE_CLASSES: tuple[SizeClass, ...] = get_args(SizeClass)

NATION = "全国"
ALL_INDUSTRIES = "全行业"
# What is told together of regions and industries that a list does not have.
OTHER_PROVINCES, OTHER_CITIES, OTHER_INDUSTRIES = "其他省份", "其他城市", "其他行业"
