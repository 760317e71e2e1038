"""What a cell of an export says: texts, numbers, dates, regions, industries and credit codes.

Each reader is a function of one text; `CellError` tells what was expected and what comes nearest.
"""

from smdi.assessments.values.texts import CellError, plain, squeezed

__all__ = ["CellError", "plain", "squeezed"]
