"""Tracked clusters as they are shown: how far, how large, how strong, how likely touched, and what such ones proved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scoring.levels import strength
from scoring.map.strength import MassHistory, push_range
from scoring.map.tracks import Tracked
from scoring.reach import Mass, edge_touch, magnets
from scoring.settings import LevelSettings, ReachSettings
from scoring.settings.estimate import StrengthSettings
from scoring.view import Side
from scoring.view.estimated import EstimatedCluster, Record, Strength

Records = Callable[[Side, float], Record]
"""What clusters of a side at a distance (a fraction of the price, negative below) proved so far."""
Clusters = tuple[EstimatedCluster, ...]


def no_record(side: Side, distance: float) -> Record:
    """Where nothing is recorded."""
    return Record()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a cluster is held against. USD; None: not known.

    `long_usd`, `short_usd`: the map's mass on each side in reach. `daily_sigma`: standard deviation of a day's log
    return, `step_sigma`: that between two looks at the price. `bid_usd`, `ask_usd`: resting orders within 1 % below and
    above. `volume_usd`: traded in a day. `kappa_price`, `kappa_open`: realised liquidations, and fall of open interest,
    per consumed USD of the map; `measured`: the first of them is no assumption.
    """

    price: float
    long_usd: float
    short_usd: float
    daily_sigma: float | None = None
    step_sigma: float = 0.0
    bid_usd: float | None = None
    ask_usd: float | None = None
    volume_usd: float | None = None
    kappa_price: float | None = None
    measured: bool = True
    kappa_open: float | None = None
    masses: MassHistory | None = None
    records: Records = no_record


@dataclass(frozen=True, slots=True)
class ReadingSettings:
    """The tables that a reading needs, and how many clusters a side are shown."""

    reach: ReachSettings = field(default_factory=ReachSettings)
    levels: LevelSettings = field(default_factory=LevelSettings)
    strength: StrengthSettings = field(default_factory=StrengthSettings)
    each_side: int = 6


def read_clusters(
    live: Sequence[Tracked], swept: Sequence[Tracked], around: Surroundings, settings: ReadingSettings
) -> tuple[Clusters, Clusters, Clusters]:
    """Clusters above and below the price, nearest first, and the swept ones, in the order given.

    A pull is a share of that of all live clusters, also of those too far to be among the `each_side` shown.
    """
    pulls: list[float | None] = [None] * len(live)
    if around.daily_sigma is not None:
        masses = [Mass(one.low, one.high, one.usd) for one in live]
        days = settings.reach.entry_days
        found = magnets(masses, around.price, around.daily_sigma, days, around.step_sigma)
        pulls = [magnet.share if any(other.pull_usd > 0 for other in found) else None for magnet in found]
    shown = [_read(one, around, settings, pull) for one, pull in zip(live, pulls, strict=True)]
    return (
        _nearest(shown, "above", settings.each_side),
        _nearest(shown, "below", settings.each_side),
        tuple(_read(one, around, settings, None) for one in swept),
    )


def _nearest(shown: Sequence[EstimatedCluster], side: Side, most: int) -> Clusters:
    return tuple(sorted((one for one in shown if one.side == side), key=lambda one: abs(one.distance))[:most])


def _read(one: Tracked, around: Surroundings, settings: ReadingSettings, pull: float | None) -> EstimatedCluster:
    """One cluster. A swept one is gone: nothing is said of its share, touch, pull, strength or push."""
    distance = _distance(one, around.price)
    lives = one.swept_at_ms is None
    ratio, word = _against_depth(one, around, settings) if lives else (None, None)
    return EstimatedCluster(
        identity=one.identity,
        side=one.side,
        low=one.low,
        high=one.high,
        peak=one.peak_price,
        distance=distance,
        usd=one.usd,
        calibrated_usd=one.usd * around.kappa_price if around.measured and around.kappa_price else None,
        share=_share(one, around) if lives else 0.0,
        born_ms=one.born_ms,
        touch=_touch(one, around, settings.reach) if lives else None,
        pull=pull,
        stars=None if around.masses is None else around.masses.stars(one.usd),
        depth_ratio=ratio,
        strength=word,
        push_bp=_push(one, around, settings.strength) if lives else None,
        record=around.records(one.side, distance),
        swept_at_ms=one.swept_at_ms,
    )


def _distance(one: Tracked, price: float) -> float:
    """Of the nearest edge, a fraction of the price; 0 inside the band."""
    if one.low <= price <= one.high:
        return 0.0
    return (one.low if one.low > price else one.high) / price - 1.0


def _share(one: Tracked, around: Surroundings) -> float:
    whole = around.short_usd if one.side == "above" else around.long_usd
    return min(one.usd / whole, 1.0) if whole > 0 else 0.0


def _touch(one: Tracked, around: Surroundings, settings: ReachSettings) -> float | None:
    if around.daily_sigma is None:
        return None
    return edge_touch(one.low, one.high, around.price, around.daily_sigma, settings.entry_days, around.step_sigma)


def _depth(side: Side, around: Surroundings) -> float | None:
    """What stands against a side's liquidations: shorts are bought back from asks, longs sold into bids."""
    return around.ask_usd if side == "above" else around.bid_usd


def _against_depth(
    one: Tracked, around: Surroundings, settings: ReadingSettings
) -> tuple[float, Strength] | tuple[None, None]:
    depth = _depth(one.side, around)
    if not depth or around.kappa_price is None:
        return None, None
    return strength(one.usd * around.kappa_price, depth, settings.levels)


def _push(one: Tracked, around: Surroundings, settings: StrengthSettings) -> tuple[float, float] | None:
    return push_range(
        one.usd,
        daily_sigma=around.daily_sigma,
        volume_usd=around.volume_usd,
        depth_usd=_depth(one.side, around),
        kappa_price=around.kappa_price,
        kappa_open=around.kappa_open,
        settings=settings,
    )
