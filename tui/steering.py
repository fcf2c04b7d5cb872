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


def next_pane(by: int) -> Steer:
    """Move the focus `by` panes on, around the end; from a screen back to the pane before."""

    def steer(controls: Controls, _: Sequence[str]) -> Controls:
        if controls.focus in SCREENS:
            return focus(controls.home, controls)
        return focus(PANES[(PANES.index(controls.focus) + by) % len(PANES)], controls)

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
    """Show the next of the watched coins, around the end."""

    def steer(controls: Controls, coins: Sequence[str]) -> Controls:
        if not coins:
            return controls
        at = coins.index(controls.coin) if controls.coin in coins else -by
        return show_coin(coins[(at + by) % len(coins)], controls)

    return steer


def show_coin(coin: str, controls: Controls) -> Controls:
    """Show a coin, its ladder at the automatic step around the price."""
    if coin == controls.coin:
        return controls
    scroll = controls.scroll if controls.focus == "overview" else 0
    return replace(controls, coin=coin, scroll=scroll, zoom=0)


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
    """Arrange the panes the next way."""
    at = layouts.index(controls.layout) if controls.layout in layouts else -1
    return replace(controls, layout=layouts[(at + 1) % len(layouts)], maximised=False)


def split(controls: Controls, coins: Sequence[str]) -> Controls:
    """Show the next coin beside this one, or this one alone again."""
    others = [coin for coin in coins if coin != controls.coin]
    return replace(controls, beside="" if controls.beside or not others else others[0])


def swap(controls: Controls, _: Sequence[str]) -> Controls:
    """Let the two coins change places: the keys go to the one at the left."""
    return replace(controls, coin=controls.beside or controls.coin, beside=controls.coin if controls.beside else "")
