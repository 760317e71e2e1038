r"""Formulas: LaTeX to Typst.

`tylax` converts structure (fractions, scripts, matrices). What it does not know it drops or prints
wrong without a word, so each macro must be known here. Signs (`\alpha`, `\le`, `\langle`) never
reach it: they become the characters of the Unicode table that `latex2mathml` ships.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import tylax
from latex2mathml.symbols_parser import convert_symbol

from typst_book import markup

_STRUCTURE = r"""
    frac dfrac tfrac binom sqrt mathrm mathbf mathbb mathcal mathit mathsf mathtt mathfrak
    boldsymbol bm mathop left right bar overline underline hat widehat tilde widetilde
    vec dot ddot underbrace overbrace overset underset stackrel limits begin end displaystyle
    quad qquad xrightarrow bmod pmod
    max min lim limsup liminf log ln exp sin cos tan cot sec csc arcsin arccos arctan sinh cosh
    tanh sup inf det dim gcd arg deg hom ker Pr
"""
STRUCTURE = frozenset(_STRUCTURE.split())
ENVIRONMENTS = frozenset(
    [
        "aligned",
        "cases",
        "matrix",
        "pmatrix",
        "bmatrix",
        "Bmatrix",
        "vmatrix",
        "Vmatrix",
        "array",
        "gathered",
    ]
)
# Environments that stand for a whole display are set as what they hold.
_RENAMED = {
    "align": "aligned",
    "split": "aligned",
    "gather": "gathered",
    "equation": "",
    "displaymath": "",
}
_INSTEAD = {
    "choose": r"\binom{n}{k}",
    "over": r"\frac{a}{b}",
    "eqnarray": "aligned",
    "tabular": "a table",
    "textbf": r"\mathbf",
    "textit": r"\mathit",
    "mathscr": r"\mathcal",
    "hline": "a table",
    "dbinom": r"\binom",
    "substack": "a text below the formula",
}

# Where that table is not what TeX prints.
_SIGNS = {"sim": "∼", "cdot": "⋅", "epsilon": "ϵ", "phi": "ϕ", "star": "⋆", "ast": "∗"}
# Fences by name are pairs, and grow like pairs.
_FENCES = {"lvert": r"\left|", "rvert": r"\right|", "lVert": r"\left\|", "rVert": r"\right\|"}

_OPERATOR = re.compile(r"\\operatorname\s*(\*?)\s*\{([^{}]*)\}")
_TEXT = re.compile(r"\\(?:text|textrm|mbox)\s*\{((?:[^{}\\]|\\.)*)\}")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
_SIZE = re.compile(r"\\[bB]igg?[lrm]?(?![A-Za-z])\s*")
_MIDDLE = re.compile(r"\\middle\s*(\\[A-Za-z]+|\\\||.)")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+)\*?\}")
_ARRAY = re.compile(r"\\begin\s*\{array\}\s*\{([^{}]*)\}")
_MACRO = re.compile(r"\\([A-Za-z]+)")
_ESCAPED = re.compile(r"\\([&_#$])")
# Private characters stand for what must come through the conversion untouched.
_FIRST = 0xF0000


def split_tag(latex: str) -> tuple[str, str | None]:
    r"""Return a formula without its `\tag{…}`, and what the tag says."""
    found = _TAG.search(latex)
    return (_TAG.sub("", latex), found[1]) if found else (latex, None)


def convert(latex: str) -> str:
    """Return the Typst math of a LaTeX formula; raise `ValueError` that says what cannot be set."""
    kept: list[str] = []

    def keep(typst: str) -> str:
        kept.append(typst)
        return chr(_FIRST + len(kept) - 1)

    source = _prepared(latex.strip(), keep)
    problems = _check(source)
    if problems:
        raise ValueError("; ".join(problems))
    result = tylax.latex_to_typst_diagnostics(source)
    if result.warnings:
        raise ValueError("; ".join(str(warning) for warning in result.warnings))
    made = re.sub(r"/\*.*?\*/", "", tylax.latex_to_typst(source)).strip()
    # Typst puts room where there are spaces around a bar.
    made = re.sub(r' ?(?<!")\|(?!") ?', "|", made)
    return re.sub(
        f"[{chr(_FIRST)}-{chr(_FIRST + 0xFFF)}]",
        lambda found: f" {kept[ord(found[0]) - _FIRST]} ",
        made,
    )


def _prepared(latex: str, keep: Callable[[str], str]) -> str:
    """Return a formula with texts, escaped signs and symbols out of the converter's reach."""

    def text(found: re.Match[str]) -> str:
        if re.search(r"(?<!\\)\$", found[1]):
            raise ValueError(r"a formula inside \text is not supported; close \text before it")
        shown = re.sub(r"\\([^A-Za-z])", r"\1", found[1]).replace("~", " ")
        return "{" + keep(f"#text({markup.string(shown)})") + "}"

    def operator(found: re.Match[str]) -> str:
        # Its scripts stand below it in a display, beside it in a line.
        name = re.sub(r"\\[,;:! ]", " ", found[2])
        limits = ", limits: #true" if found[1] else ""
        return " " + keep(f"op({markup.string(name)}{limits})") + " "

    def symbol(found: re.Match[str]) -> str:
        name = found[1]
        if name in _SIGNS:
            return f" {keep(_SIGNS[name])} "
        code = None if name in STRUCTURE else convert_symbol(found[0])
        if code is None or " " in code or "-" in code:
            return found[0]
        sign = chr(int(code, 16))
        if unicodedata.combining(sign):
            return found[0]
        return f" {keep(_sign(sign))} "

    def environment(found: re.Match[str]) -> str:
        name = _RENAMED.get(found[2], found[2])
        return f"\\{found[1]}{{{name}}}" if name else ""

    latex = _OPERATOR.sub(operator, _TEXT.sub(text, latex))
    latex = re.sub(r"\\([lr][vV]ert)(?![A-Za-z])", lambda found: _FENCES[found[1]], latex)
    latex = _ESCAPED.sub(lambda found: " " + keep(f'"{found[1]}"') + " ", latex)
    # Delimiters grow by themselves; a size given by hand would drop them.
    latex = _MIDDLE.sub(lambda found: r"\mid{} " if found[1] == "|" else found[1], latex)
    latex = _SIZE.sub("", latex)
    latex = _ENVIRONMENT.sub(environment, latex)
    # A delimiter after \left or \right must stay a macro, or the pair is not seen.
    return re.sub(
        r"(\\(?:left|right)\s*\\[A-Za-z]+)|" + _MACRO.pattern,
        lambda found: found[1] or symbol(_MACRO.match(found[0])),  # type: ignore[arg-type]
        latex,
    )


def _sign(character: str) -> str:
    r"""Return a character as Typst math reads it; one of its own syntax is escaped."""
    return f"\\{character}" if character.isascii() and not character.isalnum() else character


def _check(latex: str) -> list[str]:
    """Return what is wrong with a formula, in words; nothing when it can be set."""
    problems = []
    bare = re.sub(r"\\[{}]", "", latex)
    if bare.count("{") != bare.count("}"):
        problems.append("braces do not balance")
    macros = _MACRO.findall(latex)
    if macros.count("left") != macros.count("right"):
        problems.append(r"\left and \right do not balance")
    delimiters = set(re.findall(r"\\(?:left|right)\s*\\([A-Za-z]+)", latex))
    problems += [
        _unsupported("macro", f"\\{name}", name)
        for name in macros
        if name not in STRUCTURE | delimiters
    ]
    problems += [
        _unsupported("environment", name, name)
        for _side, name in _ENVIRONMENT.findall(latex)
        if name not in ENVIRONMENTS
    ]
    if any(set(columns) - set("c ") for columns in _ARRAY.findall(latex)):
        problems.append("an array has columns of the kind c alone; cases and aligned align")
    return list(dict.fromkeys(problems))


def _unsupported(kind: str, shown: str, name: str) -> str:
    instead = f"; write {_INSTEAD[name]}" if name in _INSTEAD else ""
    return f"the {kind} {shown} is not supported{instead}"
