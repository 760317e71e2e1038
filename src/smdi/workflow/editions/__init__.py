"""Editions as files: next year's written from last year's, and each held against its data."""
