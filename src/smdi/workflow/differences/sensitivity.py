"""How far levels and ranks move when the standard is read in another way.

`readings` maps the name of a reading to the firms scored under it, all the same firms in the same
order: columns province, division and level_class. The first reading is the one that the others are
held against.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smdi.standards import LEVEL_CLASSES

Readings = Mapping[str, pd.DataFrame]
LOWEST = LEVEL_CLASSES[0]


def level_shares(readings: Readings) -> pd.DataFrame:
    """Return reading, level_class, share (% of firms), and change (points from the first one)."""
    shares = pd.DataFrame(
        {
            name: 100 * firms["level_class"].value_counts(normalize=True).reindex(LEVEL_CLASSES)
            for name, firms in readings.items()
        }
    ).fillna(0.0)
    changes = shares.sub(shares.iloc[:, 0], axis="index")
    long = shares.rename_axis("level_class").melt(
        var_name="reading", value_name="share", ignore_index=False
    )
    return long.reset_index().assign(change=changes.melt()["value"])[
        ["reading", "level_class", "share", "change"]
    ]


def moved_firms(readings: Readings) -> pd.DataFrame:
    """Return reading, higher, lower: the share of firms (%) in another class than in the first."""
    order = {level: place for place, level in enumerate(LEVEL_CLASSES)}
    places = {name: firms["level_class"].map(order) for name, firms in readings.items()}
    first = next(iter(places.values()))
    return pd.DataFrame(
        [
            {
                "reading": name,
                "higher": 100 * float((place > first).mean()),
                "lower": 100 * float((place < first).mean()),
            }
            for name, place in places.items()
        ]
    )


def ranks(readings: Readings, by: str, least: int) -> pd.DataFrame:
    """Return reading, group, firms, share (% above the lowest class) and rank of each group.

    Groups of `by` (province, division) with fewer firms than `least` are left out; ties share a
    place, and the next one stands so many places behind (competition ranking).
    """
    frames = []
    for name, firms in readings.items():
        above = (firms["level_class"] != LOWEST).groupby(firms[by].astype("str"))
        table = pd.DataFrame({"firms": above.size(), "share": 100 * above.mean()})
        table = table[table["firms"] >= least]
        table["rank"] = table["share"].rank(method="min", ascending=False).astype("int64")
        frames.append(table.rename_axis("group").reset_index().assign(reading=name))
    return pd.concat(frames)[["reading", "group", "firms", "share", "rank"]].reset_index(drop=True)


def rank_moves(table: pd.DataFrame) -> pd.DataFrame:
    """Return, of `ranks`, a row a reading: groups, moved, farthest (places) and correlation.

    The correlation is Spearman's, with the first reading. Without any group there are no rows.
    """
    if table.empty:
        return pd.DataFrame(columns=["reading", "groups", "moved", "farthest", "correlation"])
    wide = table.pivot(index="group", columns="reading", values="rank")[table["reading"].unique()]
    first = wide.iloc[:, 0]
    moves = (wide.sub(first, axis="index")).abs()
    return pd.DataFrame(
        {
            "reading": wide.columns,
            "groups": len(wide),
            "moved": [int((moves[name] > 0).sum()) for name in wide],
            "farthest": [int(moves[name].max()) for name in wide],
            "correlation": [float(wide[name].corr(first, method="pearson")) for name in wide],
        }
    )
