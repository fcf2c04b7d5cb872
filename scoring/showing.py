"""The pictures of a market: each taken anew, or eased by the last one of the same coin where that is of this second."""

from collections.abc import Mapping
from dataclasses import replace

from feeds.events import StatusEvent, Traffic
from scoring.around import Around, Shown
from scoring.coin import CoinState
from scoring.feed import Feeds
from scoring.health import Healths
from scoring.overview import Overview
from scoring.picture import picture, refreshed, unseen
from scoring.settings import ScoringSettings
from scoring.tally import Tally
from scoring.unwatched import Unwatched
from scoring.view import MarketView
from scoring.window import WINDOWS

EASED_MS = 1000
"""How old the parts of an eased picture may be that count in seconds: checklist, cascade, feeds, totals."""


class Showing:
    """Shows what a market folded: its feeds, its tally, its coins' times away. `venues`: those watched, None: all."""

    def __init__(self, settings: ScoringSettings, feeds: Feeds, tally: Tally, unwatched: Unwatched) -> None:
        self.venues: frozenset[str] | None = None
        self._settings = settings
        self._feeds = feeds
        self._tally = tally
        self._unwatched = unwatched
        self._overview = Overview(settings)
        self._healths = Healths(settings.health)
        self._taken: dict[tuple[str, int], MarketView] = {}

    def judge_by(self, settings: ScoringSettings) -> None:
        """Judge by these settings from now on."""
        self._settings, self._overview = settings, Overview(settings)
        self.forget()

    def forget(self) -> None:
        """Ease nothing by what was taken so far."""
        self._taken.clear()

    def note(self, event: StatusEvent) -> None:
        """Something happened to a stream, which shows at once. How many bytes came may wait for a second."""
        self._healths.stale = True
        if not isinstance(event, Traffic):
            self.forget()

    def view(self, coin: str, shown: Shown, coins: Mapping[str, CoinState], now_ms: int) -> MarketView:
        """The picture of one of the coins. Raises `ValueError` where the window is not one of `WINDOWS`."""
        if shown.window not in WINDOWS:
            raise ValueError(f"window: expected one of {WINDOWS} minutes, found {shown.window}")
        around = self._around(coins, now_ms)
        around = replace(around, coins=self._overview.lines(coins, shown.window, around))
        state = coins.get(coin)
        view = unseen(coin, shown.window, around) if state is None else picture(state, shown, around, self._settings)
        view = replace(view, venues=tuple(item for item in view.venues if self._watches(item.venue)))
        self._taken = {key: one for key, one in self._taken.items() if _eases(one, now_ms)}
        self._taken[coin, shown.window] = view
        return view

    def eased(self, coin: str, shown: Shown, coins: Mapping[str, CoinState], now_ms: int) -> MarketView:
        """The same for a fraction of the work: what counts in seconds may be up to `EASED_MS` old, the rest is of now.

        Price, change, ladder, clusters, map and tape are of now. Raises as `view` does.
        """
        last, state = self._taken.get((coin, shown.window)), coins.get(coin)
        if last is None or state is None or not _eases(last, now_ms):
            return self.view(coin, shown, coins, now_ms)
        around = Around(now_ms, (), None, (), (), self._tally.counts(self._feeds), self._feeds, None)
        return refreshed(last, state, shown, around, self._settings)

    def _around(self, coins: Mapping[str, CoinState], now_ms: int) -> Around:
        feeds = self._feeds
        return Around(
            at_ms=now_ms,
            liquidation_feeds=[
                feed for feed in feeds.of_liquidations() if feed.liquidations or self._watches(feed.venue)
            ],
            blind=feeds.blind(),
            feeds=tuple(row for row in self._healths.rows(feeds, now_ms) if self._watches(row.venue)),
            coins=(),
            counts=self._tally.counts(feeds),
            all_feeds=feeds,
            bitcoin=coins.get("BTC"),
            unwatched=self._unwatched,
        )

    def _watches(self, venue: str) -> bool:
        return self.venues is None or venue in self.venues


def _eases(view: MarketView, now_ms: int) -> bool:
    return 0 <= now_ms - view.at_ms < EASED_MS
