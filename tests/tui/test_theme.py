"""Themes: every style name has a style, and what remains without colours still tells things apart."""

import pytest

from tui.theme import THEMES, Depth, colour_depth, palette
from tui.views.row import STYLES


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", ["full", "sixteen", "none"])
def test_every_style_name_has_a_style(theme: str, depth: Depth) -> None:
    assert tuple(palette(theme, depth)) == STYLES


@pytest.mark.parametrize(
    ("environment", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "full"),
        ({"TERM": "xterm-256color"}, "full"),
        ({"TERM": "screen"}, "sixteen"),
        ({"TERM": "linux"}, "sixteen"),
        ({"TERM": "dumb"}, "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "none"),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "standard"}, "sixteen"),
    ],
)
def test_the_environment_decides_how_many_colours(environment: dict[str, str], depth: Depth) -> None:
    assert colour_depth(environment) == depth


def test_without_colours_there_are_none_and_bars_and_badges_still_stand_out() -> None:
    styles = palette("dark", "none")
    assert all(style.color is None and style.bgcolor is None for style in styles.values())
    assert all(styles[name].reverse for name in ("heat0", "heat9", "price_row", "live", "paused"))


def test_sixteen_colours_stay_within_sixteen() -> None:
    colours = [colour for style in palette("dark", "sixteen").values() for colour in (style.color, style.bgcolor)]
    assert all(
        colour.number is not None and colour.number < 16 for colour in colours if colour and not colour.is_default
    )
