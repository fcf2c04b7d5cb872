"""Copying text out of the terminal: OSC 52 for its clipboard, and a file that always has it."""

import base64
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from tui.controls import Controls
from tui.language import ENGLISH, label

CLIPBOARD_BYTES = 74_994
"""The most text that fits the 100,000 bytes at which hterm and others cut an OSC 52 sequence off (3/4 of them)."""

_OSC_52 = "\x1b]52;c;{}\x07"
_TMUX = "\x1bPtmux;{}\x1b\\"


@dataclass(frozen=True, slots=True)
class Copied:
    """Where a copied text went. `path` None: the file could not be written, `problem` says why."""

    lines: int
    to_clipboard: bool
    path: Path | None
    problem: str = ""

    def sentence(self, controls: Controls = ENGLISH) -> str:
        """What to tell the reader, in one line."""
        many = label("1 line" if self.lines == 1 else "{n} lines", controls, n=self.lines)
        if self.path:
            file = label("in {path}", controls, path=_from_home(self.path))
        else:
            file = label("not in a file: {problem}", controls, problem=self.problem)
        text = "copied {lines}, also {file}" if self.to_clipboard else "too long for the clipboard: {lines} {file}"
        return label(text, controls, lines=many, file=file)


def clipboard_sequence(text: str, environment: Mapping[str, str]) -> str | None:
    """The bytes that put `text` on the terminal's clipboard; None where it is too long for that.

    Under tmux both forms are sent: the bare one obeys `set-clipboard`, the wrapped one `allow-passthrough`.
    """
    raw = text.encode("utf-8", "replace")
    if len(raw) > CLIPBOARD_BYTES:
        return None
    sequence = _OSC_52.format(base64.b64encode(raw).decode("ascii"))
    if "TMUX" not in environment:
        return sequence
    return sequence + _TMUX.format(sequence.replace("\x1b", "\x1b\x1b"))


def copy(
    text: str,
    write: Callable[[str], None],
    path: Path | None = None,
    environment: Mapping[str, str] = os.environ,
) -> Copied:
    """Copy `text` to the clipboard through `write` where it fits, and to a file that only the user can read."""
    lines = text.count("\n") + 1
    sequence = clipboard_sequence(text, environment)
    if sequence is not None:
        write(sequence)
    path = path or copy_file()
    try:
        _keep(text, path)
    except OSError as error:
        return Copied(lines, sequence is not None, None, error.strerror or str(error))
    return Copied(lines, sequence is not None, path)


def _from_home(path: Path) -> str:
    """The path as short as a shell takes it: a status bar has little room."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def copy_file() -> Path:
    """The file that holds what was copied last."""
    return platformdirs.user_state_path("liqtop", appauthor=False) / "copied.txt"


def _keep(text: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "w", encoding="utf-8", errors="replace") as file:
        file.write(text + "\n")
