"""How a release and its exhibits are cited: GB/T 7714-2015, BibTeX, and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from smdi.edition import Edition
from smdi.report.text.language import words


@dataclass(frozen=True)
class Source:
    """What is cited: a release, by its edition and the fingerprint of what it shows."""

    title: str
    publisher: str
    year: int
    dated: date
    edition: str
    fingerprint: str
    address: str = ""
    contact: str = ""

    @classmethod
    def of(cls, edition: Edition, title: str, fingerprint: str) -> Source:
        """Return the source that an edition's release is."""
        return cls(
            title,
            edition.publisher,
            edition.year,
            edition.data_date,
            edition.id,
            fingerprint,
            edition.address.rstrip("/"),
            edition.contact,
        )

    def permalink(self, place: str = "") -> str:
        """Return the address of a place of the site; without a known site its place in it."""
        return f"{self.address}/{place}" if self.address else place or "index.html"

    def line(self, what: str = "", place: str = "") -> str:
        """Return the reference as GB/T 7714-2015 sets it, of the whole or of an exhibit of it."""
        say = words().package
        given = {
            "publisher": self.publisher,
            "title": self.title,
            "date": self.dated.isoformat(),
            "edition": self.edition,
            "fingerprint": self.fingerprint[:12],
            "permalink": self.permalink(place),
        }
        return say.reference_of(what=what, **given) if what else say.reference(**given)

    def bibtex(self, what: str = "", place: str = "", key: str = "") -> str:
        """Return the same as an entry of BibTeX."""
        title = f"{{{self.title}}}" if not what else f"{{{self.title}: {what}}}"
        fields = {
            "title": title,
            "author": f"{{{{{self.publisher}}}}}",
            "year": f"{{{self.year}}}",
            "date": f"{{{self.dated.isoformat()}}}",
            "version": f"{{{self.edition}, {self.fingerprint[:12]}}}",
            "url": f"{{{self.permalink(place)}}}",
        }
        lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
        return f"@misc{{smdi-{self.edition}{'-' + key if key else ''},\n{lines}\n}}"
