"""What keys do to the controls: each function makes the controls after a key from those before it."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from scoring.window import WINDOWS
from tui.controls import LENSES, PANES, PRESETS, SCREENS, SORTS, UNITS, Controls

Steer = Callable[[Controls, Sequence[str]], Controls]
"""The controls after a key, from those before it and the watched coins."""

FINEST = 6
"""How many steps finer or coarser than the automatic one the ladder can be."""
PAGE = 10
"""Rows of a page up or down."""
FAR = 1_000_000
"""Further than any pane scrolls: the end."""
SECOND = "second_"
"""Begins the names of the panes of the coin beside the first."""


def next_pane(by: int) -> Steer:
    """Move the focus to the next pane on the screen (`by` 1), or the one before (-1), around the end.

    From a screen it goes back to the pane before, and where one pane is maximised to any other.
    """

    def steer(controls: Controls, _: Sequence[str]) -> Controls:
        if controls.focus in SCREENS:
            return focus(controls.home, controls)
        seen = PANES if controls.maximised else tuple(one for one in PANES if one in controls.shown)
        places = [PANES.index(one) for one in seen or PANES]
        at, count = PANES.index(controls.focus), len(PANES)
        return focus(PANES[min(places, key=lambda place: ((place - at) * by - 1) % count)], controls)

    return steer


def focus(pane: str, controls: Controls) -> Controls:
    """The focus goes to a pane or a screen, which starts unscrolled."""
    if pane == controls.focus:
        return controls
    home = controls.focus if pane in SCREENS and controls.focus in PANES else controls.home
    return replace(controls, focus=pane, home=home, scroll=0)


def toggle(screen: str) -> Steer:
    """Show a screen, or the panes again where it is shown."""
    return lambda controls, _: focus(controls.home if controls.focus == screen else screen, controls)


def next_sort(controls: Controls, _: Sequence[str]) -> Controls:
    """Sort the overview by the next of its columns, and show it."""
    if controls.focus != "overview":
        return focus("overview", controls)
    at = SORTS.index(controls.sort) if controls.sort in SORTS else -1
    return replace(controls, sort=SORTS[(at + 1) % len(SORTS)], scroll=0)


def next_coin(by: int) -> Steer:
    """Show the next of the watched coins, around the end; not the one that is beside it."""

    def steer(controls: Controls, coins: Sequence[str]) -> Controls:
        others = [coin for coin in coins if coin != controls.beside or not is_split(controls)]
        if not others:
            return controls
        at = others.index(controls.coin) if controls.coin in others else -by
        return show_coin(others[(at + by) % len(others)], controls)

    return steer


def is_split(controls: Controls) -> bool:
    """Whether two coins are on the screen: the terminal may be too narrow for the second."""
    return bool(controls.beside) and any(name.startswith(SECOND) for name in controls.shown)


def show_coin(coin: str, controls: Controls) -> Controls:
    """Show a coin, its ladder at the automatic step around the price; with the one beside it, it changes places."""
    if coin == controls.coin:
        return controls
    scroll = controls.scroll if controls.focus == "overview" else 0
    beside = controls.coin if coin == controls.beside else controls.beside
    return replace(controls, coin=coin, beside=beside, scroll=scroll, zoom=0)


def next_window(by: int) -> Steer:
    """Take the next longer or shorter window, stopping at the last."""

    def steer(controls: Controls, _: Sequence[str]) -> Controls:
        at = WINDOWS.index(controls.window_minutes) if controls.window_minutes in WINDOWS else 0
        return replace(controls, window_minutes=WINDOWS[min(max(at + by, 0), len(WINDOWS) - 1)])

    return steer


def zoom(by: int) -> Steer:
    """Make the ladder's rows finer or coarser, around the price again."""
    return lambda controls, _: replace(controls, zoom=min(max(controls.zoom + by, -FINEST), FINEST), scroll=0)


def scroll(by: int) -> Steer:
    """Move the focused pane's rows; only the ladder goes above its first."""

    def steer(controls: Controls, _: Sequence[str]) -> Controls:
        least = -FAR if controls.focus == "ladder" else 0
        return replace(controls, scroll=min(max(controls.scroll + by, least), FAR))

    return steer


def next_lens(controls: Controls, _: Sequence[str]) -> Controls:
    """Let the estimated map look further back, or least far after the furthest."""
    return replace(controls, lens=LENSES[(LENSES.index(controls.lens) + 1) % len(LENSES)])


def next_preset(controls: Controls, _: Sequence[str]) -> Controls:
    """Assume another mix of leverage."""
    return replace(controls, preset=PRESETS[(PRESETS.index(controls.preset) + 1) % len(PRESETS)])


def next_units(controls: Controls, _: Sequence[str]) -> Controls:
    """Write estimates in another unit."""
    return replace(controls, units=UNITS[(UNITS.index(controls.units) + 1) % len(UNITS)])


def next_layout(controls: Controls, layouts: Sequence[str]) -> Controls:
    """Arrange the panes of the coin the next way."""
    at = layouts.index(controls.layout) if controls.layout in layouts else -1
    focused = controls.home if controls.focus in SCREENS else controls.focus
    return replace(focus(focused, controls), layout=layouts[(at + 1) % len(layouts)], maximised=False, beside="")


def split(controls: Controls, coins: Sequence[str]) -> Controls:
    """Show the next coin of the list beside this one, or this one alone again."""
    at = coins.index(controls.coin) if controls.coin in coins else -1
    others = [coin for coin in (*coins[at + 1 :], *coins[: max(at, 0)]) if coin != controls.coin]
    if controls.beside or not others:
        return replace(controls, beside="")
    return replace(controls, beside=others[0], maximised=False)


def swap(controls: Controls, _: Sequence[str]) -> Controls:
    """Let the two coins change places: the keys go to the one at the left."""
    return show_coin(controls.beside, controls) if controls.beside else controls


def paired(controls: Controls, coins: Sequence[str]) -> Controls:
    """The controls without a second coin that is the first one too, or is no longer watched."""
    lost = controls.beside == controls.coin or controls.beside not in coins
    return replace(controls, beside="") if controls.beside and lost else controls


def maximise(controls: Controls, coins: Sequence[str]) -> Controls:
    """Give the focused pane the whole screen, or take it back; one without a place beside others gives way to them."""
    if controls.maximised and controls.focus in PANES and controls.focus not in controls.shown:
        return back(controls, coins)
    return replace(controls, maximised=not controls.maximised)


def back(controls: Controls, _: Sequence[str]) -> Controls:
    """Leave a screen for the pane it came from, or a pane that has the whole screen for the others."""
    seen = [one for one in PANES if one in controls.shown]
    if controls.focus in SCREENS or controls.home in seen or not seen:
        return replace(focus(controls.home, controls), maximised=False)
    return replace(focus(seen[0], controls), maximised=False)
