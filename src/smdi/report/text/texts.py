"""The kinds of texts that a language's file has.

A `Text` is a template, called with the values of its fields; a `str` is printed as it stands.
"""

from __future__ import annotations

import string

from pydantic import BaseModel, ConfigDict, RootModel, model_validator


class Strict(BaseModel):
    """A part of the file: every key of it, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Forms(Strict):
    """A text that depends on a number; `two` where a language has a word for both."""

    one: str
    many: str
    two: str | None = None


class Text(RootModel[str | Forms]):
    """A template with `{fields}`."""

    model_config = ConfigDict(frozen=True)

    def __call__(self, number: float = 0, /, **fields: object) -> str:
        """Fill the template in; `number` chooses the form, when there are several."""
        return self._form(number).format(**fields)

    @model_validator(mode="after")
    def _can_be_filled_in(self) -> Text:
        self.fields()
        return self

    def fields(self) -> set[str]:
        """Return the names of the fields in any of its forms."""
        parsed = (part for form in self.templates() for part in string.Formatter().parse(form))
        return {name for _, name, _, _ in parsed if name}

    def templates(self) -> tuple[str, ...]:
        """Return every form of the template."""
        if isinstance(self.root, str):
            return (self.root,)
        return tuple(form for form in (self.root.one, self.root.two, self.root.many) if form)

    def _form(self, number: float) -> str:
        if isinstance(self.root, str):
            return self.root
        if number == 1:
            return self.root.one
        return self.root.two if number == 2 and self.root.two is not None else self.root.many


class Unit(Strict):
    """A unit after the number one, after other numbers, and in the head of a table or an axis."""

    one: str
    many: str
    head: str


class Directions(Strict):
    """The words of a measure for an increase, a decrease and no change."""

    up: str
    down: str
    same: str


class Comparison(Strict):
    """The words for a higher, a lower and an equal value."""

    higher: str
    lower: str
    same: str


class States(Strict):
    """A text for each state in which a value cannot be said."""

    withheld: str
    missing: str
    inapplicable: str
    single: str
