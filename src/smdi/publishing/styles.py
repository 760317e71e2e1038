"""The palette as style sheets: custom properties for the site's CSS, definitions for Typst."""

from __future__ import annotations

from smdi.report.palette import Palette

CSS = "_static/palette.css"
# In the folder of `typst_template`, whose files take the place of the package's.
TYPST_TEMPLATE = "_typst"
TYPST = f"{TYPST_TEMPLATE}/colours.typ"


def stylesheets(palette: Palette) -> dict[str, bytes]:
    """Return the style sheets of a book by their names in its source."""
    return {CSS: css(palette).encode(), TYPST: typst(palette).encode()}


def css(palette: Palette) -> str:
    """Return the custom properties of the site; the theme's own have names with `pst`."""
    colours = palette.colours
    family = ", ".join(f'"{font}"' if " " in font else font for font in palette.fonts)
    properties = {
        "--pst-font-family-base": family,
        "--pst-font-family-heading": family,
        "--pst-color-primary": colours.accent,
        "--pst-color-link": colours.accent,
        "--pst-color-link-hover": colours.deep,
        "--book-rule": colours.rule,
        "--book-soft": colours.soft,
        "--book-muted": colours.muted,
        "--book-paper": colours.paper,
        "--book-warning": colours.warning,
    }
    lines = [f"  {name}: {value};" for name, value in properties.items()]
    # As exact a selector as the theme's own, which stands before.
    return "\n".join(['html[data-theme="light"] {', *lines, "}", ""])


def typst(palette: Palette) -> str:
    """Return the colours that the Typst template draws with."""
    colours = palette.colours
    named = {
        "accent": colours.deep,
        "accent-soft": colours.tint,
        "accent-bright": colours.accent,
        "ink": colours.ink,
        "muted": colours.muted,
        "hairline": colours.rule,
        "warning-colour": colours.warning,
        "warning-soft": colours.warning_tint,
    }
    return "".join(f'#let {name} = rgb("{value}")\n' for name, value in named.items())
