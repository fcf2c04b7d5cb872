"""What a coin's course is drawn from: price, flow, liquidations and funding gathered in slots of time as they come."""

from collections import defaultdict
from statistics import median

from feeds.events import Bar, Funding
from scoring.slots import Slots
from scoring.window import MINUTE_MS, WINDOWS

FINE_MS = 5_000
"""Slots of the short windows are made of these."""
_FINE_KEPT = 720
"""An hour of them: the longest window that is drawn finer than by minutes."""
_HOUR_MS = 3_600_000


class Timeline:
    """One coin's last day by the minute and last hour by 5 s. `since_ms`: where the running fine slot begins.

    `last`, `low`, `high`: the price in it so far, `last` None where none was seen; `spot` and `perp`: what takers
    bought less sold, `forced`: longs and shorts that were liquidated, millionths of a USD. `born_ms`: from when on it
    was gathered live; what is known of the time before was stored. Nothing is kept until something is told.
    """

    __slots__ = (
        "_hours", "_places", "_slots", "born_ms", "forced", "high", "last", "low", "now_ms", "perp", "since_ms",
        "spot", "venues",
    )  # fmt: skip

    def __init__(self, venues: tuple[str, ...] = ()) -> None:
        """`venues`: whose stored price counts, first to last."""
        self.since_ms = 0
        self.now_ms = 0
        self.born_ms = 0
        self.last: float | None = None
        self.low = self.high = 0.0
        self.spot = 0
        self.perp = 0
        self.forced = [0, 0]
        self.venues = venues
        self._slots: tuple[Slots, Slots] | None = None
        self._places: dict[int, int] = {}
        self._hours: dict[int, dict[str, float]] = defaultdict(dict)

    @property
    def slots(self) -> tuple[Slots, Slots]:
        """The fine slots and the minutes."""
        if self._slots is None:
            fine, minute = self.since_ms // FINE_MS, self.since_ms // MINUTE_MS
            self._slots = Slots(FINE_MS, _FINE_KEPT, fine), Slots(MINUTE_MS, WINDOWS[-1], minute)
        return self._slots

    @property
    def known(self) -> bool:
        """Whether anything was told."""
        return self._slots is not None or self.last is not None or bool(self.spot or self.perp or any(self.forced))

    def begin(self, now_ms: int) -> None:
        """The first moment; later calls change nothing."""
        if not self.since_ms:
            self.now_ms, self.since_ms = now_ms, now_ms // FINE_MS * FINE_MS
            self.born_ms = now_ms

    def step(self, now_ms: int, price: float | None) -> bool:
        """Look at the price, once a second; True where a minute has just ended."""
        self.now_ms = now_ms
        ended = False
        if now_ms >= self.since_ms + FINE_MS:
            ended = now_ms // MINUTE_MS - self.since_ms // MINUTE_MS == 1
            if self._slots is not None or self.known:
                self._settle(now_ms)
            self.since_ms = now_ms // FINE_MS * FINE_MS
        if price is not None:
            if self.last is None:
                self.low = self.high = price
            elif price < self.low:
                self.low = price
            elif price > self.high:
                self.high = price
            self.last = price
        return ended

    def _settle(self, now_ms: int) -> None:
        """Put what came in the running slot in its place, and move on."""
        price = None if self.last is None else (self.last, self.low, self.high)
        long, short = self.forced
        for slots in self._slots or self.slots:
            slots.settle(price, self.spot, self.perp)
            if long or short:
                slots.add_forced(self.since_ms, 0, long)
                slots.add_forced(self.since_ms, 1, short)
            slots.turn(now_ms // slots.step_ms)
        self.last = None
        self.spot = self.perp = self.forced[0] = self.forced[1] = 0

    def take_trade(self, at_ms: int, is_perp: bool, amount: int) -> None:
        """A trade: `amount` in millionths of a USD, what takers bought is positive."""
        if at_ms < self.since_ms:
            for slots in self.slots:
                slots.add_flow(at_ms, is_perp, amount)
        elif is_perp:
            self.perp += amount
        else:
            self.spot += amount

    def take_forced(self, at_ms: int, side: int, amount: int) -> None:
        """A liquidation: side 0 long, 1 short, `amount` in millionths of a USD."""
        if at_ms >= self.since_ms:
            self.forced[side] += amount
            return
        for slots in self.slots:
            slots.add_forced(at_ms, side, amount)

    def take_rate(self, per_8h: float | None) -> None:
        """The median funding rate at the end of the minute that has just ended."""
        if per_8h is not None:
            minutes = self.slots[1]
            minutes.funding[(minutes.number - 1) % minutes.kept] = per_8h
            minutes.version += 1

    def recall_bar(self, bar: Bar, amount: int) -> None:
        """A stored minute: its flow, in millionths of a USD, and its prices where it is of a perpetual.

        Of several exchanges the prices of the first in `venues` are taken. In fine slots its flow stands at its end.
        """
        fine, minutes = self.slots
        is_perp = bar.market == "perp"
        minutes.add_flow(bar.at_ms, is_perp, amount)
        fine.add_flow(min(bar.at_ms + MINUTE_MS - 1, self.since_ms - 1), is_perp, amount)
        if not is_perp or bar.at_ms // MINUTE_MS <= minutes.number - minutes.kept:
            return
        place = self.venues.index(bar.venue) if bar.venue in self.venues else len(self.venues)
        minute = bar.at_ms // MINUTE_MS
        if place < self._places.get(minute, len(self.venues) + 1):
            self._places[minute] = place
            minutes.set_price(minute, bar.close, bar.low, bar.high)

    def recall_rate(self, event: Funding) -> None:
        """A stored running rate: known of its hour."""
        recent = event.at_ms > self.now_ms - WINDOWS[-1] * MINUTE_MS
        if recent and event.interval_hours and event.next_at_ms is not None:
            hour = event.at_ms // _HOUR_MS
            self._hours[hour][event.venue] = event.rate * 8.0 / event.interval_hours
            self.slots[1].version += 1

    def stored_rate(self, at_ms: int) -> float | None:
        """The median of the rates that were stored of a time's hour; None where none was."""
        rates = self._hours.get(at_ms // _HOUR_MS)
        return median(rates.values()) if rates else None
