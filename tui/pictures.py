"""The pictures that a session shows: taken anew with each frame, or held while the reader pauses."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from scoring.market import Market
from scoring.view import EMPTY, Lens, MarketView, Preset, Reading
from tui.controls import Controls

_Asked = tuple[str, int, int, Lens, Preset]
"""What a picture is of: coin, window, zoom, lens and mix of leverage."""


class Pictures:
    """The latest picture of the coin that is shown, and of the one beside it. `told`: adds what no market knows."""

    def __init__(self, told: Callable[[MarketView], MarketView]) -> None:
        self._told = told
        self._view = EMPTY
        self._of: _Asked | None = None
        self._second: tuple[_Asked, MarketView] | None = None

    def forget(self) -> None:
        """Hold nothing: what is shown next is another market, or judged otherwise."""
        self._of = self._second = None

    def main(self, market: Market, controls: Controls, held: bool, *, eased: bool) -> MarketView:
        """The picture for these controls; one that is held is of its own moment, until it has to be of something else.

        Whatever is held beside it is of the same moment.
        """
        asked, beside = _asked(controls), _beside(controls)
        there = beside is None or (self._second is not None and self._second[0] == beside)
        if not held or not there or asked != self._of:
            self._view, self._of = self._taken(market, asked, eased), asked
            self._second = (beside, self._taken(market, beside, eased)) if held and beside is not None else None
        return self._view

    def second(self, market: Market, controls: Controls, *, eased: bool) -> MarketView | None:
        """The same of the coin beside it, at the automatic step; None where there is none."""
        if (beside := _beside(controls)) is None:
            return None
        if self._second is None or self._second[0] != beside:
            self._second = beside, self._taken(market, beside, eased)
        return self._second[1]

    def before(self, market: Market, controls: Controls) -> MarketView:
        """The picture of the moment before, while another one is led in to."""
        asked = _asked(controls)
        if asked != self._of:
            self._view, self._of = self._taken(market, asked, False), asked
        return self._view

    def _taken(self, market: Market, asked: _Asked, eased: bool) -> MarketView:
        return self._told((market.eased_view if eased else market.view)(*asked))


def _asked(controls: Controls) -> _Asked:
    return controls.coin, controls.window_minutes, controls.zoom, controls.lens, controls.preset


def _beside(controls: Controls) -> _Asked | None:
    return (controls.beside, controls.window_minutes, 0, controls.lens, controls.preset) if controls.beside else None


def with_unlisted(view: MarketView, unlisted: Mapping[str, str]) -> MarketView:
    """The view with what was found out about coins that nobody lists: `unlisted` says why, by coin."""
    if not unlisted:
        return view
    coins = tuple(replace(item, alert="not listed") if item.coin in unlisted else item for item in view.coins)
    if view.coin in unlisted and view.price.value is None:
        view = replace(view, price=Reading(reason=unlisted[view.coin]))
    return replace(view, coins=coins)
