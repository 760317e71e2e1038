"""The numbers printed in a published edition, and the audit of them."""

from smdi.published.facts import bounds, decimals, fact_id, half_unit, read_facts

__all__ = ["bounds", "decimals", "fact_id", "half_unit", "read_facts"]
