"""Which price a coin is shown at, where it comes from, how old it is, and how it changed."""

from collections import deque
from collections.abc import Iterator

from feeds.events import Funding, Liquidation, MarkPrice, OpenInterest, Trade
from scoring.moment import clock
from scoring.settings import PriceSettings
from scoring.view import Change, Reading
from scoring.window import MINUTE_MS

DAY_MS = 86_400_000
_NO_PRICE = Reading(reason="no price yet")
_Told = MarkPrice | Funding | OpenInterest


def supersedes(event: _Told, known: _Told | None, stale_ms: float) -> bool:
    """Whether a venue's event stands for the coin: one symbol keeps that role, one in USDT before all others."""
    if known is None or event.symbol == known.symbol:
        return True
    if "USDT" in event.symbol and "USDT" not in known.symbol:
        return True
    return event.received_ms - known.received_ms > stale_ms


class Prices:
    """One coin's prices on perpetuals. Liquidation prices aren't market prices and serve only where nothing else is.

    `latest` is the last market price of any kind, to tell a plausible liquidation from a stray one.
    """

    __slots__ = ("_history", "_recalled", "_settings", "_stale_ms", "latest", "liquidation", "marks", "trade")

    def __init__(self, settings: PriceSettings) -> None:
        self._settings = settings
        self._stale_ms = round(settings.stale_seconds * 1000)
        self.marks: dict[str, MarkPrice] = {}
        self.latest: float | None = None
        self.trade: Trade | None = None
        self.liquidation: Liquidation | None = None
        self._history: deque[tuple[int, float]] = deque(maxlen=DAY_MS // MINUTE_MS)
        self._recalled = ""

    def take_mark(self, event: MarkPrice) -> None:
        """Take a venue's mark price."""
        if supersedes(event, self.marks.get(event.venue), self._stale_ms):
            self.marks[event.venue] = event
            self.latest = event.mark
            if not self._history:
                self._history.append((event.at_ms, event.mark))

    def take_trade(self, event: Trade) -> None:
        """Take a trade on a perpetual; one that is older than the last changes nothing."""
        if self.trade is None or event.at_ms >= self.trade.at_ms:
            self.trade = event
            self.latest = event.price
            if not self._history:
                self._history.append((event.at_ms, event.price))

    def recall(self, venue: str, at_ms: int, price: float) -> None:
        """Remember a price of an earlier run, in order of time; of several at a time that of the first venue counts."""
        history, known = self._history, self._recalled
        if history and at_ms <= history[-1][0]:
            if at_ms < history[-1][0] or not known or self._place(venue) >= self._place(known):
                return
            history.pop()
        history.append((at_ms, price))
        self._recalled = venue
        if self.trade is None and not self.marks:
            self.latest = price

    def _place(self, venue: str) -> int:
        venues = self._settings.venues
        return venues.index(venue) if venue in venues else len(venues)

    def _ordered(self, first: str) -> Iterator[MarkPrice | Trade]:
        preferred = (first, *self._settings.venues) if first else self._settings.venues
        for venue in preferred:
            if venue in self.marks:
                yield self.marks[venue]
        for venue, mark in self.marks.items():
            if venue not in preferred:
                yield mark
        if self.trade is not None:
            yield self.trade

    def reading(self, now_ms: int, first: str = "") -> Reading:
        """The price now, of the venue `first` where it has a fresh one.

        A stale one keeps its value and says since when; only then is `reason` set beside a value.
        """
        oldest = now_ms - self._stale_ms
        best: MarkPrice | Trade | None = None
        for event in self._ordered(first):
            if event.received_ms >= oldest:
                return self._reading(event, "")
            if best is None or event.received_ms > best.received_ms:
                best = event
        if best is not None:
            return self._reading(best, f"stale since {clock(best.received_ms)}")
        if self.liquidation is not None:
            return self._reading(self.liquidation, "only liquidations seen")
        return _NO_PRICE

    def leader(self, now_ms: int) -> str:
        """The venue whose mark price is the coin's at the moment, "" where none is fresh."""
        oldest = now_ms - self._stale_ms
        fresh = (event for event in self._ordered("") if event.received_ms >= oldest)
        return next((event.venue for event in fresh if isinstance(event, MarkPrice)), "")

    def _reading(self, event: MarkPrice | Trade | Liquidation, reason: str) -> Reading:
        if isinstance(event, MarkPrice):
            price, source = event.mark, f"{event.venue} mark price"
        elif isinstance(event, Trade):
            price, source = event.price, f"{event.venue} trade"
        else:
            price, source = event.price, "liquidation price"
        return Reading(price, source, event.at_ms, reason, event.received_ms + self._stale_ms)

    def turn_minute(self, now_ms: int) -> None:
        """Remember the price of the minute that ends, if there was one."""
        reading = self.reading(now_ms)
        if reading.value is None or reading.at_ms is None or not self._history:
            return
        if reading.at_ms > self._history[-1][0]:
            self._history.append((reading.at_ms, reading.value))

    def change(self, reading: Reading) -> Change | None:
        """The change from the price 24 h before, or the earliest seen, to a reading; None without two market prices."""
        history = self._history
        if reading.value is None or reading.at_ms is None or not history:
            return None
        while len(history) > 1 and history[0][0] < reading.at_ms - DAY_MS:
            history.popleft()
        at_ms, price = history[0]
        if not reading.at_ms - DAY_MS <= at_ms < reading.at_ms:
            return None
        return Change(reading.value / price - 1.0, reading.at_ms - at_ms)
