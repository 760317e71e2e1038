"""Let an edition of a narrower scope see the firms of the edition that it narrows."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.files import remove
from smdi.workflow.chapters import shared_firms


@reports_input_errors
def main() -> None:
    """Link what the other edition has made: it is read, and never written, from here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", required=True)
    edition = read_edition(parser.parse_args().edition)
    for source in shared_firms(edition):
        link = edition.work / source.name
        remove(link)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(Path(os.path.relpath(source, link.parent)))


if __name__ == "__main__":
    raise SystemExit(main())
