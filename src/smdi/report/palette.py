"""Colours and fonts of the report, from `data/theme.yaml`: one home for site, charts and PDF."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from smdi.errors import InputErrors, Problem
from smdi.files import in_project, read_yaml

FILE = Path("data/theme.yaml")
Colour = Annotated[str, Field(pattern="^#[0-9a-f]{6}$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SiteColours(_Strict):
    """The colours of the site, and of words and lines in its charts: those that a theme changes."""

    accent: Colour
    deep: Colour
    ink: Colour
    muted: Colour
    rule: Colour
    grid: Colour
    track: Colour
    soft: Colour
    paper: Colour
    warning: Colour


class Colours(SiteColours):
    """The colours by their meaning; the file says what each is for."""

    tint: Colour
    warning_tint: Colour
    neutral: Colour
    pair: tuple[Colour, Colour]
    before_and_now: tuple[Colour, Colour]
    levels: tuple[Colour, Colour, Colour, Colour]
    map_classes: tuple[Colour, Colour, Colour, Colour, Colour, Colour]
    map_no_data: Colour
    map_unlisted: Colour
    map_withheld: Colour
    map_hatch: Colour
    map_dot: Colour
    map_border: Colour


class Palette(_Strict):
    """Fonts in the order in which a reader's machine tries them, the charts' width, colours."""

    fonts: tuple[str, ...] = Field(min_length=1)
    chart_width: int = Field(ge=320)
    colours: Colours
    dark: SiteColours

    @property
    def font_family(self) -> str:
        """Return the fonts as charts name them, the first to be tried first."""
        return ", ".join(self.fonts)


@cache
def read_palette(path: Path | None = None) -> Palette:
    """Read the palette (default: the project's); InputErrors lists every fault of the file."""
    path = path or in_project(FILE)
    try:
        return Palette.model_validate(read_yaml(path))
    except ValidationError as errors:
        raise InputErrors(
            Problem(str(path), None, _key(error["loc"]), error["input"], error["msg"])
            for error in errors.errors()
        ) from errors


def kept(colour: str) -> str:
    """Return a colour as drawings write those that a dark page leaves as they are.

    Its style sheet turns the colours that are written small.
    """
    return colour.upper()


def _key(place: tuple[int | str, ...]) -> str | None:
    return ".".join(map(str, place)) or None
