"""What the exchanges report of a coin beside its trades: open interest, ratios, depth, candles, options."""

from collections.abc import Sequence

from feeds.events import Basis, Candle, Depth, Funding, LongShort, Market, OpenInterest, PutCall
from scoring.candles import LENGTHS_MS, Bar, Candles
from scoring.percentile import Past, Place
from scoring.price import supersedes
from scoring.series import Series
from scoring.settings import PercentileSettings, RestDataSettings
from scoring.view import CrowdReading, DepthReading, InterestReading, OptionsReading

HOUR_MS = 3_600_000
DAY_MS = 86_400_000
_KEPT_MS = DAY_MS + 2 * HOUR_MS
_STEP_MS = 120_000
"""So far apart are the readings of a day that are kept: a minute off tells as much of an hour ago."""
LIVE_MS = 120_000
"""A reading this recent may be turned from coins into USD at the price of now."""

_NO_BARS: list[Bar] = []

Report = OpenInterest | LongShort | Depth | Candle | PutCall


class Interest:
    """One venue's open interest over a day; in coins by the hour over a month."""

    __slots__ = ("coins", "latest", "past", "usd")

    def __init__(self, first: OpenInterest, percentiles: PercentileSettings) -> None:
        self.past = Past(percentiles)
        self.coins = Series(_KEPT_MS, _STEP_MS)
        self.usd = Series(_KEPT_MS, _STEP_MS)
        self.latest = first

    def take(self, event: OpenInterest, price: float | None) -> None:
        """Take a reading; what it lacks of coins and USD is reckoned at `price` where the reading is of now."""
        live = price if event.received_ms - event.at_ms < LIVE_MS else None
        coins, usd = event.coins, event.notional_usd
        if coins is None and usd is not None and live:
            coins = usd / live
        if usd is None and coins is not None and live:
            usd = coins * live
        if coins is not None:
            self.coins.add(event.at_ms, coins)
            self.past.add(event.at_ms, coins)
        if usd is not None:
            self.usd.add(event.at_ms, usd)
        if event.at_ms >= self.latest.at_ms:
            self.latest = replace_amounts(event, coins, usd)


def replace_amounts(event: OpenInterest, coins: float | None, usd: float | None) -> OpenInterest:
    """The same reading with these amounts."""
    return OpenInterest(
        venue=event.venue,
        market=event.market,
        symbol=event.symbol,
        coin=event.coin,
        at_ms=event.at_ms,
        received_ms=event.received_ms,
        coins=coins,
        notional_usd=usd,
    )


class Reports:
    """All reports of one coin."""

    __slots__ = ("_crowd", "_depth", "_interest", "_options", "_past", "_percentiles", "_settings", "candles")

    def __init__(self, settings: RestDataSettings, percentiles: PercentileSettings | None = None) -> None:
        self._settings = settings
        self._percentiles = percentiles or PercentileSettings()
        self._past: dict[tuple[str, str], Past] = {}
        self._interest: dict[str, Interest] = {}
        self._crowd: dict[tuple[str, Basis], Series] = {}
        self._depth: dict[tuple[str, Market], Depth] = {}
        self._options: dict[tuple[str, str], dict[str, tuple[int, float]]] = {}
        self.candles: dict[tuple[str, str], Candles] = {}

    def take(self, event: Report, price: float | None) -> None:
        """Take a report; `price` is the coin's price of now."""
        if isinstance(event, OpenInterest):
            self._take_interest(event, price)
        elif isinstance(event, LongShort):
            series = self._crowd.setdefault((event.venue, event.basis), Series(_KEPT_MS, _STEP_MS))
            series.add(event.at_ms, event.long_share)
            self._history(event.venue, event.basis).add(event.at_ms, event.long_share)
        elif isinstance(event, Candle):
            length = LENGTHS_MS.get(event.interval)
            if length is not None:
                self.candles.setdefault((event.venue, event.interval), Candles(length)).take(event)
        elif isinstance(event, Depth):
            self._depth[event.venue, event.market] = event
        else:
            self._take_options(event)

    def _history(self, venue: str, name: str) -> Past:
        """A venue's month of something: of a basis of its accounts, or of a symbol's funding rate."""
        key = (venue, name)
        past = self._past.get(key)
        if past is None:
            past = self._past[key] = Past(self._percentiles)
        return past

    def take_funding(self, event: Funding) -> None:
        """Remember a rate per 8 h for the settlement that it was paid at, or is to be paid at."""
        hours = event.interval_hours
        if hours is not None and hours > 0:
            paid_ms = event.at_ms if event.next_at_ms is None else event.next_at_ms
            self._history(event.venue, event.symbol).add(paid_ms, event.rate * 8.0 / hours)

    def place_of_funding(self, event: Funding, per_8h: float) -> Place | None:
        """Where a rate per 8 h stands among those of the same symbol."""
        past = self._past.get((event.venue, event.symbol))
        return None if past is None else past.place(per_8h)

    def _take_interest(self, event: OpenInterest, price: float | None) -> None:
        """Take open interest; of a venue's symbols one stands for the coin, because their sum would not be whole."""
        known = self._interest.get(event.venue)
        if known is None or event.symbol != known.latest.symbol:
            if not supersedes(
                event, None if known is None else known.latest, 1000 * self._settings.interest_stale_seconds
            ):
                return
            known = self._interest[event.venue] = Interest(event, self._percentiles)
        known.take(event, price)

    def coins_open(self, event: OpenInterest, price: float | None) -> float | None:
        """Open interest in coins where the event's symbol stands for its venue; None where it doesn't or can't tell."""
        known = self._interest.get(event.venue)
        if known is None or known.latest.symbol != event.symbol:
            return None
        if event.coins is None and event.notional_usd is not None and price:
            return event.notional_usd / price if event.received_ms - event.at_ms < LIVE_MS else None
        return event.coins

    def _take_options(self, event: PutCall) -> None:
        """Take puts per call; a venue may tell open interest and volume apart, and each keeps its own time."""
        halves = self._options.setdefault((event.venue, event.symbol), {})
        for half, value in (("open_interest", event.open_interest), ("volume", event.volume)):
            if value is not None and (half not in halves or event.at_ms >= halves[half][0]):
                halves[half] = (event.at_ms, value)

    def interest(self, now_ms: int) -> tuple[InterestReading, ...]:
        """Every venue's open interest, the largest first."""
        rows = [self._interest_row(venue, known, now_ms) for venue, known in self._interest.items()]
        return tuple(sorted(rows, key=lambda row: -(row.usd or 0.0)))

    def _interest_row(self, venue: str, known: Interest, now_ms: int) -> InterestReading:
        hour, day = (
            round(1000 * seconds)
            for seconds in (self._settings.hour_tolerance_seconds, self._settings.day_tolerance_seconds)
        )
        change = known.coins.change(DAY_MS, day)
        place = None if change is None else known.past.place_of_change(change, DAY_MS)
        return InterestReading(
            venue=venue,
            coins=known.latest.coins,
            usd=known.latest.notional_usd,
            coins_1h=known.coins.change(HOUR_MS, hour),
            coins_24h=change,
            usd_1h=known.usd.change(HOUR_MS, hour),
            usd_24h=known.usd.change(DAY_MS, day),
            at_ms=known.latest.at_ms,
            stale=now_ms - known.latest.at_ms > 1000 * self._settings.interest_stale_seconds,
            percentile=None if place is None else place.percentile,
            history_ms=None if place is None else place.history_ms,
        )

    def coins_by_venue(self) -> dict[str, list[tuple[int, float]]]:
        """Every venue's open interest in coins over a day: times and readings, oldest first."""
        return {venue: known.coins.rows() for venue, known in self._interest.items()}

    def crowd(self, now_ms: int) -> tuple[CrowdReading, ...]:
        """Every venue's long share by its basis."""
        day = round(1000 * self._settings.day_tolerance_seconds)
        rows = []
        for (venue, basis), series in sorted(self._crowd.items()):
            last = series.last
            if last is not None:
                stale = now_ms - last[0] > 1000 * self._settings.crowd_stale_seconds
                place = self._history(venue, basis).place(last[1])
                told = (None, None) if place is None else (place.percentile, place.history_ms)
                change = series.difference(DAY_MS, day)
                rows.append(CrowdReading(venue, basis, last[1], change, last[0], stale, *told))
        return tuple(rows)

    def depth(self, now_ms: int) -> tuple[DepthReading, ...]:
        """Every venue's latest depth."""
        limit = 1000 * self._settings.depth_stale_seconds
        return tuple(
            DepthReading(
                venue,
                market,
                event.band_percent,
                event.bid_usd,
                event.ask_usd,
                event.at_ms,
                now_ms - event.at_ms > limit,
            )
            for (venue, market), event in sorted(self._depth.items())
        )

    def options(self, now_ms: int) -> tuple[OptionsReading, ...]:
        """Every venue's latest puts per call; a half that is older than the other and stale is not known any more."""
        limit = 1000 * self._settings.options_stale_seconds
        rows = []
        for (venue, family), halves in sorted(self._options.items()):
            newest_ms = max((at_ms for at_ms, _ in halves.values()), default=None)
            if newest_ms is None:
                continue
            stale = now_ms - newest_ms > limit
            known = {half: row for half, row in halves.items() if stale or now_ms - row[0] <= limit}
            at_ms = min(row[0] for row in known.values())
            ratios = [known[half][1] if half in known else None for half in ("open_interest", "volume")]
            rows.append(OptionsReading(venue, family, ratios[0], ratios[1], at_ms, stale))
        return tuple(rows)

    def bars(self, interval: str, venues: Sequence[str], enough: int, now_ms: int) -> tuple[list[Bar], str]:
        """Unbroken fresh closed candles of that interval, and why there are none.

        Those of the first of `venues` that has `enough`, then of any other; else the longest run.
        """
        run, _, why = self._run(interval, venues, enough, now_ms)
        return run, why

    def candles_of(self, interval: str, venues: Sequence[str], enough: int, now_ms: int) -> str:
        """The venue whose candles `bars` tells; "" where there are none."""
        return self._run(interval, venues, enough, now_ms)[1]

    def _run(self, interval: str, venues: Sequence[str], enough: int, now_ms: int) -> tuple[list[Bar], str, str]:
        limit = 1000 * self._settings.candle_stale_seconds
        known = [key for key in self.candles if key[1] == interval]
        fresh = [key for key in known if self.candles[key].is_fresh(now_ms, limit)]
        if not fresh:
            return _NO_BARS, "", "candles are stale" if known else "no candles yet"
        fresh.sort(key=lambda key: venues.index(key[0]) if key[0] in venues else len(venues))
        longest, venue = _NO_BARS, ""
        for key in fresh:
            run = self.candles[key].unbroken()
            if len(run) >= enough:
                return run, key[0], ""
            if len(run) > len(longest):
                longest, venue = run, key[0]
        return longest, venue, ""

    def price_change(self, price: float | None, span_ms: int, now_ms: int) -> float | None:
        """The price's change over a span by the candles, as a fraction; None where none reaches back that far."""
        if price is None:
            return None
        for interval in ("15m", "1h"):
            for (_, known), candles in sorted(self.candles.items()):
                if known == interval and (before := candles.price_at(now_ms - span_ms)):
                    return price / before - 1.0
        return None
