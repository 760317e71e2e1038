"""What an edition says: its whole sentences, with the marks of what they are known from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from smdi.report.text.language import words
from smdi.workflow.differences.run import Run

Records = Mapping[str, Mapping[str, Any]]


def sentences(run: Run) -> Iterator[tuple[str, str]]:
    """Yield (page, sentence) in the order of the pages.

    Parts of a sentence are left out, and what is said where nothing can be; of a page's sentences
    those that are part of another, which are the same said twice.
    """
    unsaid = list(words().otherwise.model_dump().values())
    for page in run.titles:
        keys = [key for key in run.records if key.partition(".")[0] == page]
        texts = {key: str(run.records[key]["text"]) for key in keys if _is_whole(run.records[key])}
        for key in _apart(texts):
            if said := _without(unsaid, _marked(run.records[key], run.records)):
                yield page, said


def marks() -> dict[str, str]:
    """Return the mark of each status as it stands in a sentence."""
    book = words().book
    return {status: book.mark_in_text(mark=mark) for status, mark in book.marks.items()}


def _is_whole(record: Mapping[str, Any]) -> bool:
    return record["kind"] == "phrase" and record["text"].endswith(words().lists.stop)


def _without(unsaid: Iterable[str], text: str) -> str:
    for sentence in unsaid:
        text = text.replace(sentence, "")
    return text.strip()


def _apart(texts: Mapping[str, str]) -> Iterable[str]:
    """Return the keys of texts that are no part of another, in their order; of equals the first."""
    kept: dict[str, str] = {}
    for key, text in sorted(texts.items(), key=lambda item: -len(item[1])):
        if not any(text in other for other in kept.values()):
            kept[key] = text
    return [key for key in texts if key in kept]


def _marked(record: Mapping[str, Any], records: Records) -> str:
    """Return the text of a record, each of its parts followed by the mark of its status."""
    if "parts" not in record:
        return str(record["text"]) + marks().get(str(record.get("status")), "")
    return "".join(
        _marked(records[part["key"]] if "key" in part else part, records)
        for part in record["parts"]
    )
