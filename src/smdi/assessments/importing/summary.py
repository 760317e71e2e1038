"""What an import made and how it read the export, as an editor is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from smdi.assessments.store import Provenance

LISTED = 10


@dataclass(frozen=True)
class ImportSummary:
    """What an import made: files, counts, and what of the export was not used.

    `rows` counts the answers read; each is `kept`, `rejected` or `superseded`. `output` is None for
    a check, which writes nothing.
    """

    output: Path | None
    superseded_file: Path | None
    rejected_file: Path | None
    rows: int
    kept: int
    rejected: int
    how: str
    provenance: Provenance
    unused_columns: tuple[str, ...] = ()
    unread_sheets: tuple[str, ...] = ()
    set_aside: dict[str, list[str]] = field(default_factory=dict)
    repeated: int = 0
    profile: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()

    @property
    def superseded(self) -> int:
        """Return how many answers a later one of the same firm and year replaced."""
        return self.rows - self.kept - self.rejected

    def __str__(self) -> str:
        made = "nothing written (--check)" if self.output is None else str(self.output)
        lines = [
            f"{made}: {self.kept} assessments, provenance {self.provenance}",
            f"  read {self.rows} answers ({self.how})",
            f"  {self.superseded} replaced by a later answer of the same firm and year"
            + (f", listed in {self.superseded_file}" if self.superseded_file else ""),
            f"  {self.rejected} rejected"
            + (f", whole in {self.rejected_file}" if self.rejected_file else ""),
        ]
        if self.repeated:
            lines.append(f"  {self.repeated} rows only repeat the firm of another row")
        for word, cells in self.set_aside.items():
            lines.append(f"  set aside as {word}: row {_some(cells)}")
        if self.unread_sheets:
            lines.append(f"  sheets not read: {_some(self.unread_sheets)}")
        if self.unused_columns:
            lines.append(f"  columns not used: {_some(self.unused_columns)}")
        lines += [f"  confirmed: {name}" for name in self.confirmed]
        return "\n".join([*lines, *self.profile])


def _some(names: list[str] | tuple[str, ...]) -> str:
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return ", ".join(names[:LISTED]) + more
