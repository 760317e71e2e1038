"""Sentences: templates of the prose, and the words that the data choose for them."""
