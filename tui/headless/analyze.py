"""`liqtop analyze`: tables pasted from web pages in, what was understood and the verdicts from them alone out."""

import codecs
import sys
from pathlib import Path

import msgspec

from scoring.settings import ScoringSettings
from tui.exits import FINE, NO_DATA, BadUsage
from tui.headless.output import narrate, write_lines, write_text
from tui.paste.reader import understand
from tui.paste.text import analysis_json, analysis_text
from tui.paste.verdicts import judge

MOST_BYTES = 8_000_000
"""What is longer is cut: no page of tables is."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def analyze(path_or_dash: str, as_json: bool, settings: ScoringSettings | None = None) -> int:
    """Read a file, or stdin for "-", and print the analysis; the exit code tells whether any table was understood.

    Raises `BadUsage` for a file that can't be read.
    """
    if path_or_dash == "-" and sys.stdin.isatty():
        narrate("liqtop: paste the tables, then press Ctrl+D on a line of its own")
    understood = understand(_text(_bytes(path_or_dash)))
    judgement = judge(understood, settings or ScoringSettings())
    if as_json:
        write_lines([msgspec.json.encode(analysis_json(understood, judgement))])
    else:
        write_text(analysis_text(understood, judgement))
    if understood.empty:
        narrate("liqtop: no table was understood")
        return NO_DATA
    return FINE


def _bytes(path_or_dash: str) -> bytes:
    if path_or_dash == "-":
        data = sys.stdin.buffer.read(MOST_BYTES + 1)
    else:
        try:
            with Path(path_or_dash).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise BadUsage(f"{path_or_dash}: {error.strerror}") from None
    if len(data) > MOST_BYTES:
        narrate(f"liqtop: only the first {MOST_BYTES:,} bytes are read")
    return data[:MOST_BYTES]


def _text(data: bytes) -> str:
    """The bytes as text: UTF-8, or what their byte order mark says; what is neither becomes a replacement character."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    text = data.decode(encoding, errors="replace")
    if "\ufffd" in text:
        narrate(f"liqtop: not all of it is {encoding.upper()}; what is not was replaced")
    return text
