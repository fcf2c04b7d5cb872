"""What a second of the cascade detector costs, calm and in a cascade, and the whole scoring pass by coins."""

import time
from collections.abc import Sequence

from feeds.demo import records
from feeds.events import AnyEvent
from feeds.pipeline import Pipeline
from feeds.settings import IntakeSettings
from scoring.cascades.detector import CoinCascades
from scoring.cascades.evaluate_seconds import Second, step
from scoring.market import Market
from scoring.settings import LevelSettings, ScoringSettings
from scoring.settings.cascades import CascadeRules
from tests.bench.coins import COINS
from tests.cascade_trial import seconds
from tests.cascades_market import Plot, calm, record

FRAMES_A_SECOND = 4
CORE_COINS = 50
_SEED = 3
_WARM_SECONDS = 40
_MARKET_SECONDS = 60
_ROUNDS = 20


def per_second(path: Sequence[Second]) -> tuple[float, float, int]:
    """Microseconds of a second's step: the median, the dearest in a hundred, and how many seconds had a state that
    runs."""
    coin = CoinCascades("WIF", CascadeRules(), LevelSettings())
    coin.seed_volatility(0.03)
    spent, running = [], 0
    for second in path:
        start = time.perf_counter()  # of so short a time the processor's clock is too coarse
        step(coin, second)
        spent.append(time.perf_counter() - start)
        view = coin.view()
        running += any(state.state in ("igniting", "cascading") for state in (view.down, view.up))
    ordered = sorted(spent)
    return ordered[len(ordered) // 2] * 1e6, ordered[len(ordered) * 99 // 100] * 1e6, running


def cascading() -> Plot:
    """A path that feeds on itself for as long as there is leverage."""
    return Plot({-1: (1.8, 20.0, 320.0), +1: (0.1, 5.0, 400.0)}, (1_000, 60, -90e-4))


def market(coins: Sequence[str]) -> tuple[float, float, float]:
    """Microseconds a coin: of folding and stepping a second of the demo, of one coin's view, of a view over all."""
    pipeline, whole = Pipeline(IntakeSettings()), Market(ScoringSettings(), coins)
    folded: list[list[AnyEvent]] = []
    second: list[AnyEvent] = []
    at_ms = 0
    for arrived in records(coins=coins, seed=_SEED, seconds=_MARKET_SECONDS):
        if at_ms and arrived.received_ms // 1000 > at_ms:
            folded.append(second)
            second = []
        at_ms = arrived.received_ms // 1000
        second += pipeline.feed(arrived)
    for events in folded[:_WARM_SECONDS]:  # the opening, with the histories that the estimated map is built from
        whole.apply(events)
    whole.settle()
    start = time.process_time()
    for events in folded[_WARM_SECONDS:]:
        whole.apply(events)
    fold = (time.process_time() - start) / (len(folded) - _WARM_SECONDS) / len(coins)
    start = time.process_time()
    for turn in range(_ROUNDS):
        whole.advance(whole.now_ms + 250)
        whole.view(coins[turn % len(coins)])
    view = (time.process_time() - start) / _ROUNDS
    return fold * 1e6, view * 1e6, view / len(coins) * 1e6


def main() -> None:
    """Print the tables."""
    print("\nCascade detector: one coin's second, both directions")
    print(f"{'path':>10} {'median':>9} {'99th':>9} {'seconds in a run':>17}")
    for name, plot in (("calm", calm()), ("cascade", cascading())):
        middle, dear, running = per_second(seconds(record(_SEED, plot), False))
        print(f"{name:>10} {middle:6.1f} us {dear:6.1f} us {running:17}")
    print("\nWhole scoring pass (Market: fold a second of all feeds, one view a frame)")
    print(f"{'coins':>6} {'fold, coin':>12} {'view':>10} {'view, coin':>11} {'core':>8}")
    for count in (1, 10, CORE_COINS):
        fold, view, each = market(COINS[:count])
        core = 100 * (fold * count + view * FRAMES_A_SECOND) * 1e-6
        print(f"{count:6} {fold:9.0f} us {view:7.0f} us {each:8.0f} us {core:6.1f} %")
    print(
        f"core: the share of one at the demo's rate with {FRAMES_A_SECOND} frames a second; aim: under 10 % at 50 coins"
    )


if __name__ == "__main__":
    main()
