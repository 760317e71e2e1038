"""Whole numbers behind every printed share, before a firm is made."""
