"""Editions, chapters, exhibits, sentences and the book made of them."""
