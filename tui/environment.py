"""What Textual reads from the environment when imported: import this before it. The user's own values stay."""

import contextlib
import os
import sys
from collections.abc import MutableMapping

DEFAULTS = {
    "TEXTUAL_FPS": "60",
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "ESCDELAY": "50",
}
"""Frames go around Textual, whose own clock only delays what a key opens. Moving things smoothly costs bytes.

The escape key works after 50 ms, in which a longer sequence has come even over SSH."""

for _name, _value in DEFAULTS.items():
    os.environ.setdefault(_name, _value)


def forget_old_size(environment: MutableMapping[str, str], descriptor: int) -> None:
    """Leave COLUMNS and LINES out where the terminal tells its size: exported, they are as old as the shell.

    Rich believes them, and a screen that is laid out for two sizes in turn is never done.
    """
    with contextlib.suppress(OSError):
        if all(os.get_terminal_size(descriptor)):
            environment.pop("COLUMNS", None)
            environment.pop("LINES", None)


if sys.__stdout__ is not None:
    with contextlib.suppress(ValueError):  # it is closed
        forget_old_size(os.environ, sys.__stdout__.fileno())
