"""Themes: every style in every depth, readable, told apart by the colour-blind, and without colours by what else."""

from itertools import pairwise

import pytest
from rich.color import Color

from tests.tui.colours import VISIONS, background, contrast, distance, foreground, in_256, luminance
from tests.tui.opened import opened
from tui.exporting import drawing
from tui.looks.full import FULL
from tui.settings import DisplaySettings
from tui.theme import THEMES, Depth, Palette, colour_depth, page, palette, screen_theme
from tui.views.row import STYLES

TEXT, LARGE, HIGH = 4.5, 3.0, 7.0
"""Least contrast of WCAG 2: of text (1.4.3), of what is large or only a line (1.4.11), and enhanced (1.4.6)."""
FAINT = ("old", "rule")
APART = 20.0
"""Least distance in CIELAB of what must not be mixed up: about nine just noticeable differences."""
DRIFT = 28.0
"""How far a colour may move in the downgrade to 256: it still goes by the same name."""
PAIRS = (("long", "short"), ("up", "down"), ("pass", "warn"), ("pass", "fail"), ("warn", "fail"))
HEAT = tuple(f"heat{level}" for level in range(10))
BLOCKS = ("price_row", "selected", "pointed", "alarm", "live", "replay", "demo", "paused", *HEAT)
"""What stands out by its ground."""


def least(theme: str, name: str) -> float:
    if name == "rule" or (name in FAINT and theme != "contrast"):
        return LARGE
    return TEXT if theme != "contrast" else HIGH


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", ["full", "sixteen", "none"])
def test_every_style_name_has_a_style(theme: str, depth: Depth) -> None:
    assert tuple(palette(theme, depth)) == STYLES


@pytest.mark.parametrize("theme", FULL)
@pytest.mark.parametrize("terminal", ["16 million", "256"])
def test_every_style_is_readable_on_its_ground(theme: str, terminal: str) -> None:
    poor = {}
    for name, style in palette(theme, "full").items():
        seen = foreground(style), background(style)
        ratio = contrast(*(map(in_256, seen) if terminal == "256" else seen))
        if ratio < least(theme, name):
            poor[name] = round(ratio, 2)
    assert poor == {}


@pytest.mark.parametrize("theme", FULL)
def test_words_on_the_list_of_commands_are_readable(theme: str) -> None:
    colours = screen_theme(theme, "full")
    assert contrast(Color.parse(colours.foreground or ""), Color.parse(colours.panel or "")) >= HIGH


@pytest.mark.parametrize("theme", FULL)
def test_256_colours_look_about_like_the_chosen_ones(theme: str) -> None:
    """A grey that the downgrade tints, or a dark red that turns brown, would be found here."""
    chosen = {name: colour for name, style in palette(theme, "full").items() for colour in (style.color, style.bgcolor)}
    far = {name: round(distance(one, in_256(one))) for name, one in chosen.items() if one and name not in HEAT}
    assert {name: moved for name, moved in far.items() if moved > DRIFT} == {}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", ["full", "sixteen"])
def test_heat_runs_one_way_from_dark_to_light_or_back(theme: str, depth: Depth) -> None:
    levels = [luminance(background(palette(theme, depth)[name])) for name in HEAT]
    steps = [after - before for before, after in pairwise(levels)]
    assert all(step >= 0 for step in steps) or all(step <= 0 for step in steps)
    assert len({round(level, 4) for level in levels}) == (10 if depth == "full" and theme != "terminal" else 5)


@pytest.mark.parametrize("theme", FULL)
def test_heat_keeps_its_order_in_256_colours(theme: str) -> None:
    levels = [luminance(in_256(background(palette(theme, "full")[name]))) for name in HEAT]
    assert levels in (sorted(levels), sorted(levels, reverse=True))


@pytest.mark.parametrize("theme", FULL)
def test_the_most_heat_stands_out_the_most(theme: str) -> None:
    """On a dark ground that is the lightest, on a light one the darkest."""
    styles = palette(theme, "full")
    out = [contrast(background(styles[name]), background(styles["text"])) for name in HEAT]
    assert out == sorted(out)
    assert out[0] > 1.5


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize("terminal", ["16 million", "256", "16"])
def test_the_colourblind_theme_is_told_apart_by_every_eye(pair: tuple[str, str], vision: str, terminal: str) -> None:
    styles = palette("colourblind", "sixteen" if terminal == "16" else "full")
    one, other = (foreground(styles[name]) for name in pair)
    if terminal == "256":
        one, other = in_256(one), in_256(other)
    assert distance(one, other, vision) >= APART


def test_the_simulation_finds_that_red_and_green_look_alike_to_one_in_twelve_men() -> None:
    """The dark theme's green and red would fail where the colour-blind one's colours pass."""
    styles = palette("dark", "full")
    one, other = foreground(styles["pass"]), foreground(styles["fail"])
    assert distance(one, other) > 4 * APART
    assert distance(one, other, "deutan") < APART


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", ["full", "sixteen"])
def test_red_for_rising_prices_swaps_up_and_down_and_nothing_else(theme: str, depth: Depth) -> None:
    green, red = palette(theme, depth), palette(theme, depth, "red")
    assert (red["up"], red["down"]) == (green["down"], green["up"])
    assert green["up"] != green["down"]
    assert {name for name in STYLES if red[name] != green[name]} == {"up", "down"}


@pytest.mark.parametrize("depth", ["full", "sixteen"])
def test_the_terminals_theme_leaves_ground_and_colours_to_the_terminal(depth: Depth) -> None:
    styles = palette("terminal", depth)
    assert {style.bgcolor for name, style in styles.items() if name not in BLOCKS} == {None}
    assert within_sixteen(styles)
    assert screen_theme("terminal", depth).ansi


@pytest.mark.parametrize("theme", THEMES)
def test_sixteen_colours_stay_within_sixteen(theme: str) -> None:
    assert within_sixteen(palette(theme, "sixteen"))


def within_sixteen(styles: Palette) -> bool:
    colours = [colour for style in styles.values() for colour in (style.color, style.bgcolor)]
    return all(
        colour.number is not None and colour.number < 16 for colour in colours if colour and not colour.is_default
    )


@pytest.mark.parametrize("depth", ["full", "sixteen"])
def test_high_contrast_dims_nothing(depth: Depth) -> None:
    assert not any(style.dim for style in palette("contrast", depth).values())


@pytest.mark.parametrize("theme", THEMES)
def test_without_colours_there_are_none_and_blocks_still_stand_out(theme: str) -> None:
    styles = palette(theme, "none")
    assert all(style.color is None and style.bgcolor is None for style in styles.values())
    assert all(styles[name].reverse for name in BLOCKS)
    assert [name for name in STYLES if styles[name].reverse and name not in BLOCKS] == []


def test_without_colours_weight_tells_what_matters_from_what_does_not() -> None:
    styles = palette("dark", "none")
    assert all(styles[name].bold for name in ("strong", "title", "warn", "fail", "recent", "alarm", "pointed"))
    assert all(styles[name].dim for name in ("muted", "unknown", "stale", "old", "rule", "struck"))
    assert styles["struck"].strike


@pytest.mark.parametrize(
    ("environment", "depth"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "full"),
        ({"TERM": "xterm-256color"}, "full"),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, "full"),
        ({"TERM": "tmux-256color"}, "full"),
        ({"TERM": "screen"}, "sixteen"),
        ({"TERM": "linux"}, "sixteen"),
        ({"TERM": "dumb"}, "none"),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, "none"),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "standard"}, "sixteen"),
    ],
)
def test_the_environment_decides_how_many_colours(environment: dict[str, str], depth: Depth) -> None:
    assert colour_depth(environment) == depth


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("depth", ["full", "sixteen", "none"])
def test_a_picture_has_a_ground_that_its_letters_are_readable_on(theme: str, depth: Depth) -> None:
    letters, ground = page(palette(theme, depth), screen_theme(theme, depth).dark)
    assert contrast(Color.parse(letters), Color.parse(ground)) > HIGH


@pytest.mark.anyio
async def test_red_for_rising_prices_is_obeyed_when_the_config_is_read_again() -> None:
    async with opened() as screen:
        before = dict(screen.app.style_palette)
        screen.app.dress(DisplaySettings(rising="red"))
        after = screen.app.style_palette
        assert (after["up"], after["down"]) == (before["down"], before["up"])
        screen.app.wear_next()
        assert screen.app.style_palette == palette("light", colour_depth(), "red")


@pytest.mark.anyio
async def test_the_terminals_own_colours_reach_it_as_such_and_only_in_that_theme(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with opened() as screen:
        assert screen.app.wear_next() == "light"
        assert not screen.app.native_ansi_color
        assert [screen.app.wear_next() for _ in range(3)][-1] == "terminal"
        assert screen.app.native_ansi_color
        await screen.pilot.pause()
        assert 'fill="#101014"' in drawing(screen.app)()
        screen.app.wear_next()
        assert not screen.app.native_ansi_color
