"""The state of the whole market: folds events, moves its clock, and shows one coin at one moment."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, get_args

from feeds.events import (
    AnyEvent,
    Funding,
    Liquidation,
    MarkPrice,
    Recall,
    StatusEvent,
    Stored,
    Trade,
    Undecodable,
)
from scoring.around import Shown
from scoring.cascades.clock import CascadeClock
from scoring.coin import CoinState
from scoring.estimates import Estimates
from scoring.feed import Feed, Feeds
from scoring.funding import is_settled
from scoring.recall import recall
from scoring.record.hits import HitRecord
from scoring.reports import Report
from scoring.sanity.doubts import DOUBTED
from scoring.sanity.watch import SanityWatch
from scoring.settings import ScoringSettings
from scoring.showing import Showing
from scoring.tally import Tally
from scoring.totals import window_total
from scoring.unwatched import Unwatched, disconnect
from scoring.view import Lens, MarketView, Preset, WindowTotal
from scoring.view.cascades import StateName
from scoring.window import MINUTE_MS


class Market:
    """All coins' markets. Time comes from the events' receive times and `advance`, and never goes backwards.

    Where `coins` are named only those are folded; events of others are evidence of a feed's life and are counted.
    """

    def __init__(self, settings: ScoringSettings, coins: Sequence[str] = ()) -> None:
        self._settings = settings
        self._open = not coins
        self._coins = {coin: CoinState(coin, settings) for coin in coins}
        self._unwatched = Unwatched()
        self._feeds = Feeds(settings.health)
        self._feed: Feed | None = None
        self._estimates = Estimates(settings)
        self._cascades = CascadeClock(settings)
        self._sanity = SanityWatch(settings.sanity)
        self._tally = Tally()
        self._showing = Showing(settings, self._feeds, self._tally, self._unwatched)
        self._now_ms = 0
        self._minute_ends_ms = 0
        self.recalling = False
        """Whether the past is being told, so that sums lack a part of what was seen."""
        self._handlers: dict[type, Callable[[Any], None]] = {
            Trade: self._trade,
            MarkPrice: self._mark_price,
            Liquidation: self._liquidation,
            Funding: self._funding,
            **dict.fromkeys(get_args(Report), self._report),
            **dict.fromkeys(get_args(StatusEvent), self._status),
            Stored: self._stored,
            Recall: self._recall,
        }

    @property
    def coins(self) -> tuple[str, ...]:
        """The coins that are folded, in the order they were named or first seen."""
        return tuple(self._coins)

    @property
    def now_ms(self) -> int:
        """The market's clock."""
        return self._now_ms

    def records(self) -> dict[str, HitRecord]:
        """What became of the clusters of each coin that has an estimated map."""
        return {name: coin.estimate.record for name, coin in self._coins.items() if coin.estimate is not None}

    @property
    def is_blind(self) -> bool:
        """Whether no liquidation of any coin can be seen at the moment."""
        return self._feeds.blind() is not None

    def cascade_states(self) -> dict[str, tuple[StateName, StateName]]:
        """The state of each coin's fall and of its rise."""
        return {name: coin.watch.names for name, coin in self._coins.items()}

    def judge_by(self, settings: ScoringSettings) -> None:
        """Judge by these settings from now on, and count coins by them that are new."""
        self._settings = settings
        self._showing.judge_by(settings)

    def watch(self, coins: Sequence[str], venues: Sequence[str]) -> None:
        """Fold these coins from now on, from feeds of these venues that are yet to connect.

        A coin that stays or comes back within a day keeps what was counted; the time it was away is a gap of it, as all
        the time before is of a new one.
        """
        before, now_ms = self._coins, self._now_ms
        for name in before.keys() - set(coins):
            self._unwatched.leave(before[name], now_ms)
        self._coins = {name: before.get(name) or self._join(name) for name in coins}
        self._showing.venues = frozenset(venues)
        self._showing.forget()
        disconnect(self._feeds, now_ms)

    def _join(self, name: str) -> CoinState:
        state = self._unwatched.back(name, self._now_ms) or CoinState(name, self._settings)
        state.turn_minute(self._now_ms, self._now_ms)
        return state

    def apply(self, events: Sequence[AnyEvent]) -> None:
        """Fold events in their order."""
        handlers = self._handlers
        for event in events:
            handlers[type(event)](event)

    def advance(self, now_ms: int) -> None:
        """Move the clock to `now_ms`; an earlier time changes nothing."""
        if now_ms > self._now_ms:
            self._move(now_ms)
        for feed in self._feeds:
            feed.sample()

    def _move(self, now_ms: int) -> None:
        if now_ms >= self._minute_ends_ms:
            ended_ms = self._now_ms
            self._minute_ends_ms = (now_ms // MINUTE_MS + 1) * MINUTE_MS
            for coin in self._coins.values():
                coin.turn_minute(ended_ms, now_ms)
            for feed in self._feeds:
                feed.sample()
        if now_ms >= self._sanity.due_ms:
            self._sanity.judge(self._feeds, now_ms)
        if now_ms >= self._estimates.due_ms:
            self._estimates.move(self._coins, self._feeds, now_ms)
        if now_ms >= self._cascades.due_ms:
            self._cascades.move(self._coins, self._feeds, now_ms)
        self._now_ms = now_ms

    def settle(self) -> None:
        """Finish at once what is otherwise done bit by bit: nothing more will come."""
        self._estimates.settle(self._coins, self._now_ms)

    def _enter(self, event: Trade | MarkPrice | Liquidation | Funding) -> Feed:
        """What every market event means for its feed and the clock."""
        feed = self._feed
        if feed is None or feed.venue != event.venue or feed.market != event.market:
            feed = self._feed = self._feeds.of(event.venue, event.market)
        if event.received_ms > self._now_ms:
            self._move(event.received_ms)
        if not feed.events:
            feed.imply_connected(event.received_ms)
        feed.events += 1
        return feed

    def _arrive(self, event: AnyEvent) -> None:
        """Move the clock to when an event was received."""
        if event.received_ms > self._now_ms:
            self._move(event.received_ms)

    def _coin_of(self, name: str) -> CoinState | None:
        if not self._open:
            self._tally.not_watched += 1
            return None
        if len(self._coins) >= self._settings.ladder.most_coins:
            self._tally.leave_out("too many coins")
            return None
        coin = self._coins[name] = CoinState(name, self._settings)
        coin.turn_minute(self._now_ms, self._now_ms)
        return coin

    def _trade(self, event: Trade) -> None:
        feed = self._enter(event)
        feed.timed = event
        coin = self._coins.get(event.coin) or self._coin_of(event.coin)
        if coin is None:
            return
        feed.probe(event)
        doubted = feed.doubts.open and feed.doubts.of("trades", event.coin)
        kind = DOUBTED if doubted else coin.take_trade(event, feed.number)
        if kind:
            self._tally.leave_out(kind)

    def _mark_price(self, event: MarkPrice) -> None:
        feed = self._enter(event)
        feed.timed = event
        coin = self._coins.get(event.coin) or self._coin_of(event.coin)
        if coin is None:
            return
        feed.marks[event.coin] = event
        doubted = feed.doubts.open and feed.doubts.of("mark prices", event.coin)
        kind = DOUBTED if doubted else coin.take_mark(event)
        if kind:
            self._tally.leave_out(kind)

    def _funding(self, event: Funding) -> None:
        if is_settled(event):
            self._tally.reports += 1  # a REST answer, which proves nothing of the sockets
            self._arrive(event)
        else:
            self._enter(event).other = event
        coin = self._coins.get(event.coin) or self._coin_of(event.coin)
        if coin is not None:
            coin.take_funding(event)

    def _liquidation(self, event: Liquidation) -> None:
        feed = self._enter(event)
        feed.other = event
        feed.liquidations += 1
        if feed.refusals:
            feed.refusals.disprove(event.coin, event.received_ms)
        if event.sampled:
            feed.sampling = True
        coin = self._coins.get(event.coin) or self._coin_of(event.coin)
        if coin is None:
            return
        feed.silences.note("liquidation", "", event.received_ms)
        doubted = self._sanity.take_liquidation(feed, event)
        kind = DOUBTED if doubted else coin.take_liquidation(event, feed.number, self._now_ms)
        if kind:
            self._tally.leave_out(kind)

    def _report(self, event: Report) -> None:
        self._tally.reports += 1
        self._arrive(event)
        coin = self._coins.get(event.coin) or self._coin_of(event.coin)
        if coin is not None and self._sanity.take_report(self._feeds.known(event.venue, event.market), event):
            self._tally.leave_out(DOUBTED)
        elif coin is not None:
            coin.take_report(event, self._now_ms)
            self._estimates.wake(self._now_ms)

    def _stored(self, event: Stored) -> None:
        self._arrive(event)
        recall(event.past, self._coins, self._feeds, self._unwatched, self._now_ms)

    def _recall(self, event: Recall) -> None:
        self._arrive(event)
        self.recalling = not event.over
        self._estimates.wake(self._now_ms)

    def _status(self, event: StatusEvent) -> None:
        self._arrive(event)
        self._feeds.note(event)
        self._showing.note(event)
        if isinstance(event, Undecodable):
            self._tally.leave_out(event.kind, f"{event.stream}: {event.reason}")

    def view(
        self,
        coin: str,
        window_minutes: int = 240,
        zoom: int = 0,
        lens: Lens | None = None,
        preset: Preset | None = None,
    ) -> MarketView:
        """The picture of one coin now. `lens` and `preset` of the estimated map: None for the settings'.

        Raises `ValueError` where the window is not one of `WINDOWS`.
        """
        self._estimates.shown = coin
        return self._showing.view(coin, Shown(window_minutes, zoom, lens, preset), self._coins, self._now_ms)

    def eased_view(self, coin: str, window_minutes: int, zoom: int, lens: Lens, preset: Preset) -> MarketView:
        """The same for a fraction of the work: what counts in seconds may be a second old. Raises as `view` does."""
        self._estimates.shown = coin
        return self._showing.eased(coin, Shown(window_minutes, zoom, lens, preset), self._coins, self._now_ms)

    def totals(self, window_minutes: int) -> WindowTotal:
        """One window's totals over all coins. Raises `ValueError` where the window is not one of `WINDOWS`."""
        sums: Counter[int] = Counter()
        for coin in self._coins.values():
            sums.update(coin.venues.sums(window_minutes))
        first_ms = (self._now_ms // MINUTE_MS - window_minutes + 1) * MINUTE_MS
        return window_total(window_minutes, sums, self._feeds.of_liquidations(), first_ms, self._now_ms)
