"""What the style names look like: colours for each theme, and what is left of them in 16 colours or none."""

import io
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.style import Style

from tui.views.row import STYLES

if TYPE_CHECKING:
    from textual.theme import Theme

Depth = Literal["full", "sixteen", "none"]
Palette = Mapping[str, Style]

THEMES = ("dark", "light", "colourblind", "contrast", "terminal")
"""The names of the themes; the first is the default."""

_VIRIDIS = (
    "#5b2a86", "#51429a", "#46589d", "#386e9e", "#2b849a",
    "#22998f", "#35ae7a", "#62c35c", "#a4d53a", "#fde725",
)  # fmt: skip
"""Viridis with its dark end lifted, so that the smallest bar still stands out from a dark background."""

_DARK = {
    "text": "#c9ced6", "muted": "#7a838f", "strong": "bold #f2f4f7", "title": "bold #a3adba", "accent": "bold #a4d53a",
    "price_row": "bold #ffffff on #30363d", "rule": "#3a4049",
    "long": "#e8825a", "short": "#5fb0e0", "pass": "#6cc070", "warn": "#e0b040", "fail": "bold #f0605a",
    "unknown": "#7a838f", "stale": "#a08d62", "struck": "strike #7a838f", "selected": "bold #f2f4f7 on #2a313a",
    "live": "bold #101014 on #73c168", "replay": "bold #101014 on #5fb0e0", "demo": "bold #101014 on #c79be8",
    "paused": "bold #101014 on #e0b040",
    "up": "#6cc070", "down": "bold #f0605a", "pointed": "bold #101014 on #e0b040", "alarm": "bold #ffffff on #b3261e",
    "recent": "bold #f2f4f7", "aged": "#9aa3ae", "old": "#6b737d", "curve": "#9fb4c7",
}  # fmt: skip
_COLOURBLIND = {
    **_DARK,
    "long": "#e69f00", "short": "#56b4e9", "pass": "#2fc4a0", "warn": "#f0e442", "fail": "bold #ff7f50",
    "live": "bold #101014 on #2fc4a0", "paused": "bold #101014 on #f0e442",
}  # fmt: skip
_LIGHT = {
    "text": "#24292f", "muted": "#6a737d", "strong": "bold #000000", "title": "bold #4a5560", "accent": "bold #3d6b00",
    "price_row": "bold #000000 on #d6dbe1", "rule": "#c2c8cf",
    "long": "#b4441b", "short": "#0b66a8", "pass": "#1a7f37", "warn": "#8a6100", "fail": "bold #c01c28",
    "unknown": "#6a737d", "stale": "#8a7340", "struck": "strike #6a737d", "selected": "bold #000000 on #e2e6ea",
    "live": "bold #ffffff on #1a7f37", "replay": "bold #ffffff on #0b66a8", "demo": "bold #ffffff on #7d3fb5",
    "paused": "bold #000000 on #e0b040",
    "up": "#1a7f37", "down": "bold #c01c28", "pointed": "bold #000000 on #e0b040", "alarm": "bold #ffffff on #c01c28",
    "recent": "bold #000000", "aged": "#57606a", "old": "#7a828b", "curve": "#3b5b78",
}  # fmt: skip
_SIXTEEN = {
    "text": "", "muted": "dim", "strong": "bold", "title": "bold", "accent": "bold green",
    "price_row": "reverse", "rule": "dim", "long": "red", "short": "cyan", "pass": "green", "warn": "yellow",
    "fail": "bold red", "unknown": "dim", "stale": "dim yellow", "struck": "dim strike", "selected": "reverse",
    "live": "black on green", "replay": "black on cyan", "demo": "black on magenta", "paused": "black on yellow",
    "up": "green", "down": "bold red", "pointed": "black on yellow", "alarm": "bold white on red",
    "recent": "bold", "aged": "", "old": "dim", "curve": "cyan",
}  # fmt: skip
_NONE = {
    "text": "", "muted": "dim", "strong": "bold", "title": "bold", "accent": "bold",
    "price_row": "reverse", "rule": "dim", "long": "", "short": "", "pass": "", "warn": "bold",
    "fail": "bold", "unknown": "dim", "stale": "dim", "struck": "dim strike", "selected": "reverse",
    "live": "reverse", "replay": "reverse", "demo": "reverse", "paused": "bold reverse",
    "up": "", "down": "", "pointed": "bold reverse", "alarm": "bold reverse",
    "recent": "bold", "aged": "", "old": "dim", "curve": "",
}  # fmt: skip

_HEAT: Mapping[str, tuple[str, ...]] = {
    "full": tuple(f"{'#ffffff' if level < 5 else '#101014'} on {colour}" for level, colour in enumerate(_VIRIDIS)),
    "sixteen": tuple(f"black on {name}" for name in ("magenta", "blue", "cyan", "green", "yellow") for _ in range(2)),
    "none": ("reverse",) * 10,
}
_FULL = {"dark": _DARK, "light": _LIGHT, "colourblind": _COLOURBLIND, "contrast": _DARK, "terminal": _DARK}
_BACKGROUNDS = {"dark": "#101014", "light": "#ffffff", "colourblind": "#101014", "contrast": "#000000", "terminal": "#101014"}


def colour_depth(environment: Mapping[str, str] = os.environ) -> Depth:
    """How many colours may be written: none under NO_COLOR or on a dumb terminal, 16 where no more are known of."""
    if "NO_COLOR" in environment or environment.get("TERM") in ("dumb", "unknown"):
        return "none"
    forced = environment.get("TEXTUAL_COLOR_SYSTEM")
    console = Console(file=io.StringIO(), force_terminal=True, _environ=environment)
    return "sixteen" if (forced or console.color_system) in (None, "standard", "windows") else "full"


def palette(theme: str, depth: Depth) -> Palette:
    """Every style name with its style. Raises `KeyError` for an unknown theme."""
    names = {"full": _FULL[theme], "sixteen": _SIXTEEN, "none": _NONE}[depth]
    heat = {f"heat{level}": style for level, style in enumerate(_HEAT[depth])}
    specified = {**names, **heat}
    below = Style.parse(f"on {_BACKGROUNDS[theme]}" if depth == "full" else "")
    return {name: below + Style.parse(specified[name]) for name in STYLES}


def screen_theme(theme: str, depth: Depth) -> "Theme":
    """The colours of the widgets that aren't ours: the palette and the input line. Native colours below 256."""
    from textual.theme import BUILTIN_THEMES, Theme  # so that the doctor can ask for colours without a screen

    if depth != "full":
        return BUILTIN_THEMES["ansi-light" if theme == "light" else "ansi-dark"]
    colours = {name: style.rsplit(" ", 1)[-1] for name, style in _FULL[theme].items()}
    background = _BACKGROUNDS[theme]
    return Theme(
        name=f"liqtop-{theme}",
        primary=colours["short"],
        accent=colours["accent"],
        foreground=colours["text"],
        background=background,
        surface=background,
        panel=colours["price_row"],
        warning=colours["warn"],
        error=colours["fail"],
        success=colours["pass"],
        dark=theme != "light",
    )
