"""JSON Schemas of what editors and operators write: mappings, editions, rows of assessments."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from smdi.assessments.checks import FIRST_YEAR, LAST_YEAR
from smdi.assessments.mapping.model import ImportMapping
from smdi.assessments.schema import ITEM_PREFIX, columns
from smdi.edition import Edition
from smdi.standards import PROCESS_TYPES, maturity_model

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES = {
    pa.string(): {"type": "string"},
    pa.bool_(): {"type": "boolean"},
    pa.float64(): {"type": "number"},
    pa.int16(): {"type": "integer"},
    pa.int32(): {"type": "integer"},
    pa.uint8(): {"type": "integer"},
    pa.date32(): {"type": "string", "format": "date"},
}
_LIMITS: dict[str, dict[str, Any]] = {
    "credit_code": {"pattern": "^[0-9A-Z]{18}$"},
    "year": {"minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    "province": {"pattern": "^[1-9][0-9]{5}$"},
    "city": {"pattern": "^[1-9][0-9]{5}$"},
    "industry": {"pattern": "^[1-4][0-9]{3}$"},
    "process_type": {"enum": list(PROCESS_TYPES)},
    "employees": {"minimum": 0},
    "revenue": {"minimum": 0},
}


def mapping_schema() -> dict[str, Any]:
    """Return the JSON Schema of a mapping file."""
    return {"$schema": DIALECT, **ImportMapping.model_json_schema()}


def edition_schema() -> dict[str, Any]:
    """Return the JSON Schema of the file of an edition, whose name is its id."""
    schema = Edition.model_json_schema()
    for name in ("id", "base"):
        del schema["properties"][name]
    schema["required"].remove("id")
    return {"$schema": DIALECT, **schema}


def assessments_schema() -> dict[str, Any]:
    """Return the JSON Schema of one row of a file of assessments."""
    tenths = sorted(score.tenths for score in maturity_model().item_scores)
    properties: dict[str, Any] = {}
    for column in columns():
        kind: dict[str, Any] = {**_TYPES[column.type], **_LIMITS.get(column.name, {})}
        if column.name.startswith(ITEM_PREFIX):
            kind = {"enum": [*tenths, None]}
        elif column.nullable:
            kind["type"] = [kind["type"], "null"]
            if column.type == pa.float64():
                kind |= {"minimum": 0, "maximum": 100}
        properties[column.name] = {"description": column.meaning, **kind}
    return {
        "$schema": DIALECT,
        "title": "One assessment: a firm in a year",
        "type": "object",
        "properties": properties,
        "required": [column.name for column in columns()],
        "additionalProperties": False,
    }
