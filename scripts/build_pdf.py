"""Build the printable PDF of an edition from its assembled book."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from smdi.errors import reports_input_errors
from smdi.report.dependencies import depends, files_under
from smdi.report.edition import read_edition
from smdi.report.pipeline import source_folder
from smdi.report.sphinx_build import BuildFailure, build


@reports_input_errors
def main() -> int:
    """Typeset the book and put the PDF in its place, whole."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("--edition", required=True)
    parser.add_argument("--log", type=Path, required=True)
    options = parser.parse_args()
    edition = read_edition(options.edition)
    code = depends(Path(__file__), "smdi.report.sphinx_ext", "typst_book")
    code += files_under(Path("src/typst_book"))
    try:
        made = build(source_folder(edition), edition.work / "print", "typst", code, options.log)
    except BuildFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    partial = options.output.with_suffix(".partial")
    shutil.copyfile(made / "report.pdf", partial)
    partial.replace(options.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
