"""The demo's cascades, known from its script: its frames decoded like all others and played through the detector."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from feeds.demo import START_MS, records
from feeds.demo.script import Script
from feeds.events import AnyEvent, Liquidation
from feeds.pipeline import Pipeline
from feeds.settings import IntakeSettings
from scoring.cascades.evaluate import Label
from scoring.cascades.evaluate_replay import Replay
from scoring.cascades.evaluate_seconds import Second, detect
from scoring.settings import MapSettings, PriceSettings
from scoring.settings.cascades import CascadeRules
from scoring.view.cascades import Direction, Transition
from tests.cascade_bench import Bench
from tests.cascade_rivals import DAILY, Stretch

SCENE_MS = 173_000
"""Half of the story: one cascade each, so that a case of a forecast has one or none in a direction."""
REST_MS = 120_000
"""The story brings a cascade of one direction each 346 s: a warning two minutes after another is no repetition."""
_SECONDS = 1_730
_RATE = 0.2  # of the ordinary trades: enough for a price each second
_AFTER_MS = 10_000  # the extreme may come so long after the phase
_WARM_MS = 60_000  # a cascade before is not asked for: a state is told once data was sound for half a minute


@dataclass(slots=True)
class Played:
    """One coin of one tape: what its seconds brought, and its price at their ends."""

    coin: str
    seconds: list[Second] = field(default_factory=list)

    def stretch(self, labels: Iterable[tuple[Direction, int, int]]) -> Stretch:
        """What the contenders see; from the first second with a price on, with the extremes of the labelled spans."""
        first = next(place for place, one in enumerate(self.seconds) if one.around.price is not None)
        seconds = self.seconds[first:]
        prices: list[float] = []
        for one in seconds:
            prices.append(one.around.price if one.around.price is not None else prices[-1])
        start_ms = seconds[0].at_ms - 999
        found = tuple(
            _label(way, begin, end, start_ms, prices) for way, begin, end in labels if begin >= start_ms + _WARM_MS
        )
        return Stretch(start_ms, prices, [one.forced for one in seconds], found)


def _label(way: Direction, begin_ms: int, end_ms: int, start_ms: int, prices: Sequence[float]) -> Label:
    sign = -1 if way == "down" else 1
    begin, end = ((at_ms - start_ms) // 1000 for at_ms in (begin_ms, end_ms + _AFTER_MS))
    extreme = max(range(begin, min(end, len(prices))), key=lambda place: prices[place] * sign)
    return Label(way, begin_ms, start_ms + 1000 * extreme + 999)


def cascades(seconds: int) -> Iterator[tuple[Direction, int, int]]:
    """The script's cascades: direction, beginning and end, ms."""
    script, before, began_ms = Script("story", START_MS), "", 0
    for at_ms in range(START_MS, START_MS + seconds * 1000, 1000):
        moment = script.at(at_ms)
        if moment.phase.name == "cascade" != before:
            began_ms = at_ms
        before = moment.phase.name
        if before == "cascade" and moment.elapsed >= moment.phase.seconds - 1:
            yield ("down" if moment.phase.direction < 0 else "up"), began_ms, at_ms


@cache
def play(seed: int, sampled: bool, coins: tuple[str, ...] = ()) -> tuple[Played, ...]:
    """The coins of a tape, the demo's own where none are named; `sampled`: on feeds that sample alone."""
    played: dict[str, Played] = {}

    def keep(coin: str, second: Second) -> None:
        played.setdefault(coin, Played(coin)).seconds.append(second)

    complete = () if sampled else MapSettings().complete_venues
    replay = Replay(CascadeRules(), PriceSettings(), complete, keep)
    pipeline = Pipeline(IntakeSettings())
    for record in records(coins=coins, seed=seed, start_ms=START_MS, seconds=_SECONDS, rate=_RATE):
        for event in pipeline.feed(record):
            if not (sampled and _complete(event)):
                replay.take(event)
    replay.finish()
    return tuple(played[name] for name in sorted(played))


def _complete(event: AnyEvent) -> bool:
    return isinstance(event, Liquidation) and not event.sampled


def demo_bench(seeds: Iterable[int], sampled: bool, coins: tuple[str, ...] = ()) -> Bench:
    """The contenders on the demo; a tape's coins move together and are one block."""
    tapes = [play(seed, sampled, coins) for seed in seeds]
    played = [one for tape in tapes for one in tape]
    told = list(cascades(_SECONDS))

    def watch(number: int, rules: CascadeRules) -> list[Transition]:
        return detect(played[number].coin, played[number].seconds, rules, DAILY)

    stretches = [one.stretch(told) for one in played]
    return Bench(stretches, watch, sampled, REST_MS, len(tapes[0]), SCENE_MS)
