"""How much a number of fates proves: the Wilson interval, widened for days that share one path, against two nulls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from scoring.record.prediction import DAY_MS, Fate
from scoring.settings.record import RecordSettings
from scoring.view.estimated import Record, Significance


@dataclass(slots=True)
class DaySums:
    """The fates of predictions made in one UTC day, summed."""

    n: int = 0
    hits: int = 0
    expected: float = 0.0
    mirror_hits: int = 0
    shifted_hits: int = 0
    shifted_expected: float = 0.0
    spread: float = 0.0
    """Sum of chance times its complement: the variance of the hits were they independent."""

    def add(self, fate: Fate) -> None:
        """Count a fate."""
        chance = fate.prediction.chance
        self.n += 1
        self.hits += fate.hit
        self.expected += chance
        self.mirror_hits += fate.mirror_hit
        self.shifted_hits += fate.shifted_hit
        self.shifted_expected += fate.prediction.shifted_chance
        self.spread += chance * (1 - chance)


def by_day(fates: Iterable[Fate]) -> dict[int, DaySums]:
    """The sums of each UTC day, by its number since 1970."""
    days: dict[int, DaySums] = {}
    for fate in fates:
        days.setdefault(fate.prediction.at_ms // DAY_MS, DaySums()).add(fate)
    return days


def wilson(hits: float, n: float, z: float) -> tuple[float, float]:
    """Wilson's interval of a share: `hits` of `n` independent trials. Raises `ZeroDivisionError` for none."""
    share, squared = hits / n, z * z
    middle = (share + squared / (2 * n)) / (1 + squared / n)
    half = z / (1 + squared / n) * sqrt(share * (1 - share) / n + squared / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def judge(days: Sequence[DaySums], settings: RecordSettings) -> Record:
    """What these days prove together.

    `lift` is hits over those expected by chance. Its interval is Wilson's, with as many trials as the scatter between
    days allows. It is "lift" only where that interval and the one against the mirrored controls are both above 1.
    """
    n = sum(day.n for day in days)
    hits, expected = sum(day.hits for day in days), sum(day.expected for day in days)
    if not n or expected <= 0:
        return Record()
    lift = hits / expected
    low, high = (bound * n / expected for bound in wilson(hits, n, settings.confidence_z))
    significance: Significance = "unproven"
    if len(days) >= 2:
        shared = _sharing(days, lift)
        low, high = (bound * n / expected for bound in wilson(hits / shared, n / shared, settings.confidence_z))
    if n >= settings.least_n and len(days) >= settings.least_days:
        against_mirror = mirror_ratio(days, settings.confidence_z)[1]
        significance = "lift" if low > 1 and against_mirror > 1 else "no lift"
    return Record(n, hits, expected, lift, low, high, significance)


def mirror_ratio(days: Sequence[DaySums], z: float) -> tuple[float, float, float]:
    """Hits of the levels over hits of their mirrors, with its interval; half a hit is added to each against zeros.

    The interval is that of the logarithm, from the scatter between days or from the counts, whichever is wider.
    """
    hits = sum(day.hits for day in days) + 0.5
    mirrors = sum(day.mirror_hits for day in days) + 0.5
    scatter = sum((day.hits / hits - day.mirror_hits / mirrors) ** 2 for day in days)
    scatter *= len(days) / (len(days) - 1) if len(days) > 1 else 1
    half = z * sqrt(max(scatter, 1 / hits + 1 / mirrors))
    ratio = log(hits / mirrors)
    return exp(ratio), exp(ratio - half), exp(ratio + half)


def _sharing(days: Sequence[DaySums], lift: float) -> float:
    """How many predictions share one outcome: the scatter of days' hits over that of independent ones, 1 or more."""
    scatter = sum((day.hits - lift * day.expected) ** 2 for day in days) * len(days) / (len(days) - 1)
    independent = sum(day.spread for day in days)
    return max(1.0, scatter / independent) if independent > 0 else 1.0
