"""Editions of many scopes as one site: a job an edition, and a landing page before them."""
