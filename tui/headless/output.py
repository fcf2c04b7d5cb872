"""Writing to stdout, which is data, and to stderr, which is narration."""

import sys
import unicodedata
from collections.abc import Iterable


def write_lines(lines: Iterable[bytes]) -> None:
    """Whole lines to stdout, at once."""
    sys.stdout.buffer.write(b"".join(line + b"\n" for line in lines))
    sys.stdout.buffer.flush()


def write_text(text: str) -> None:
    """A text to stdout as UTF-8 whatever the locale says, ended by a line end."""
    write_lines([text.removesuffix("\n").encode()])


def narrate(text: str) -> None:
    """One line to stderr. Text from outside can't reach the terminal as control characters."""
    print(printable(text), file=sys.stderr, flush=True)


def printable(text: str) -> str:
    """The text with each control or format character as its escape."""
    return "".join(
        _escaped(character) if unicodedata.category(character)[0] == "C" else character for character in text
    )


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode()
