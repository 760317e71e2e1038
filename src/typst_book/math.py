"""Formulas: LaTeX to Typst through `tylax`, with the checks that it leaves out.

`tylax` drops a macro that it does not know and mends an unbalanced brace, both without a word. A
formula is therefore checked first: every macro must be one that was seen to come out right.
"""

from __future__ import annotations

import re

import tylax

_KNOWN = r"""
    frac dfrac tfrac sum prod int max min lim log ln exp sqrt text mathrm mathbf mathbb mathcal
    operatorname left right bar overline hat tilde vec dot ddot underline widehat underbrace
    le leq ge geq ne neq lt gt approx equiv sim propto times cdot div pm mp in notin subset subseteq
    cup cap mid to rightarrow leftarrow Rightarrow Leftrightarrow mapsto forall exists
    dots ldots cdots vdots quad qquad lfloor rfloor lceil rceil lvert rvert infty partial nabla
    alpha beta gamma delta epsilon varepsilon zeta eta theta lambda mu nu xi pi rho sigma tau phi
    varphi chi psi omega Gamma Delta Theta Lambda Sigma Phi Psi Omega begin end displaystyle
    land lor lnot setminus emptyset
"""
MACROS = frozenset(_KNOWN.split())
ENVIRONMENTS = frozenset({"aligned", "align", "cases", "matrix", "pmatrix", "bmatrix", "gathered"})
_MACRO = re.compile(r"\\([A-Za-z]+)")
_ENVIRONMENT = re.compile(r"\\(begin|end)\{([^}]*)\}")


def check(latex: str) -> list[str]:
    """What is wrong with a formula, in words; empty when it can be set."""
    problems = []
    bare = re.sub(r"\\[{}]", "", latex)
    if bare.count("{") != bare.count("}"):
        problems.append("braces do not balance")
    macros = _MACRO.findall(latex)
    if macros.count("left") != macros.count("right"):
        problems.append(r"\left and \right do not balance")
    problems += [f"the macro \\{name} is not supported" for name in macros if name not in MACROS]
    environments = _ENVIRONMENT.findall(latex)
    problems += [
        f"the environment {name} is not supported"
        for _side, name in environments
        if name.rstrip("*") not in ENVIRONMENTS
    ]
    return list(dict.fromkeys(problems))


def convert(latex: str) -> str:
    """Typst math of a LaTeX formula; raises `ValueError` that says what cannot be set."""
    problems = check(latex)
    if problems:
        raise ValueError("; ".join(problems))
    result = tylax.latex_to_typst_diagnostics(latex.strip())
    if result.warnings:
        raise ValueError("; ".join(str(warning) for warning in result.warnings))
    return tylax.latex_to_typst(latex.strip())
