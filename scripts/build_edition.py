"""Build an edition: run the pipeline for what is out of date, then say what was made and where."""

from __future__ import annotations

import argparse
import signal
import sys
import traceback
from types import FrameType

from smdi.edition import Edition, read_edition, scoped_id
from smdi.errors import InputErrors, reports_input_errors
from smdi.files import write_text
from smdi.processes import open_streams
from smdi.publishing.build import build, stale_steps
from smdi.publishing.outcome import advice
from smdi.workflow.guard import ENDING
from smdi.workflow.jobs import log_path


@reports_input_errors
def main() -> int:
    """Build; the last release stays in place when anything fails."""
    open_streams()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--scope", default="", help="of a narrower scope, as province=江苏省")
    parser.add_argument("--cores", default="2")
    parser.add_argument("--plan", action="store_true", help="say what would run and why, no more")
    parser.add_argument("--cold", action="store_true", help="load the libraries in each job anew")
    parser.add_argument("--in-order", action="store_true", help="one step after the other, here")
    parser.add_argument("options", nargs="*", help="given to Snakemake, behind --")
    options = parser.parse_args()
    edition = read_edition(options.edition)
    if options.scope.strip():
        edition = read_edition(scoped_id(edition.id, _scope(options.scope)))
    for number in ENDING:
        if signal.getsignal(number) != signal.SIG_IGN:  # under nohup, say
            signal.signal(number, _end)
    kept = "the last release, if there is one, is untouched"
    try:
        return _main(edition, options)
    except KeyboardInterrupt as ended:
        number = ended.args[0]
        print(f"Interrupted by {signal.Signals(number).name}; {kept}.", file=sys.stderr)
        return 128 + number
    except (InputErrors, SystemExit):
        raise
    except OSError as error:
        print(f"The build failed; {kept}.\n  {error}", file=sys.stderr)
        told = advice(str(error), edition) or f"if it stays, delete {edition.work} and build again"
        print(f"  {told}", file=sys.stderr)
        return 1
    except Exception as error:
        log = log_path(edition, "build")
        write_text(log, traceback.format_exc())
        print(f"The build failed; {kept}.\n  {type(error).__name__}: {error}", file=sys.stderr)
        print(f"  a fault of the program; its traceback is in {log}", file=sys.stderr)
        return 1


def _end(number: int, _frame: FrameType | None) -> None:
    """Let the build end in order, so that nothing is left behind."""
    raise KeyboardInterrupt(number)


def _scope(text: str) -> dict[str, str]:
    # Loaded here: it takes half a second, and most builds are of an edition as its file has it.
    from smdi.standards.scope import parsed

    return parsed(text, "SCOPE")


def _main(edition: Edition, options: argparse.Namespace) -> int:
    if options.plan:
        _, stale = stale_steps(edition)
        print("\n".join(map(str, stale)) or "nothing to do")
        return 0
    how = {"warm": not options.cold, "in_order": options.in_order}
    return build(edition, options.cores, options.options, **how)


if __name__ == "__main__":
    sys.exit(main())
