"""The palette as style sheets: custom properties for the site's CSS, definitions for Typst."""

from __future__ import annotations

from smdi.report.palette import Palette, SiteColours

CSS = "_static/palette.css"
# In the folder of `typst_template`, whose files take the place of the package's.
TYPST_TEMPLATE = "_typst"
TYPST = f"{TYPST_TEMPLATE}/colours.typ"


def stylesheets(palette: Palette) -> dict[str, bytes]:
    """Return the style sheets of a book by their names in its source."""
    return {CSS: css(palette).encode(), TYPST: typst(palette).encode()}


def css(palette: Palette) -> str:
    """Return the custom properties of the site; the theme's own have names with `pst`.

    `--book-swap` lists the colours of words and lines in charts, each with that of the dark theme.
    """
    family = ", ".join(f'"{font}"' if " " in font else font for font in palette.fonts)
    fonts = {"--pst-font-family-base": family, "--pst-font-family-heading": family}
    light = _rule(fonts | _properties(palette.colours))
    swap = " ".join(f"{getattr(palette.colours, name)} {colour}" for name, colour in palette.dark)
    own = {
        "--book-swap": f'"{swap}"',
        "--book-drawn-on": palette.colours.paper,
        "color-scheme": "dark",
    }
    dark = _rule(fonts | _properties(palette.dark) | own)
    # As exact a selector as the theme's own, which stands before.
    return (
        f'html[data-theme="light"], html[data-theme="auto"] {light}\n'
        f'@media screen {{\nhtml[data-theme="dark"] {dark}}}\n'
        f'@media screen and (prefers-color-scheme: dark) {{\nhtml[data-theme="auto"] {dark}}}\n'
        f'@media print {{\nhtml[data-theme="dark"] {light}}}\n'
    )


def _properties(colours: SiteColours) -> dict[str, str]:
    return {
        "--pst-color-primary": colours.accent,
        "--pst-color-link": colours.accent,
        "--pst-color-link-hover": colours.deep,
        "--pst-color-text-base": colours.ink,
        "--pst-color-text-muted": colours.muted,
        "--pst-color-background": colours.paper,
        "--pst-color-on-background": colours.paper,
        "--pst-color-surface": colours.soft,
        "--pst-color-border": colours.rule,
        "--book-rule": colours.rule,
        "--book-soft": colours.soft,
        "--book-muted": colours.muted,
        "--book-paper": colours.paper,
        "--book-warning": colours.warning,
    }


def _rule(properties: dict[str, str]) -> str:
    lines = [f"  {name}: {value};" for name, value in properties.items()]
    return "\n".join(["{", *lines, "}", ""])


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
