"""Populations that sentences stumble over: one firm, all equal, ties, nothing and everything."""

from __future__ import annotations

import datetime
from itertools import count
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from smdi.standards import level_class, maturity_model, practices

PLACES = [("320000", "320200"), ("320000", "320500"), ("370000", "370200"), ("440000", "440300")]
INDUSTRIES = ["3670", "3990", "1711", "3484"]
SIZES = ["large", "small", "medium", "micro"]


def _firm(number: int, year: int, **given: object) -> dict[str, object]:
    place, industry = PLACES[number % 4], INDUSTRIES[number // 4 % 4]
    made = {
        "credit_code": f"SIM{number:015d}",
        "year": year,
        "submitted_on": datetime.date(year, 6, 1),
        "province": place[0],
        "city": place[1],
        "industry": industry,
        "process_type": "discrete" if industry != "1711" else "process",
        "employees": 100,
        "revenue": 5000.0,
        "size": SIZES[number // 2 % 4],
        "level": number % 5,
        "total": 1.0,
        **dict.fromkeys(("design", "logistics", "sales", "service"), True),
        **{f"domain_{domain.id}": number % 5 / 1.0 for domain in maturity_model().domains},
        **{f"practice_{name}": number % 3 == 0 for name in practices().index},
    }
    made["practice_equipment_digitalisation_rate"] = float(number % 11 * 10)
    return {**made, **given}


def _yes(answer: bool) -> dict[str, object]:
    rate = {"practice_equipment_digitalisation_rate": 100.0 * answer}
    return {f"practice_{name}": answer for name in practices().index} | rate


def _years(number: int, **given: object) -> list[dict[str, object]]:
    return [_firm(n, year, **given) for year in (2020, 2021) for n in range(number)]


POPULATIONS: dict[str, list[dict[str, object]]] = {
    "one firm": _years(1),
    "two firms": _years(2),
    "one firm, this year alone": [_firm(0, 2021)],
    "many, this year alone": [_firm(n, 2021) for n in range(80)],
    "many, the year before alone": [_firm(n, 2020) for n in range(80)],
    "all equal": _years(80, level=2, size="small", **_yes(True)),
    "all at level one": _years(80, level=1),
    "all at level five": _years(80, level=5),
    "all answer no": _years(80, **_yes(False)),
    "all answer yes": _years(80, **_yes(True)),
    "all large": _years(80, size="large"),
    "all in one city": _years(80, province="320000", city="320200"),
    "all discrete": _years(80, industry="3990", process_type="discrete"),
    "half at level one": [
        _firm(n, year, level=1 + n % 2) for year in (2020, 2021) for n in range(100)
    ],
    "from none to all": [
        *(_firm(n, 2020, level=1, **_yes(False)) for n in range(60)),
        *(_firm(n, 2021, level=5, **_yes(True)) for n in range(60)),
    ],
    "other firms each year": [
        *(_firm(n, 2020) for n in range(60)),
        *(_firm(n + 100, 2021) for n in range(60)),
    ],
    "no business": _years(80, design=False, logistics=False, sales=False, service=False),
}
_serial = count()


def write(name: str, folder: Path) -> Path:
    """Write a population as a scores file; return its path."""
    frame = pd.DataFrame(POPULATIONS[name])
    frame["division"] = frame["industry"].str[:2]
    frame["level_class"] = level_class(frame["level"])
    table = pa.Table.from_pandas(frame, preserve_index=False)
    path = folder / f"{next(_serial)}.parquet"
    pq.write_table(table.replace_schema_metadata({"smdi.provenance": "simulated"}), path)
    return path
