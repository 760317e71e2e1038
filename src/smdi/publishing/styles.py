"""The palette as style sheets: custom properties for the site's CSS, definitions for Typst."""

from __future__ import annotations

from smdi.report.palette import Colours, Palette, SiteColours

CSS = "_static/palette.css"
# The font that `sphinx_ext.page.fallback_font` makes; Chinese letters and signs alone ask for it.
FALLBACK = """@font-face {
  font-family: "Report Fallback";
  src: url("fallback.woff") format("woff");
  font-display: swap;
  unicode-range: U+2E80-9FFF, U+F900-FAFF, U+FE30-FE4F, U+FF00-FFEF;
}
"""
# The sign of the report in tabs and bookmarks; Sphinx is told of it in `_config.yml`.
FAVICON = "_static/favicon.svg"
# In the folder of `typst_template`, whose files take the place of the package's.
TYPST_TEMPLATE = "_typst"
TYPST = f"{TYPST_TEMPLATE}/colours.typ"


def stylesheets(palette: Palette) -> dict[str, bytes]:
    """Return the style sheets of a book by their names in its source."""
    return {
        CSS: css(palette).encode(),
        TYPST: typst(palette).encode(),
        FAVICON: favicon(palette.colours).encode(),
    }


def favicon(colours: Colours) -> str:
    """Return the four levels as rising bars, on the colour of the cover."""
    bars = "".join(
        f'<rect x="{5 + 6 * at}" y="{22 - 5 * at}" width="4" height="{5 + 5 * at}"/>'
        for at in range(len(colours.levels))
    )
    ground = f'<rect width="32" height="32" rx="6" fill="{colours.deep}"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'{ground}<g fill="{colours.paper}">{bars}</g></svg>\n'
    )


def css(palette: Palette) -> str:
    """Return the custom properties of the site; the theme's own have names with `pst`.

    On a dark page the words and lines of charts have the colours of the dark theme.
    """
    family = ", ".join(f'"{font}"' if " " in font else font for font in palette.fonts)
    fonts = {"--pst-font-family-base": family, "--pst-font-family-heading": family}
    light = _rule(fonts | _properties(palette.colours))
    dark = _rule(fonts | _properties(palette.dark) | {"color-scheme": "dark"})
    # As exact a selector as the theme's own, which stands before.
    return (
        f'html[data-theme="light"], html[data-theme="auto"] {light}\n'
        f'@media screen {{\nhtml[data-theme="dark"] {dark}{_turned(palette, "dark")}}}\n'
        f"@media screen and (prefers-color-scheme: dark) {{\n"
        f'html[data-theme="auto"] {dark}{_turned(palette, "auto")}}}\n'
        f'@media print {{\nhtml[data-theme="dark"] {light}}}\n'
        f"{_map_classes(palette.colours)}"
        f"{FALLBACK}"
    )


def _turned(palette: Palette, theme: str) -> str:
    """Return the colours of words and lines in charts on a dark page, by those that are drawn."""
    drawing = f'html[data-theme="{theme}"] .exhibit-drawing'
    return "".join(
        f'{drawing} [{part}="{getattr(palette.colours, name)}"] {{ {part}: {colour}; }}\n'
        for name, colour in palette.dark
        for part in ("fill", "stroke")
    )


def _map_classes(colours: Colours) -> str:
    """Return the looks of regions on a map that leads, the same in both themes."""
    looks = {f"c{at}": colour for at, colour in enumerate(colours.map_classes)}
    looks["withheld"] = colours.map_withheld
    own = {"--map-none": colours.map_no_data, "--map-hatch": colours.map_hatch}
    rules = [f".leading-map-box {_rule(own)}"]
    for look, colour in looks.items():
        said = _rule({"--map-colour": colour, "fill": colour})
        rules.append(f".leading-map-box .{look} {said}")
    return "".join(rules)


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
