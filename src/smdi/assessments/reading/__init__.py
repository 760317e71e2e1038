"""Any export as one table of text: what kind a file is, its sheets, its header, its rows.

`open_source` stacks the sheets of all files that hold the wanted headings and gives their rows in
batches; everything else about files stays in this folder.
"""

from smdi.assessments.reading.sheets import Place, Sheet
from smdi.assessments.reading.source import Source, open_source

__all__ = ["Place", "Sheet", "Source", "open_source"]
