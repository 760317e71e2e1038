"""The one kind of failure of the builder, shown by Sphinx as a message and no traceback."""

from sphinx.errors import SphinxError


class TypstBookError(SphinxError):
    """The book cannot be made as written; the message names page and cause."""

    category = "Typst book"
