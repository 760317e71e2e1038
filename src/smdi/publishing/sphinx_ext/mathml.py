r"""Formulas as MathML, which browsers draw themselves: no script, no font, no request.

`math_macros` in `_config.yml` (name -> LaTeX without arguments) is spelt out when a page is read,
so that every builder sees ordinary LaTeX. What the converter does not know, or would print as text,
is a warning with page and line, and so fails the build.
"""

from __future__ import annotations

import re
from html import escape

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from sphinx.writers.html5 import HTML5Translator

NAME = "mathml"
MACROS = "math_macros"
_log = logging.getLogger(__name__)
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
_TEXT = re.compile(r"(\\(?:text|textrm|mbox)\s*)\{((?:[^{}\\]|\\.)*)\}")
# Forms that the converter misreads, and what it reads right.
_FORMS = (
    (re.compile(r"\\(begin|end)\{(?:aligned|align\*?)\}"), r"\\\1{split}"),
    (re.compile(r"\\begin\{gather(?:ed|\*)?\}"), r"\\begin{array}{c}"),
    (re.compile(r"\\end\{gather(?:ed|\*)?\}"), r"\\end{array}"),
    (re.compile(r"\\(?:begin|end)\{equation\*?\}"), ""),
    (re.compile(r"\\(arg|hom|deg|ker)(?![A-Za-z])"), r"\\operatorname{\1}"),
    (
        re.compile(r"\\(max|min|sup|inf|lim|limsup|liminf|det|gcd|Pr)(?![A-Za-z])(?=\s*_)"),
        r"\\\1\\limits",
    ),
    (re.compile(r"\\sim(?![A-Za-z])"), "∼"),
    (re.compile(r"\\cdot(?![A-Za-z])"), "⋅"),
    (re.compile(r"\\operatorname\*\s*(\{[^{}]*\})"), r"\\operatorname\1\\limits"),
)
_OPERATOR = re.compile(r"\\operatorname\s*\{([^{}]*)\}")
_LEFT_OVER = re.compile(r"<m[io]>(\\[A-Za-z]+|&)</m[io]>")


def to_mathml(latex: str, display: str = "inline") -> str:
    r"""Return the MathML of a formula without its tag; ValueError names what cannot be set."""
    for pattern, form in _FORMS:
        latex = pattern.sub(form, latex)
    latex = _OPERATOR.sub(
        lambda found: r"\operatorname{" + re.sub(r"\\[,;:! ]", "\u2009", found[1]) + "}", latex
    )
    latex = _TEXT.sub(_plain_text, latex)
    try:
        made = convert(latex.strip(), display=display)
    except Exception as error:
        # The converter's errors have no base of their own, and their names say it all.
        raise ValueError(re.sub(r"Error$", "", type(error).__name__)) from error
    found = _LEFT_OVER.findall(made)
    if found:
        raise ValueError(f"{', '.join(sorted(set(found)))} is not known")
    return made


def _plain_text(found: re.Match[str]) -> str:
    """Return a text without LaTeX's escapes and with those of HTML, which the converter omits."""
    text = re.sub(r"\\([&%_#$])", r"\1", found[2])
    return f"{found[1]}{{{escape(text, quote=False)}}}"


class SpellMacrosOut(SphinxTransform):
    """Replace the names of `math_macros` in every formula by what they stand for."""

    default_priority = 400

    def apply(self, **kwargs: object) -> None:
        """Change the formulas of the page in place."""
        macros: dict[str, str] = self.config[MACROS]
        if not macros:
            return
        pattern = re.compile(rf"\\({'|'.join(map(re.escape, macros))})(?![A-Za-z])")
        for node in list(self.document.findall(nodes.Text)):
            if isinstance(node.parent, nodes.math | nodes.math_block):
                text = pattern.sub(lambda found: macros[found[1]], node.astext())
                node.parent.replace(node, nodes.Text(text))


def _inline(writer: HTML5Translator, node: nodes.math) -> None:
    writer.body.append(_made(node, node.astext(), "inline"))
    raise nodes.SkipNode


def _block(writer: HTML5Translator, node: nodes.math_block) -> None:
    latex = node.astext()
    tag = _TAG.search(latex)
    writer.body.append(writer.starttag(node, "div", CLASS="math"))
    number = get_node_equation_number(writer, node) if node["number"] else tag and tag[1]
    if number:
        writer.body.append(f'<span class="eqno">({writer.encode(number)})</span>')
    writer.body.append(_made(node, _TAG.sub("", latex), "block"))
    writer.body.append("</div>\n")
    raise nodes.SkipNode


def _made(node: nodes.Element, latex: str, display: str) -> str:
    try:
        return to_mathml(latex, display)
    except ValueError as error:
        _log.warning("formula %r: %s", latex[:60], error, location=node, type="math")
        return ""


def register(app: Sphinx) -> None:
    """Offer the renderer; `html_math_renderer: mathml` takes it."""
    app.add_config_value(MACROS, {}, "env", types=[dict])
    app.add_transform(SpellMacrosOut)
    app.add_html_math_renderer(NAME, (_inline, None), (_block, None))
