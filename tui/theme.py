"""What the style names look like: in each theme, in as many colours as the terminal has."""

import io
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from rich.console import Console
from rich.style import Style

from tui.looks.few import HEAT_NONE, HEAT_SIXTEEN, NONE, SIXTEEN
from tui.looks.full import FULL, GROUNDS, HEAT, PANELS, Look
from tui.views.row import STYLES

if TYPE_CHECKING:
    from textual.theme import Theme

Depth = Literal["full", "sixteen", "none"]
"""How many colours: 256 or more, the terminal's own 16, none."""
Rising = Literal["green", "red"]
"""The colour of a price that rose."""
Palette = Mapping[str, Style]

THEMES = ("dark", "light", "colourblind", "contrast", "terminal")
"""The names of the themes; the first is the default. `terminal` has the terminal's own colours at every depth."""
_OWN = "terminal"


def colour_depth(environment: Mapping[str, str] = os.environ) -> Depth:
    """How many colours may be written: none under NO_COLOR or on a dumb terminal, 16 where no more are known of."""
    if "NO_COLOR" in environment or environment.get("TERM") in ("dumb", "unknown"):
        return "none"
    forced = environment.get("TEXTUAL_COLOR_SYSTEM")
    console = Console(file=io.StringIO(), force_terminal=True, _environ=environment)
    return "sixteen" if (forced or console.color_system) in (None, "standard", "windows") else "full"


def palette(theme: str, depth: Depth, rising: Rising = "green") -> Palette:
    """Every style name with its style. `rising` red: `up` and `down` change places. Raises `KeyError` for no theme."""
    look, heat, ground = _look(theme, _told(theme, depth))
    if rising == "red":
        look = {**look, "up": look["down"], "down": look["up"]}
    specified = {**look, **{f"heat{level}": style for level, style in enumerate(heat)}}
    below = Style.parse(f"on {ground}" if ground else "")
    return {name: below + Style.parse(specified[name]) for name in STYLES}


def _told(theme: str, depth: Depth) -> Depth:
    """In how many colours a theme is written where the terminal has so many."""
    return "sixteen" if theme == _OWN and depth == "full" else depth


def _look(theme: str, depth: Depth) -> tuple[Look, tuple[str, ...], str]:
    """Styles, heat and the ground below all; "" for the terminal's own."""
    if depth == "full":
        return FULL[theme], HEAT[theme], GROUNDS[theme]
    if depth == "sixteen":
        return SIXTEEN[theme], HEAT_SIXTEEN[theme], ""
    return NONE, HEAT_NONE, ""


def page(palette: Palette, dark: bool) -> tuple[str, str]:
    """Letters and ground of a picture as `#rrggbb`; where they are the terminal's own, those of a theme like it."""
    text = palette["text"]
    if text.color is not None and text.color.triplet and text.bgcolor is not None and text.bgcolor.triplet:
        return text.color.triplet.hex, text.bgcolor.triplet.hex
    likely = "dark" if dark else "light"
    return FULL[likely]["text"], GROUNDS[likely]


def screen_theme(theme: str, depth: Depth) -> "Theme":
    """The colours of the widgets that aren't ours: the palette and the input line. Native colours below 256."""
    from textual.theme import BUILTIN_THEMES, Theme  # so that the doctor can ask for colours without a screen

    if _told(theme, depth) != "full":
        return BUILTIN_THEMES["ansi-light" if theme == "light" else "ansi-dark"]
    colours = {name: style.rsplit(" ", 1)[-1] for name, style in FULL[theme].items()}
    ground = GROUNDS[theme]
    return Theme(
        name=f"liqtop-{theme}",
        primary=colours["short"],
        accent=colours["accent"],
        foreground=colours["text"],
        background=ground,
        surface=ground,
        panel=PANELS[theme],
        warning=colours["warn"],
        error=colours["fail"],
        success=colours["pass"],
        dark=theme != "light",
    )
