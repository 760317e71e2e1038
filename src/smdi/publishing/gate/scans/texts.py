"""Texts: firms, this machine and its people, and times that are not the edition's."""

from __future__ import annotations

import getpass
import re
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from smdi.edition import Edition
from smdi.publishing.gate.attack.rows import few_in_words
from smdi.publishing.gate.content import Content, Text, plain
from smdi.publishing.gate.findings import Finding, GatePolicy, clipped
from smdi.publishing.gate.firms import Marks
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.codings import decoded, turned

# Each begins with letters as they stand, or one of some, and looks back from behind them: so it is
# found at once.
_PATH = re.compile(
    r"/(?<![\w.:/>]/)(?:home|Users|root|tmp|var|private|mnt|media|opt|srv|work|proc|etc|usr|data|app"
    r"|Volumes|workspace|builds?)/[\w.@+-]+"
)
_OTHER_PATHS = {
    "~/": re.compile(r"~/(?<![\w/]~/)[\w.]+"),
    ":\\": re.compile(r"\b[A-Za-z]:\\{1,2}[\w.-]+"),
    "file:/": re.compile(r"file:/+[\w.]+"),
    "\\\\": re.compile(r"\\\\\\\\\w+\\\\\w+"),
}
_TIMES = (
    re.compile(
        r"(?:19|20)(?<!\d\d\d)\d\d(?:-[01]\d-[0-3]\d[T ][0-2]\d:\d\d(?::\d\d)?"
        r"|(?<=20\d\d)[01]\d[0-3]\dT[0-2]\d[0-5]\d[0-5]\dZ?(?!\d))"
    ),
    re.compile(
        r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?<!\w\w\w\w)[a-z]* "
        r"(?:\d\d?,? )?20\d\d"
    ),
)
_DAY = re.compile(
    r"((?:1(?<![\d-].)9|2(?<![\d-].)0)\d\d)(?:-(\d\d?)-(\d\d?)|/(\d\d?)/(\d\d?)|\.(\d\d?)\.(\d\d?)"
    r"|\s*年\s*(\d\d?)\s*月\s*(\d\d?)\s*日)(?![\d-]|[T ]\d\d:)"
)
_EPOCH = re.compile(r"1(?<![\w.,-].)[5-9]\d{8}(?:\d{3})?(?:\.\d+)?(?![\w.,%])")
_EMAIL = re.compile(r"@(?<=[\w+-]@)[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}")
# A mobile telephone's, an identity card's (GB 11643).
_PERSON = re.compile(
    r"[1-8](?<![\w.,-].)(?:(?<=1)[3-9]\d{9}|\d{5}(?:19|20)\d\d[01]\d[0-3]\d\d{3}[\dXx])"
    r"(?![0-9A-Za-z.,%])"
)
_PARTED = re.compile(r"(?<=[0-9A-Za-z])[\s\-_.·,:/|'\"]{1,3}(?=[0-9A-Za-z])")
# Names of users and machines that say nothing, and stand in any code.
_OF_ANYBODY = frozenset(
    (
        *("root", "user", "users", "admin", "runner", "build", "builder", "guest", "home", "work"),
        *("data", "test", "node", "main", "report", "ubuntu", "debian", "localhost"),
    )
)
_SHORTEST = 4


@dataclass(frozen=True)
class Machine:
    """Names of the machine on which the release was made."""

    places: frozenset[str]
    names: frozenset[str]

    @classmethod
    def this(cls) -> Machine:
        """Return the machine that runs the gate."""
        places = {str(place) for place in (Path.cwd(), Path.home(), sys.prefix)}
        places |= {str(Path(place).resolve()) for place in (*places, tempfile.gettempdir())}
        names = {getpass.getuser(), socket.gethostname(), Path.home().name}
        usual = {name for name in names if len(name) < _SHORTEST or name.lower() in _OF_ANYBODY}
        return cls(frozenset(p for p in places if p.count("/") > 1), frozenset(names - usual))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return what finds a place or a name of the machine."""
        places = [re.escape(place) for place in sorted(self.places)]
        names = [rf"(?<![\w-]){re.escape(name)}(?![\w-])" for name in sorted(self.names)]
        return re.compile("|".join([*places, *names]) or r"(?!)")


@dataclass(frozen=True)
class TextScan:
    """What is looked for in texts: `days` are the edition's own dates."""

    marks: Marks
    machine: Machine
    days: frozenset[date]
    policy: GatePolicy
    # Numbers of firms, however few, that the published report prints.
    public: frozenset[int]
    # Texts that were looked through already: a drawing stands in a page, a notebook and a file.
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def in_name(self, name: str) -> Iterator[Finding]:
        """Yield what the name of a file tells."""
        for what, how in self._found(Text("its name", name, "spoken")):
            yield Finding(name, "its name", clipped(what), how)

    def findings(self, file: File, content: Content) -> Iterator[Finding]:
        """Yield what stands in the texts of a file."""
        for text in content.texts:
            if (text.kind, text.content) in self._seen:
                continue
            self._seen.add((text.kind, text.content))
            for what, how in self._found(text):
                yield Finding(file.name, text.place, clipped(what), how)

    def _found(self, text: Text) -> Iterator[tuple[str, str]]:
        content = plain(text.content)
        yield from self.marks.known_in(content)
        yield from ((f, "a name of this machine") for f in self.machine.pattern.findall(content))
        if text.kind == "bytes":
            return
        for hidden in decoded(content):
            yield from self.marks.known_in(hidden)
        yield from ((found, "a path of a machine") for found in _paths(content))
        yield from ((found, "an address of mail") for found in _EMAIL.findall(content))
        yield from ((found, "a time of day") for found in self._times(content))
        if text.kind == "spoken":
            yield from self.marks.named_in(content)
            # Parted or wrapped, as by hyphens, spaces or lines, a code is still one.
            yield from self.marks.known_in(_PARTED.sub("", content))
            for other in turned(content):
                yield from self.marks.known_in(other)
            yield from ((found, "a number of a person") for found in _PERSON.findall(content))
            yield from ((f, "a time in seconds since 1970") for f in _EPOCH.findall(content))
            yield from self._days(content)
            few = few_in_words(content, self.policy, self.public)
            yield from ((found, "few firms, in words") for found in few)

    def _times(self, content: str) -> Iterator[str]:
        """Yield times of day; midnight of the edition's day is what a PDF must bear."""
        midnights = {f"{day.isoformat()}T00:00:00" for day in self.days}
        for pattern in _TIMES:
            yield from (found for found in pattern.findall(content) if found not in midnights)

    def _days(self, content: str) -> Iterator[tuple[str, str]]:
        for found in _DAY.finditer(content):
            year, month, day = map(int, filter(None, found.groups()))
            try:
                known = date(year, month, day) in self.days
            except ValueError:
                continue
            if not known:
                yield found[0], "a day that is none of the edition's"


def _paths(content: str) -> Iterator[str]:
    yield from _PATH.findall(content)
    for part, pattern in _OTHER_PATHS.items():
        if part in content:
            yield from pattern.findall(content)


def days_of(edition: Edition) -> frozenset[date]:
    """Return the dates that an edition may name."""
    return frozenset({edition.data_date})
