"""Profiles: pages of one province or one industry each, all made by one notebook."""
