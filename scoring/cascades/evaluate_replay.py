"""A recording played through the detector as the monitor plays it: second by second, coin by coin.

Nothing is known before its time: an event counts in the second in which it was received.
"""

from array import array
from collections import deque
from collections.abc import Callable, Iterable
from math import nan

from feeds.events import (
    AnyEvent,
    Candle,
    Connected,
    Depth,
    Disconnected,
    Liquidation,
    MarkPrice,
    OpenInterest,
    Refused,
    Trade,
)
from scoring.cascades.detector import CoinCascades
from scoring.cascades.evaluate_seconds import Second, step
from scoring.cascades.surroundings import Surroundings
from scoring.price import Prices
from scoring.settings import LevelSettings, PriceSettings, VolatilitySettings
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import StateName, Transition
from scoring.volatility import SquaredReturns

_TAKER_MS = 10_000
_CANDLE_MS = 900_000
_LONGEST_SILENCE_MS = 600_000
"""Over a longer silence of the whole recording no seconds are made up."""
NO_FORCED = "no forced orders seen yet"
DOWN = "no feed of forced orders is up"


class Feeds:
    """Which exchanges' feeds are up, which of them tell forced orders, and when any of them last told a price."""

    def __init__(self, complete: Iterable[str]) -> None:
        self._complete = frozenset(complete)
        self._down: dict[str, set[str]] = {}
        self.forced: set[str] = set()
        self.lived_ms: int | None = None

    def note(self, event: Connected | Disconnected | Refused) -> None:
        """Take a change of a stream."""
        if event.market != "perp":
            return
        down = self._down.setdefault(event.venue, set())
        if isinstance(event, Connected):
            down.discard(event.stream)
        else:
            down.add(event.stream)

    def up(self, venue: str) -> bool:
        """Whether none of the exchange's streams is known to be down."""
        return not self._down.get(venue)

    def blind(self) -> str | None:
        """Why no forced order can be seen; None where one can."""
        if not self.forced:
            return NO_FORCED
        return None if any(map(self.up, self.forced)) else DOWN

    def complete(self, listed: Iterable[str]) -> bool:
        """Whether a feed of all forced orders is up among the exchanges that list a coin."""
        return any(venue in self._complete and venue in self.forced and self.up(venue) for venue in listed)


class CoinReplay:
    """One coin of a recording: its detector, its changes of state, and its price and forced USD of every second."""

    def __init__(
        self, coin: str, rules: CascadeRules, prices: PriceSettings, keep: Callable[[Second], None] | None
    ) -> None:
        self.coin = coin
        self.changes: list[Transition] = []
        self.start_ms = 0
        self.prices = array("d")
        self.interest: list[tuple[int, str, float]] = []
        self.events = {"forced": 0, "interest": 0, "depth": 0}
        self._cascades = CoinCascades(coin, rules, LevelSettings())
        self._known = Prices(prices)
        self._second = Second(0)
        self._venues: set[str] = set()
        self._returns = SquaredReturns(_CANDLE_MS, VolatilitySettings())
        self._candles = ""
        self._taken: deque[tuple[int, float]] = deque()
        self._taken_usd = 0.0
        self._keep = keep

    def take(self, event: AnyEvent) -> None:
        """Take an event of the running second."""
        if event.market == "perp":
            self._venues.add(event.venue)
        if isinstance(event, Trade):
            if event.market == "perp":
                self._known.take_trade(event)
                usd = event.notional_usd if event.taker == "buy" else -event.notional_usd
                self._taken.append((event.received_ms, usd))
                self._taken_usd += usd
        elif isinstance(event, MarkPrice):
            self._known.take_mark(event)
        elif isinstance(event, Candle):
            self._take_candle(event)
        elif isinstance(event, Liquidation):
            self._second.forced.append(event)
            self.events["forced"] += 1
        elif isinstance(event, OpenInterest):
            self._take_interest(event)
        elif isinstance(event, Depth) and event.market == "perp" and event.band_percent == 1.0:
            self._second.depth.append((event.venue, event.received_ms, event.bid_usd, event.ask_usd))
            self.events["depth"] += 1

    def _take_candle(self, event: Candle) -> None:
        """Begin with the usual volatility of the first exchange's candles of 15 min."""
        if event.interval == "15m" and event.closed and (self._candles or event.venue) == event.venue:
            self._candles = event.venue
            self._returns.add(event.open, event.close, event.at_ms)
            self._cascades.seed_volatility(self._returns.daily)

    def _take_interest(self, event: OpenInterest) -> None:
        price = self._known.latest
        coins = event.coins
        if coins is None and event.notional_usd is not None and price:
            coins = event.notional_usd / price
        if coins and event.at_ms >= event.received_ms - 600_000:
            self._second.interest.append((event.venue, event.at_ms, coins))
            self.interest.append((event.at_ms, event.venue, coins))
            self.events["interest"] += 1

    def end(self, at_ms: int, feeds: Feeds) -> None:
        """End the running second."""
        while self._taken and self._taken[0][0] < at_ms - _TAKER_MS:
            self._taken_usd -= self._taken.popleft()[1]
        reading = self._known.reading(at_ms)
        second, self._second = self._second, Second(0)
        second.at_ms = at_ms
        second.around = Surroundings(
            price=None if reading.reason else reading.value,
            trades_at_ms=feeds.lived_ms,
            blind=feeds.blind(),
            complete=feeds.complete(self._venues),
            taker_usd=self._taken_usd,
        )
        self.changes += step(self._cascades, second)
        if self._known.latest is not None:
            self.start_ms = self.start_ms or at_ms
            self.prices.append(self._known.latest)
        if self._keep is not None:
            self._keep(second)

    def skip(self, seconds: int) -> None:
        """Seconds of which nothing is recorded: their prices are not a number."""
        if self.prices:
            self.prices.extend([nan] * seconds)

    def blind_seconds(self) -> float:
        """For how long neither direction could be told: the time in which the fall's state was blind."""
        blind, since = 0, self.start_ms
        state: StateName = "blind"
        for change in (one for one in self.changes if one.direction == "down"):
            if state == "blind":
                blind += change.at_ms - since
            state, since = change.after, change.at_ms
        end_ms = self.start_ms + 1000 * len(self.prices)
        return max(0, blind + (end_ms - since if state == "blind" else 0)) / 1000


class Replay:
    """All coins of one recording. Events must come in the order of receipt."""

    def __init__(
        self, rules: CascadeRules, prices: PriceSettings, complete: Iterable[str],
        keep: Callable[[str, Second], None] | None = None,
    ) -> None:  # fmt: skip
        self.coins: dict[str, CoinReplay] = {}
        self._feeds = Feeds(complete)
        self._rules = rules
        self._prices = prices
        self._keep = keep
        self._end_ms = 0

    def take(self, event: AnyEvent) -> None:
        """Take the next event."""
        if event.received_ms > self._end_ms + 1_000:
            self._turn(event.received_ms)
        if isinstance(event, Connected | Disconnected | Refused):
            self._feeds.note(event)
            return
        if event.coin is None:
            return
        if isinstance(event, Trade | MarkPrice):
            if event.market == "perp":
                self._feeds.lived_ms = event.received_ms
        elif isinstance(event, Liquidation):
            self._feeds.forced.add(event.venue)
        coin = self.coins.get(event.coin)
        if coin is None:
            coin = self.coins[event.coin] = CoinReplay(event.coin, self._rules, self._prices, self._kept(event.coin))
        coin.take(event)

    def _kept(self, coin: str) -> Callable[[Second], None] | None:
        keep = self._keep
        return None if keep is None else lambda second: keep(coin, second)

    def _turn(self, received_ms: int) -> None:
        """End all seconds before that of an event."""
        last_ms = received_ms // 1000 * 1000 - 1
        if not self._end_ms:
            self._end_ms = last_ms
        silent = last_ms - self._end_ms > _LONGEST_SILENCE_MS
        while self._end_ms < last_ms:
            self._end_ms += 1000
            for coin in self.coins.values():
                coin.end(self._end_ms, self._feeds)
            if silent:
                for coin in self.coins.values():
                    coin.skip((last_ms - self._end_ms) // 1000)
                self._end_ms = last_ms

    def finish(self) -> None:
        """End the last second."""
        self._turn(self._end_ms + 2_000)
