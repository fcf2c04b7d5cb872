"""What a cluster might do: its mass against the coin's own clusters, the book and the day's volume.

All of it rests on a modelled mass; the push is told as the range of two rules that rest on different data.
"""

from bisect import insort
from math import sqrt

from scoring.settings.estimate import StrengthSettings

_DAY_MS = 86_400_000
_BASIS_POINTS = 1e4
_BAND_BP = 100
"""Depth is told within 1 % of the price."""


def square_root_push(usd: float, daily_sigma: float, volume_usd: float, factor: float) -> float:
    """How far `usd` of forced flow moves the price, in basis points: sigma Y (usd / volume)^0.5.

    `volume_usd`: traded in a day. The square-root law of impact, found over four decades for bitcoin by Donier and
    Bonart, "A Million Metaorder Analysis of Market Impact on the Bitcoin" (2015).
    """
    return _BASIS_POINTS * daily_sigma * factor * sqrt(usd / volume_usd)


def book_push(usd: float, depth_usd: float, collapse: float) -> float:
    """How far `usd` eats into the book, in basis points, if it is `collapse` times thinner than `depth_usd` in 1 %."""
    return usd / (depth_usd / _BAND_BP / collapse)


def push_range(
    usd: float,
    *,
    daily_sigma: float | None,
    volume_usd: float | None,
    depth_usd: float | None,
    kappa_price: float | None,
    kappa_open: float | None,
    settings: StrengthSettings,
) -> tuple[float, float] | None:
    """The least and the most of both rules in basis points; None where anything they need is not known.

    `usd`: modelled mass. `kappa_price`: realised liquidations per consumed USD of the map, which meet the book;
    `kappa_open`: fall of open interest per consumed USD, which is what the square-root law was fitted to.
    """
    if daily_sigma is None or not volume_usd or not depth_usd or kappa_price is None or kappa_open is None:
        return None
    flow = usd * kappa_open
    low = square_root_push(flow, daily_sigma, volume_usd, settings.impact_low)
    high = square_root_push(flow, daily_sigma, volume_usd, settings.impact_high)
    book = book_push(usd * kappa_price, depth_usd, settings.depth_collapse)
    return min(low, book), max(high, book)


class MassHistory:
    """The greatest mass of each of the coin's own clusters in the last months, and how another compares with them."""

    __slots__ = ("_greatest", "_limits", "_settings")

    def __init__(self, settings: StrengthSettings) -> None:
        self._settings = settings
        self._greatest: dict[int, tuple[float, int]] = {}
        self._limits: tuple[float, ...] | None = None

    def note(self, identity: int, usd: float, at_ms: int) -> None:
        """Remember that a cluster was this large; only its greatest mass counts, so that a long life counts once."""
        known = self._greatest.pop(identity, None)
        self._greatest[identity] = (usd if known is None else max(usd, known[0]), at_ms)
        oldest = at_ms - self._settings.kept_days * _DAY_MS
        while len(self._greatest) > self._settings.kept_clusters or next(iter(self._greatest.values()))[1] < oldest:
            del self._greatest[next(iter(self._greatest))]
        self._limits = None

    def stars(self, usd: float) -> int | None:
        """1 to 5: one more for each quantile of the known masses that is exceeded. None while too few are known."""
        if len(self._greatest) < self._settings.least_clusters:
            return None
        if self._limits is None:
            ordered: list[float] = []
            for mass, _ in self._greatest.values():
                insort(ordered, mass)
            self._limits = tuple(_quantile(ordered, share) for share in self._settings.star_quantiles)
        return 1 + sum(usd > limit for limit in self._limits)


def _quantile(ordered: list[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
