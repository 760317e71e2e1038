#!/usr/bin/env python
"""Write the JSON Schemas of mappings, editions and rows of assessments to data/schemas."""

from __future__ import annotations

from smdi.assessments.mapping.schemas import assessments_schema, edition_schema, mapping_schema
from smdi.files import in_project, json_bytes, write_bytes

FOLDER = "data/schemas"
SCHEMAS = {
    "import-mapping.schema.json": mapping_schema,
    "assessments.schema.json": assessments_schema,
    "edition.schema.json": edition_schema,
}


def main() -> None:
    """Write every schema."""
    for name, schema in SCHEMAS.items():
        path = in_project(f"{FOLDER}/{name}")
        write_bytes(path, json_bytes(schema()))
        print(path)


if __name__ == "__main__":
    main()
