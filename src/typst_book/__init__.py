"""A Sphinx builder that writes Typst and compiles it to a PDF."""
