"""Bringing an editor's export into the schema of assessments, or saying all that is wrong."""

from smdi.assessments.importing.importer import ImportOptions, import_assessments
from smdi.assessments.importing.summary import ImportSummary

__all__ = ["ImportOptions", "ImportSummary", "import_assessments"]
