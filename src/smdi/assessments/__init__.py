"""Firm-level assessments: their schema, import, storage and scoring."""

from smdi.assessments.importing import ImportOptions, ImportSummary, import_assessments
from smdi.assessments.rules import ScoringRule
from smdi.assessments.schema import arrow_schema, columns, score_columns
from smdi.assessments.scorer import NOT_APPLICABLE, Scorer, Scores
from smdi.assessments.scoring import score_file, score_frame, score_table
from smdi.assessments.store import iter_batches, read_provenance, write_batches, write_table
from smdi.assessments.tailoring import pattern_codes
from smdi.assessments.validation import Summary, validate
from smdi.standards import BUSINESSES, PROCESS_TYPES

__all__ = [
    "BUSINESSES",
    "NOT_APPLICABLE",
    "PROCESS_TYPES",
    "ImportOptions",
    "ImportSummary",
    "Scorer",
    "Scores",
    "ScoringRule",
    "Summary",
    "arrow_schema",
    "columns",
    "import_assessments",
    "iter_batches",
    "pattern_codes",
    "read_provenance",
    "score_columns",
    "score_file",
    "score_frame",
    "score_table",
    "validate",
    "write_batches",
    "write_table",
]
