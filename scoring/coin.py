"""Everything known of one coin, folded from its events."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from feeds.events import MERGED, Candle, Depth, Funding, Liquidation, MarkPrice, OpenInterest, Trade
from scoring.cascade import LastMinute, UsualMinute
from scoring.cascades.surroundings import Ahead
from scoring.cascades.watch import CascadeWatch
from scoring.clusters import ClusterFinder
from scoring.course import Timeline
from scoring.course_view import Courses
from scoring.cvd import Flows
from scoring.funding import funding_median, is_settled, readings
from scoring.hours import Hours
from scoring.interest import aggregate_change
from scoring.ladder import MICRO, Ladder
from scoring.large import LargeTrades
from scoring.price import Prices, supersedes
from scoring.reports import LIVE_MS, Report, Reports
from scoring.settings import ScoringSettings
from scoring.tape import Tape
from scoring.totals import COUNTS, imbalance
from scoring.trends import Trends
from scoring.view import CoinSummary
from scoring.window import MINUTE_MS, MinuteSlots

if TYPE_CHECKING:
    from scoring.estimate import Estimate

_LEAST_USD, _MOST_USD = 1e-6, 1e15
"""A liquidation outside of these is counted and left out: less than can be added up, or more than all money."""


class CoinState:
    """One coin. `venues` holds long and short by feed, in millionths of a USD, and how many of each."""

    __slots__ = (
        "_ahead_ms", "_funding_stale_ms", "_highest", "_imbalance", "_imbalance_key", "_lowest", "_path_venue",
        "_settings", "_taken", "_tape_usd", "clusters", "courses", "estimate", "flows", "fundings", "hours", "ladder",
        "large", "last_minute", "name", "prices", "reports", "tape", "timeline", "trends", "usual_minute", "venues",
        "watch",
    )  # fmt: skip

    def __init__(self, name: str, settings: ScoringSettings) -> None:
        self.name = name
        self.prices = Prices(settings.price)
        self.ladder = Ladder(settings.ladder)
        self.venues = MinuteSlots()
        self.hours = Hours(settings.percentiles)
        self.last_minute = LastMinute()
        self.usual_minute = UsualMinute(settings.cascade)
        self.clusters = ClusterFinder(settings.clusters)
        self.tape = Tape(settings.tape.rows)
        self.fundings: dict[str, Funding] = {}
        floor_usd = settings.tape.large_trade_usd.get(name, settings.tape.other_trade_usd)
        self.large = LargeTrades(settings.large_trades, floor_usd)
        self.flows = Flows(settings.cvd)
        self.reports = Reports(settings.rest_data, settings.percentiles)
        self.trends = Trends()
        self.timeline = Timeline(settings.price.venues)
        self.courses = Courses()
        self.watch = CascadeWatch(name, settings)
        self.estimate: Estimate | None = None
        self._settings = settings
        self._path_venue = ""
        self._taken = 0
        self._tape_usd = settings.tape.liquidation_usd
        self._lowest, self._highest = settings.ladder.lowest_price, settings.ladder.highest_price
        self._ahead_ms = round(settings.ladder.ahead_seconds * 1000)
        self._funding_stale_ms = settings.funding.stale_seconds * 1000
        self._imbalance: float | None = None
        self._imbalance_key = (-1, -1)

    def take_liquidation(self, event: Liquidation, feed_number: int, now_ms: int) -> str | None:
        """Count a liquidation of now everywhere; or the kind of reason why it was left out."""
        if (kind := self.count_liquidation(event, feed_number, now_ms)) is not None:
            return kind
        self.watch.take_liquidation(event)
        if self.estimate is not None:
            self.estimate.take_liquidation(event)
        return None

    def count_liquidation(self, event: Liquidation, feed_number: int, now_ms: int) -> str | None:
        """Count a liquidation in the sums and on the tape; or the kind of reason why it was left out."""
        price, usd, at_ms = event.price, event.notional_usd, event.at_ms
        if not (self._lowest <= price <= self._highest and _LEAST_USD <= usd <= _MOST_USD):
            return "implausible"
        if at_ms > now_ms + self._ahead_ms:
            return "future"
        side = 0 if event.position == "long" else 1
        amount = round(usd * MICRO)
        if not self.ladder.add(at_ms, price, side, amount, event.sampled, self.prices.latest):
            return "older than 24 h"
        minute, key = at_ms // MINUTE_MS, feed_number << 2 | side
        self.venues.add(minute, key, amount)
        self.venues.add(minute, key | COUNTS, 1)
        self.last_minute.add(at_ms, side, amount, event.sampled)
        self.timeline.take_forced(at_ms, side, amount)
        last = self.prices.liquidation
        if last is None or at_ms >= last.at_ms:
            self.prices.liquidation = event
        if usd >= self._tape_usd:
            self.tape.add(event)
        return None

    def take_trade(self, event: Trade, feed_number: int) -> str | None:
        """Take a trade: its price, its part of the flow and of an order; or the kind of reason against it."""
        usd = event.notional_usd
        if not (self._lowest <= event.price <= self._highest and 0.0 <= usd <= _MOST_USD):
            return "implausible"
        minute, amount, sells = event.at_ms // MINUTE_MS, round(usd * MICRO), event.taker == "sell"
        if sells:
            amount = -amount
        self.timeline.take_trade(event.at_ms, event.market == "perp", amount)
        if event.market == "perp":
            self.prices.take_trade(event)
            self.watch.taken += amount
            if self.estimate is not None:
                self.estimate.take_trade(event.price, usd)
        else:
            self.watch.recovery.spot.open += abs(amount)
        flows = self.flows
        if minute >= flows.minute:
            flows.open[feed_number] = flows.open.get(feed_number, 0) + amount
        elif not flows.add_late(minute, feed_number, amount):
            return None
        if event.identity != MERGED:  # a sum of many is no large order
            self.large.take(event, feed_number << 1 | sells)
        return None

    def take_mark(self, event: MarkPrice) -> str | None:
        """Take a mark price; or the kind of reason against it."""
        if not self._lowest <= event.mark <= self._highest:
            return "implausible"
        self.prices.take_mark(event)
        if self.estimate is not None and event.venue == self._path_venue and event is self.prices.marks[event.venue]:
            self.estimate.take_mark(event.mark)
        return None

    def settle(self, now_ms: int) -> None:
        """Put the large orders that are over on the tape."""
        for row in self.large.settle(now_ms):
            self.tape.add_row(row)

    def take_funding(self, event: Funding) -> None:
        """Take a venue's funding rate: one of the past is history only, as is one that is older than the running."""
        self.reports.take_funding(event)
        known = self.fundings.get(event.venue)
        if is_settled(event) or (known is not None and event.at_ms < known.at_ms and event.symbol == known.symbol):
            return
        if supersedes(event, known, self._funding_stale_ms):
            self.fundings[event.venue] = event

    def take_report(self, event: Report, now_ms: int) -> None:
        """Take what a venue reports, at the venue's mark price where it is fresh, else at the coin's."""
        reading = self.prices.reading(now_ms, event.venue)
        price = None if reading.reason else reading.value
        self.reports.take(event, price)
        if isinstance(event, OpenInterest):
            coins = self.reports.coins_open(event, price)
            if coins is not None:
                self._estimate().take_interest(event.venue, event.at_ms, coins)
                if event.received_ms - event.at_ms < LIVE_MS:
                    self.watch.take_interest(event.venue, event.at_ms, coins)
        elif isinstance(event, Depth):
            self.watch.take_depth(event)
        elif isinstance(event, Candle):
            self._estimate().take_candle(event)

    def _estimate(self) -> "Estimate":
        """The estimate, made when something arrives that it is made from: it needs numpy, which is slow to import."""
        if self.estimate is None:
            from scoring.estimate import Estimate

            self.estimate = Estimate(self.name, self._settings)
        return self.estimate

    def turn_estimate(self, now_ms: int, complete: Collection[str]) -> None:
        """End the estimated map's minute; its path follows one venue's mark at a time."""
        if self.estimate is None:
            return
        reading = self.prices.reading(now_ms)
        settings = self._settings
        candles, _ = self.reports.bars("15m", settings.price.venues, settings.trend.slow, now_ms)
        price = None if reading.reason else reading.value
        taken = self.watch.taken - self._taken
        if self.estimate.turn(now_ms, price, taken / MICRO, complete, self.reports.depth(now_ms), candles):
            self._taken = self.watch.taken
            self._path_venue = self.prices.leader(now_ms)
            self._look_ahead(now_ms, price or 0.0)

    def _look_ahead(self, now_ms: int, price: float) -> None:
        """Tell the cascades what a move in either direction would meet."""
        if self.estimate is None:
            return
        rows = [row for row in self.reports.interest(now_ms) if not row.stale]
        changes = [(row.coins, row.coins_24h) for row in rows if row.coins is not None and row.coins_24h is not None]
        interest = aggregate_change([(coins, change) for coins, change in changes if change is not None])
        crowd = [row.long_share for row in self.reports.crowd(now_ms) if row.basis == "accounts" and not row.stale]
        longs = sum(crowd) / len(crowd) if crowd else None
        below, above = self.estimate.nearest(price, now_ms)
        volatility = self.estimate.volatility(now_ms)
        self.watch.look_ahead(
            Ahead(*below, interest_24h=interest, crowd=longs),
            Ahead(*above, interest_24h=interest, crowd=None if longs is None else 1 - longs),
            volatility.daily if volatility.measured else None,
        )

    def step_cascades(self, now_ms: int, trades_at_ms: int | None, blind: str | None, complete: bool) -> None:
        """Move the cascades on by a second; remember the market as it was at an ignition."""
        reading = self.prices.reading(now_ms)
        price = None if reading.reason else reading.value
        if self.timeline.step(now_ms, price):
            self.timeline.take_rate(self.funding_8h(now_ms))
        for change in self.watch.step(now_ms, price, trades_at_ms, blind, complete):
            self.watch.recovery.note(change, self.funding_8h(now_ms))

    def funding_8h(self, now_ms: int) -> float | None:
        """The median funding rate per 8 h; None where none is fresh and comparable."""
        middle = funding_median(readings(self.fundings.values(), now_ms, self._settings.funding), now_ms)
        return middle.per_8h if middle is not None and not middle.stale else None

    def build_estimate(self, now_ms: int, steps: int) -> None:
        """Build some history into the estimated map."""
        if self.estimate is not None:
            reading = self.prices.reading(now_ms)
            self.estimate.build(now_ms, None if reading.reason else reading.value, steps)

    def turn_minute(self, ended_ms: int, now_ms: int) -> None:
        """Note the price as it was at `ended_ms`, the last moment of the minute that ends, and move the slots on."""
        self.timeline.begin(now_ms)
        self.prices.turn_minute(ended_ms)
        if self.prices.latest is not None:
            self.ladder.follow(self.prices.latest)
        self.flows.advance(now_ms // MINUTE_MS)
        self.watch.recovery.spot.turn_minute()
        self.settle(now_ms)
        self.large.turn_minute(now_ms // MINUTE_MS)
        self.ladder.advance(now_ms // MINUTE_MS)
        self.venues.advance(now_ms // MINUTE_MS)

    def summary(self, window: int, now_ms: int) -> CoinSummary:
        """The coin's tab. A stale price is none: the tab has no room to say so."""
        key = (window, self.venues.version)
        if key != self._imbalance_key:
            self._imbalance = imbalance(self.venues.sums(window))
            self._imbalance_key = key
        reading = self.prices.reading(now_ms)
        return CoinSummary(self.name, None if reading.reason else reading.value, self._imbalance)
