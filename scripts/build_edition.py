"""Build an edition: run the pipeline for what is out of date, then say what was made and where."""

from __future__ import annotations

import argparse
import sys
import traceback

from smdi.edition import Edition, read_edition, scoped_id
from smdi.errors import InputErrors, reports_input_errors
from smdi.files import write_text
from smdi.publishing.build import build, stale_steps
from smdi.workflow.jobs import log_path


@reports_input_errors
def main() -> int:
    """Build; the last release stays in place when anything fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--scope", default="", help="of a narrower scope, as province=江苏省")
    parser.add_argument("--cores", default="2")
    parser.add_argument("--plan", action="store_true", help="say what would run and why, no more")
    parser.add_argument("--cold", action="store_true", help="load the libraries in each job anew")
    parser.add_argument("options", nargs="*", help="given to Snakemake, behind --")
    options = parser.parse_args()
    edition = read_edition(options.edition)
    if options.scope.strip():
        edition = read_edition(scoped_id(edition.id, _scope(options.scope)))
    try:
        return _main(edition, options)
    except KeyboardInterrupt:
        print("Interrupted; the last release, if there is one, is untouched.", file=sys.stderr)
        return 130
    except (InputErrors, SystemExit):
        raise
    except Exception as error:
        print(f"The build failed: {type(error).__name__}: {error}", file=sys.stderr)
        if isinstance(error, OSError):
            # A full disk, or something that somebody put where the build writes.
            advice = f"when the disk has room, delete {edition.work} and build again"
        else:
            log = log_path(edition, "build")
            write_text(log, traceback.format_exc())
            advice = f"a fault of the program; its traceback is in {log}"
        print(f"  {advice}", file=sys.stderr)
        return 1


def _scope(text: str) -> dict[str, str]:
    # Loaded here: it takes half a second, and most builds are of an edition as its file has it.
    from smdi.standards.scope import parsed

    return parsed(text, "SCOPE")


def _main(edition: Edition, options: argparse.Namespace) -> int:
    if options.plan:
        _, stale = stale_steps(edition)
        print("\n".join(map(str, stale)) or "nothing to do")
        return 0
    return build(edition, options.cores, options.options, warm=not options.cold)


if __name__ == "__main__":
    sys.exit(main())
