"""Firm-level assessments: their schema, import, storage and scoring."""
