"""Sentences on the rates of practices, and on what lies behind their changes."""
