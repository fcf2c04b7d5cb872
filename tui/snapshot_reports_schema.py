"""The shapes of what exchanges report in the snapshot's JSON document."""

from typing import Literal

from feeds.events import Basis, Market
from scoring.view import Grade
from tui.snapshot_shape import Shape, Unknown


class VenueInterest(Shape):
    """One exchange's open interest, one side; changes are fractions."""

    venue: str
    coins: float | Unknown
    usd: float | Unknown
    coins_1h: float | Unknown
    coins_24h: float | Unknown
    usd_1h: float | Unknown
    usd_24h: float | Unknown
    at_ms: int
    stale: bool


class OpenInterest(Shape):
    """Open interest of all exchanges."""

    venues: list[VenueInterest]
    missing: dict[str, Unknown]
    """Exchanges that should be here, with the reason why they are not."""


class VenueCrowd(Shape):
    """One exchange's share of longs."""

    venue: str
    basis: Basis
    """Whose share: of accounts, of the top accounts, or of the top traders' positions."""
    long_share: float
    change_24h: float | Unknown
    """As a difference of shares: 0.07 is seven points more long."""
    at_ms: int
    stale: bool


class LongShort(Shape):
    """Long against short of all exchanges."""

    venues: list[VenueCrowd]
    missing: dict[str, Unknown]


class Flow(Shape):
    """Taker buys less taker sells, USD. `venue` is `all` for the sum."""

    venue: str
    window_minutes: int
    usd: float | Unknown
    coverage: float
    """Share of the window that was seen."""
    z: float | Unknown
    """In standard deviations of its own day's windows."""


class Flows(Shape):
    """Flow of all exchanges on one kind of market."""

    venues: list[Flow]
    missing: dict[str, Unknown]


class Cvd(Shape):
    """Cumulative volume delta."""

    spot: Flows | Unknown
    futures: Flows | Unknown


class LargeTrade(Shape):
    """One large trade."""

    at_ms: int
    venue: str
    market: Market
    taker: Literal["buy", "sell"]
    usd: float
    price: float


class LargeTrades(Shape):
    """Sums over the last minutes, and the latest large trades, newest first."""

    window_minutes: int
    threshold_usd: float | Unknown
    buy_usd: float | Unknown
    sell_usd: float | Unknown
    count: int | Unknown
    z: float | Unknown
    coverage: float
    latest: list[LargeTrade]


class VenueDepth(Shape):
    """One exchange's resting orders within `band_percent` of the middle, USD."""

    venue: str
    market: Market
    band_percent: float
    bid_usd: float
    ask_usd: float
    at_ms: int
    stale: bool


class Depth(Shape):
    """Depth of all exchanges."""

    venues: list[VenueDepth]
    missing: dict[str, Unknown]


class VenueOptions(Shape):
    """One exchange's puts per call."""

    venue: str
    family: str
    open_interest: float | Unknown
    volume: float | Unknown
    at_ms: int
    stale: bool


class Options(Shape):
    """Options of all exchanges."""

    venues: list[VenueOptions]
    missing: dict[str, Unknown]


class BtcContext(Shape):
    """What bitcoin's trend means for an entry."""

    long: Grade
    short: Grade
    value: str
    reason: str


class Trend(Shape):
    """The trend on one candle length, -3 to +3."""

    interval: str
    score: int | Unknown
    adx: float | Unknown
    reason: str
    at_ms: int | None
