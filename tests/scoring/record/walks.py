"""Markets whose truth is known: walks without magnets, and ones that are pulled to their own clusters."""

from collections.abc import Callable
from math import exp, sqrt

import numpy as np

from feeds.events import MarkPrice, OpenInterest
from scoring.record.hits import HitRecord
from scoring.record.prediction import DAY_MS
from scoring.record.rigs import rig
from scoring.record.setup import Rig, Source, TrialSettings
from scoring.record.trial import Trial
from tests.scoring.record.bands import NOON_MS

STEP_MS = 900_000
DAILY = 0.03
STEP_SIGMA = DAILY * sqrt(STEP_MS / DAY_MS)
SOURCE = Source("a walk", "BTC", STEP_MS // 1000, extremes=False)
Pull = Callable[[Trial, float], float]
"""The drift of the next step, in deviations of a step, by the trial so far and the price."""


def primary_only(settings: TrialSettings) -> Rig:
    """The estimated map alone, as on the screen."""
    whole = rig(settings)
    return Rig(whole.maps[:1], whole.densities[:1])


def no_pull(trial: Trial, price: float) -> float:
    return 0.0


def walk(
    days: int,
    seed: int,
    *,
    pull: Pull = no_pull,
    record: Callable[[TrialSettings], HitRecord] | None = None,
) -> Trial:
    """A trial over so many days of a walk with open interest that comes and goes by itself."""
    settings = TrialSettings()
    trial = Trial(SOURCE, lambda: primary_only(settings), settings)
    if record is not None:
        trial.arms[0].record = record(trial.settings)
    random = np.random.default_rng(seed)
    logs, coins = 4.0, 1000.0
    for step in range(days * DAY_MS // STEP_MS):
        at_ms = NOON_MS + step * STEP_MS
        logs += STEP_SIGMA * (random.standard_normal() + pull(trial, exp(logs)))
        coins *= exp(0.01 * random.standard_normal())
        common = {"venue": "binance", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC"}
        times = {"at_ms": at_ms, "received_ms": at_ms}
        trial.take(MarkPrice(**common, **times, mark=exp(logs), index=None))
        trial.take(OpenInterest(**common, **times, coins=coins, notional_usd=None))
    trial.finish()
    return trial
