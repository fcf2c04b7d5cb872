"""What a detector is given, second by second, kept so that other rules can be tried on the same market."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from feeds.events import Liquidation
from scoring.cascades.detector import CoinCascades
from scoring.cascades.surroundings import Surroundings
from scoring.settings import LevelSettings
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import Transition


@dataclass(slots=True)
class Second:
    """What one second brought for one coin, in order of receipt, and its circumstances at the end."""

    at_ms: int
    forced: list[Liquidation] = field(default_factory=list)
    interest: list[tuple[str, int, float]] = field(default_factory=list)
    depth: list[tuple[str, int, float, float]] = field(default_factory=list)
    around: Surroundings = field(default_factory=Surroundings)


def step(coin: CoinCascades, second: Second) -> tuple[Transition, ...]:
    """Give the detector a second."""
    for order in second.forced:
        coin.take(order)
    for venue, at_ms, coins in second.interest:
        coin.take_interest(venue, at_ms, coins)
    for venue, at_ms, bid_usd, ask_usd in second.depth:
        coin.take_depth(venue, at_ms, bid_usd, ask_usd)
    return coin.step(second.at_ms, second.around)


def detect(coin: str, seconds: Iterable[Second], rules: CascadeRules, daily: float | None = None) -> list[Transition]:
    """The changes of state over kept seconds. `daily`: the usual deviation of a day's return, where it is known."""
    cascades = CoinCascades(coin, rules, LevelSettings())
    if daily is not None:
        cascades.seed_volatility(daily)
    return [change for second in seconds for change in step(cascades, second)]
