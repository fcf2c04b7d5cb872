"""Notifications through the terminal: the bell, OSC 9 and OSC 777, through tmux where it stands between."""

import re
import unicodedata
from collections.abc import Mapping

BELL = "\x07"
MOST_CHARACTERS = 200
"""A longer text is cut: notifications show two or three lines."""

_OSC_9 = "\x1b]9;{}\x07"
_OSC_777 = "\x1b]777;notify;{};{}\x07"
_TMUX = "\x1bPtmux;{}\x1b\\"


def plain(text: str) -> str:
    """One line without control or format characters, which could end a sequence or begin another one."""
    kept = (" " if unicodedata.category(one)[0] in "CZ" else one for one in text)
    line = re.sub(" +", " ", "".join(kept)).strip()
    return line if len(line) <= MOST_CHARACTERS else line[: MOST_CHARACTERS - 1] + "…"


def osc_9(title: str, text: str, environment: Mapping[str, str]) -> str:
    """The notification of iTerm2, kitty, WezTerm, Windows Terminal and others.

    It begins with a word, because `9;4;…` and other numbers mean something else to some of them.
    """
    return _through(_OSC_9.format(f"liqtop: {plain(f'{title} {text}')}"), environment)


def osc_777(title: str, text: str, environment: Mapping[str, str]) -> str:
    """The notification of urxvt, foot, Ghostty and others; a semicolon would end the title."""
    return _through(_OSC_777.format(plain(title).replace(";", ","), plain(text)), environment)


def _through(sequence: str, environment: Mapping[str, str]) -> str:
    """The sequence as tmux passes it on to its terminal, which its `allow-passthrough` has to permit."""
    return _TMUX.format(sequence.replace("\x1b", "\x1b\x1b")) if "TMUX" in environment else sequence
