"""One coin's estimated map with all that is read off it: clusters, volatility, what became of earlier estimates.

It needs numpy, and is made when a venue first tells its open interest.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from feeds.events import Candle, Liquidation
from feeds.tiers import MarginTier
from scoring.candles import LENGTHS_MS, Bar
from scoring.map.asymmetry import map_asymmetries, raw_asymmetry, side_masses
from scoring.map.coin import CoinMap
from scoring.map.grid import Density
from scoring.map.reading import ReadingSettings, Surroundings, read_clusters
from scoring.map.rows import rows
from scoring.map.seed import STEPS
from scoring.map.tracker import Tracker
from scoring.reach import edge_touch
from scoring.record.hits import HitRecord
from scoring.record.prediction import Forecast
from scoring.settings import ScoringSettings
from scoring.turnover import DayVolume, RestingOrders
from scoring.view import DepthReading, Lens, MapView, Preset, Volatility
from scoring.volatility import PriceSteps, SquaredReturns, candle_returns, read_volatility

_MOST_ROWS = 600
_RETRY_MS = 1_000
"""Without a fresh price the minute goes on, and is looked after so often."""
_HOLDS_MS = 1_000
"""A reading of the map holds for so long, unless something else is asked for or the price has left its row."""


_Nearest = tuple[float | None, float | None]
_LOADING_DAYS = 4 / 24
"""Leverage is loading where the nearest cluster is likely to be touched within 4 h."""


class _Shown:
    """Clusters of a lens and preset that somebody looks at beside the ones that are recorded."""

    __slots__ = ("lens", "preset", "tracker")

    def __init__(self, lens: Lens, preset: Preset, tracker: Tracker) -> None:
        self.lens: Lens = lens
        self.preset: Preset = preset
        self.tracker = tracker


class Estimate:
    """The map of one coin. `due_ms`: when `turn` wants to be called next."""

    def __init__(self, coin: str, settings: ScoringSettings) -> None:
        self.map = CoinMap(settings.map)
        self.record = HitRecord(settings.record)
        self.due_ms = 0
        self.take_trade, self.take_mark = self.map.take_trade, self.map.take_mark
        self._coin, self._settings = coin, settings
        self._tracker = self._new_tracker()
        self._shown: _Shown | None = None
        self._steps = PriceSteps(settings.volatility)
        self._returns: SquaredReturns | None = None
        self._returns_of: Sequence[Bar] = ()
        self._resting = RestingOrders()
        self._volume = DayVolume()
        self._turned_ms = 0
        self._view = MapView()
        self._view_key: tuple[object, ...] = ()
        self._brief = MapView()
        self._brief_key: tuple[int, float] = (-1, 0.0)

    def _new_tracker(self) -> Tracker:
        settings = self._settings
        return Tracker(settings.tracker, settings.strength, settings.clusters)

    def take_interest(self, venue: str, at_ms: int, coins: float) -> None:
        """Take a venue's open interest in coins, of now or of the past."""
        self.map.take_interest(venue, at_ms, coins)

    def take_candle(self, candle: Candle) -> None:
        """Take a candle; one that can still change tells nothing yet."""
        if not candle.closed:
            return
        self.map.take_bar(
            candle.venue, candle.interval, candle.at_ms, candle.high, candle.low, candle.close, candle.volume
        )
        if candle.interval == "1h":
            self._volume.take(candle.venue, candle.at_ms, candle.volume * candle.close)

    def take_liquidation(self, event: Liquidation) -> None:
        """Take a liquidation, to measure the map by."""
        self.map.take_liquidation(event.venue, event.position, event.price, event.notional_usd, event.at_ms)

    def take_tiers(self, venue: str, tiers: Sequence[MarginTier]) -> None:
        """Take a venue's margin tiers."""
        self.map.take_tiers(venue, tiers)

    def turn(
        self,
        now_ms: int,
        price: float | None,
        net_taker_usd: float,
        complete: Collection[str],
        depth: Sequence[DepthReading],
        candles: Sequence[Bar],
    ) -> bool:
        """End the minute that runs. False without a fresh `price`: then it goes on.

        `net_taker_usd`: bought less sold on perpetuals since it began. `complete`: venues whose every liquidation was
        seen in it. `candles`: closed ones of 15 minutes.
        """
        self._follow_candles(candles)
        if price is None:
            self.due_ms = now_ms + _RETRY_MS
            return False
        reached = self.map.reached
        self.map.turn_minute(now_ms, price, net_taker_usd, complete)
        self._steps.take(now_ms, price)
        self._resting.sample(depth, now_ms)
        self._turned_ms = now_ms
        self.due_ms = now_ms + round(self._settings.map.step_seconds * 1000)
        low, high = reached if reached is not None else (price, price)
        self._track(now_ms, price, low, high)
        return True

    def _track(self, now_ms: int, price: float, low: float, high: float, settle: bool = False) -> None:
        """Follow the clusters through a minute, and predict those that are new."""
        chosen = self._settings.map
        if not settle:
            self.record.follow(low, high, now_ms)
        for tracker, lens, preset in self._trackers():
            density = self.map.density(lens, preset, now_ms)
            if density is not None:
                tracker.sweep(low, high, now_ms)
                tracker.update(density, price, now_ms, settle=settle)
        volatility = self.volatility(now_ms)
        if volatility.measured:
            forecast = Forecast(
                self._coin, now_ms, price, volatility.daily, chosen.bucket, lens=chosen.lens, preset=chosen.preset
            )
            self.record.predict(forecast, self._tracker.live)

    def _trackers(self) -> list[tuple[Tracker, Lens, Preset]]:
        chosen = self._settings.map
        found: list[tuple[Tracker, Lens, Preset]] = [(self._tracker, chosen.lens, chosen.preset)]
        if self._shown is not None:
            found.append((self._shown.tracker, self._shown.lens, self._shown.preset))
        return found

    @property
    def pending(self) -> bool:
        """Whether `build` has something to do."""
        return self.map.pending

    def build(self, now_ms: int, price: float | None, steps: int = STEPS) -> None:
        """Build a slice of history in; once all of it is, the clusters are looked for anew."""
        self.map.seed(now_ms, steps)
        if not self.map.pending:
            self._view_key, self._brief_key = (), (-1, 0.0)
            if price is not None:
                self._track(now_ms, price, price, price, settle=True)

    def _follow_candles(self, candles: Sequence[Bar]) -> None:
        if candles is not self._returns_of:
            self._returns_of = candles
            self._returns = candle_returns(candles, LENGTHS_MS["15m"], self._settings.volatility)

    def nearest(self, price: float, now_ms: int) -> tuple[_Nearest, _Nearest]:
        """The nearest recorded cluster below and above: its strength and chance of touch in 4 h; None: not known."""
        found: list[_Nearest] = []
        sides = self._resting.sides
        kappa = self.map.kappa_price(now_ms)
        kappa = self._settings.map.kappa_price if kappa is None else kappa
        sigma = self.volatility(now_ms).daily
        for side, depth in (("below", sides and sides[0]), ("above", sides and sides[1])):
            ours = [one for one in self._tracker.live if one.side == side]
            if not ours:
                found.append((None, None))
                continue
            one = max(ours, key=lambda one: one.peak) if side == "below" else min(ours, key=lambda one: one.peak)
            touch = edge_touch(one.low, one.high, price, sigma, _LOADING_DAYS, 0.0)
            found.append((one.usd * kappa / depth if depth else None, touch))
        return found[0], found[1]

    def volatility(self, now_ms: int) -> Volatility:
        """How far the price moves in a day."""
        settings = self._settings
        return read_volatility(
            self._steps.returns, self._returns, settings.reach.daily_volatility, now_ms, settings.volatility
        )

    def view(
        self, lens: Lens | None, preset: Preset | None, price: float, step: float, wanted: Collection[str], now_ms: int
    ) -> MapView:
        """The map around a price on rows of `step`; `wanted`: the venues that could be part of it."""
        lens, preset = lens or self._settings.map.lens, preset or self._settings.map.preset
        key = (lens, preset, step, int(price / step), now_ms // _HOLDS_MS)
        if key != self._view_key:
            self._view = self._read(lens, preset, price, step, wanted, now_ms)
            self._view_key = key
        return self._view

    def brief(self, price: float, wanted: Collection[str], now_ms: int) -> MapView:
        """The map under the settings' lens and preset without rows and clusters: what the checklist grades."""
        key = (now_ms // _HOLDS_MS, price)
        if key != self._brief_key:
            lens, preset = self._settings.map.lens, self._settings.map.preset
            density = self.map.density(lens, preset, now_ms)
            none = MapView(lens, preset, self._why_none())
            self._brief = none if density is None else self._balance(none, density, price, wanted, now_ms)
            self._brief_key = key
        return self._brief

    def _why_none(self) -> str:
        return "the map is being built from history" if self.map.pending else "waiting for a minute of open interest"

    def _balance(self, base: MapView, density: Density, price: float, wanted: Collection[str], now_ms: int) -> MapView:
        """How the two sides compare, and how far that can be trusted."""
        settings, reach = self._settings, self._settings.clusters.reach
        long_usd, short_usd = side_masses(density, price, reach)
        volatility = self.volatility(now_ms)
        confidence, why = self.map.confidence(now_ms, wanted)
        return replace(
            base, reason="", long_usd=long_usd, short_usd=short_usd, reach=reach,
            raw=raw_asymmetry(long_usd, short_usd),
            asymmetry=map_asymmetries(density, price, volatility.daily, settings.reach),
            volatility=volatility, confidence=confidence, confidence_why=why, seeded=self.map.seeded(now_ms),
            venues=self.map.venues, missing=self.map.missing(wanted), kappa=self.map.kappa_price(now_ms),
            record=self.record.reading(), at_ms=self._turned_ms or None,
        )  # fmt: skip

    def _read(
        self, lens: Lens, preset: Preset, price: float, step: float, wanted: Collection[str], now_ms: int
    ) -> MapView:
        density = self.map.density(lens, preset, now_ms)
        if density is None:
            return MapView(lens, preset, self._why_none(), step)
        settings = self._settings
        found = self._balance(MapView(lens, preset, step=step), density, price, wanted, now_ms)
        tracker = self._tracker_of(lens, preset, density, price, now_ms)
        if (reached := self.map.reached) is not None:
            tracker.sweep(*reached, now_ms)
        above, below, swept = read_clusters(
            tracker.live, tracker.swept(now_ms), self._surroundings(found, density, tracker, price, now_ms),
            ReadingSettings(settings.reach, settings.levels, settings.strength, settings.clusters.each_side),
        )  # fmt: skip
        cells = rows(density, step, price, settings.map.view_smoothing, self.map.swept(now_ms), _MOST_ROWS)
        low, high = price * (1 - found.reach), price * (1 + found.reach)
        near = (cell.long_usd + cell.short_usd for row, cell in cells.items() if low <= row * step <= high)
        return replace(found, cells=cells, densest_usd=max(near, default=0.0), above=above, below=below, swept=swept)

    def _surroundings(
        self, found: MapView, density: Density, tracker: Tracker, price: float, now_ms: int
    ) -> Surroundings:
        """What clusters are held against; a share is that of all mass in the tracker's reach."""
        long_usd, short_usd = side_masses(density, price, self._settings.tracker.reach)
        sides = self._resting.sides
        return Surroundings(
            price=price,
            long_usd=long_usd,
            short_usd=short_usd,
            daily_sigma=found.volatility.daily if found.volatility is not None else None,
            bid_usd=sides[0] if sides else None,
            ask_usd=sides[1] if sides else None,
            volume_usd=self._volume.usd(now_ms),
            kappa_price=self._settings.map.kappa_price if found.kappa is None else found.kappa,
            measured=found.kappa is not None,
            kappa_open=self.map.kappa_open(now_ms),
            masses=tracker.masses,
            records=self.record.reading,
        )

    def _tracker_of(self, lens: Lens, preset: Preset, density: Density, price: float, now_ms: int) -> Tracker:
        """The clusters of this lens and preset: the recorded ones, or those of whoever looks."""
        chosen = self._settings.map
        if (lens, preset) == (chosen.lens, chosen.preset):
            return self._tracker
        shown = self._shown
        if shown is None or (shown.lens, shown.preset) != (lens, preset):
            shown = self._shown = _Shown(lens, preset, self._new_tracker())
            shown.tracker.update(density, price, now_ms)
        return shown.tracker
