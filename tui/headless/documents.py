"""Cuts a stream of bytes into JSON documents: one a line, or one spread over several lines as a pretty-printer does."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import msgspec


@dataclass(frozen=True, slots=True)
class Document:
    """A text and the line it begins on: JSON, or whatever stood on a line. `too_long`: it was not kept, and why."""

    line: int
    text: bytes
    too_long: str = ""


def documents(lines: Iterable[bytes], most_bytes: int) -> Iterator[Document]:
    """The documents of these lines, none longer than `most_bytes`; blank lines are skipped.

    A text that is cut off ends where the next whole document begins, so that it costs no other one.
    """
    spread: list[bytes] = []
    size = start = 0
    for number, line in enumerate(lines, 1):
        if spread and not _begins(line):
            spread.append(line)
            size += len(line)
            if size <= most_bytes and not (line[:1] in b"]}" and _whole(b"".join(spread))):
                continue
            yield _document(start, b"".join(spread), most_bytes)
            spread = []
            continue
        if spread:
            yield _document(start, b"".join(spread), most_bytes)
            spread = []
        text = line.strip()
        if text and text[-1:] in b"{[," and len(text) <= most_bytes:
            spread, size, start = [line], len(line), number
        elif text:
            yield _document(number, text, most_bytes)
    if spread:
        yield _document(start, b"".join(spread), most_bytes)


def _begins(line: bytes) -> bool:
    """Whether a document begins and ends on this line."""
    return line[:1] in (b"{", b"[") and len(line) > 2 and _whole(line)


def _document(line: int, text: bytes, most_bytes: int) -> Document:
    if len(text) > most_bytes:
        return Document(line, b"", f"{len(text):,} bytes, expected at most {most_bytes:,}")
    return Document(line, text.strip())


def _whole(text: bytes) -> bool:
    try:
        msgspec.json.decode(text, type=msgspec.Raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
