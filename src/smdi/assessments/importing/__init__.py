"""Bringing an editor's export into the schema of assessments, or saying all that is wrong."""

from smdi.assessments.importing.importer import Doubtful, Faulty, import_assessments
from smdi.assessments.importing.job import ImportOptions
from smdi.assessments.importing.summary import ImportSummary

__all__ = ["Doubtful", "Faulty", "ImportOptions", "ImportSummary", "import_assessments"]
