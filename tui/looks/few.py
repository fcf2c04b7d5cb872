"""The themes in the terminal's own 16 colours, on its own ground, and without any colour."""

from collections.abc import Mapping

from tui.looks.full import Look

_LEVELS_A_COLOUR = 2

_BRIGHT: Look = {
    "text": "", "muted": "dim", "strong": "bold", "title": "bold", "accent": "bold green",
    "price_row": "reverse", "rule": "dim", "long": "red", "short": "cyan", "pass": "green", "warn": "yellow",
    "fail": "bold red", "unknown": "dim", "stale": "dim yellow", "struck": "dim strike", "selected": "reverse",
    "live": "black on green", "replay": "black on cyan", "demo": "black on magenta", "paused": "black on yellow",
    "up": "green", "down": "red", "pointed": "black on yellow", "alarm": "bold bright_white on red",
    "recent": "bold", "aged": "", "old": "dim", "curve": "cyan",
}  # fmt: skip
_ON_LIGHT: Look = {
    **_BRIGHT,
    "short": "blue", "warn": "bold magenta", "stale": "magenta", "curve": "blue",
    "live": "bright_white on green", "replay": "bright_white on blue", "demo": "bright_white on magenta",
}  # fmt: skip
"""Yellow and cyan are next to invisible on white."""
_COLOURBLIND: Look = {
    **_BRIGHT,
    "long": "yellow", "pass": "bright_cyan", "warn": "bright_yellow", "fail": "bold bright_magenta",
    "up": "cyan", "down": "yellow", "accent": "bold cyan", "live": "black on cyan",
}  # fmt: skip
_CONTRAST: Look = {
    "text": "bright_white on black", "muted": "white on black", "strong": "bold bright_white on black",
    "title": "bold bright_white on black", "accent": "bold bright_green on black", "price_row": "black on bright_white",
    "rule": "white on black", "long": "bold bright_red on black", "short": "bold bright_cyan on black",
    "pass": "bold bright_green on black", "warn": "bold bright_yellow on black", "fail": "bold bright_red on black",
    "unknown": "white on black", "stale": "bright_yellow on black", "struck": "strike white on black",
    "selected": "black on white", "live": "black on bright_green", "replay": "black on bright_cyan",
    "demo": "black on bright_magenta", "paused": "black on bright_yellow", "up": "bold bright_green on black",
    "down": "bold bright_red on black", "pointed": "black on bright_yellow", "alarm": "bold bright_white on red",
    "recent": "bold bright_white on black", "aged": "bright_white on black", "old": "white on black",
    "curve": "bright_cyan on black",
}  # fmt: skip
"""Nothing is dim, and the ground is black whatever the terminal's is."""
NONE: Look = {
    "text": "", "muted": "dim", "strong": "bold", "title": "bold", "accent": "bold",
    "price_row": "reverse", "rule": "dim", "long": "", "short": "", "pass": "", "warn": "bold",
    "fail": "bold", "unknown": "dim", "stale": "dim", "struck": "dim strike", "selected": "reverse",
    "live": "reverse", "replay": "reverse", "demo": "reverse", "paused": "bold reverse",
    "up": "", "down": "", "pointed": "bold reverse", "alarm": "bold reverse",
    "recent": "bold", "aged": "", "old": "dim", "curve": "",
}  # fmt: skip
"""Attributes alone. Sides are told by their column or word, grades by their mark, moves by their sign."""


def _heat(*grounds: str) -> tuple[str, ...]:
    return tuple(ground for ground in grounds for _ in range(_LEVELS_A_COLOUR))


_HEAT = _heat(
    "bright_white on blue", "bright_white on magenta", "black on green", "black on cyan", "black on bright_yellow"
)
_HEAT_ON_LIGHT = _heat(
    "black on yellow", "black on cyan", "black on green", "bright_white on magenta", "bright_white on blue"
)
_HEAT_CONTRAST = _heat(*(f"black on bright_{name}" for name in ("magenta", "green", "cyan", "yellow", "white")))

SIXTEEN: Mapping[str, Look] = {
    "dark": _BRIGHT, "light": _ON_LIGHT, "colourblind": _COLOURBLIND, "contrast": _CONTRAST, "terminal": _BRIGHT,
}  # fmt: skip
HEAT_SIXTEEN: Mapping[str, tuple[str, ...]] = {
    "dark": _HEAT, "light": _HEAT_ON_LIGHT, "colourblind": _HEAT, "contrast": _HEAT_CONTRAST, "terminal": _HEAT,
}  # fmt: skip
HEAT_NONE = ("reverse",) * 10
