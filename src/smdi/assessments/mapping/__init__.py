"""How an export is laid out: the mapping file, its model, the proposal of one, the template."""

from smdi.assessments.mapping.files import read_mapping
from smdi.assessments.mapping.model import ImportMapping
from smdi.assessments.mapping.template import template_mapping

__all__ = ["ImportMapping", "read_mapping", "template_mapping"]
