"""A fired alert made by hand."""

from typing import Any

from scoring.view.alerts import Fired, Observed

T0 = 1_737_979_440_000


def fired(**given: Any) -> Fired:
    observed = Observed("BTC", 6.2e6, source="bybit, okx", at_ms=T0 - 2000, at_least=True)
    own: dict[str, Any] = {
        "rule": "flush",
        "severity": "warning",
        "metric": "liquidations_long_60s",
        "unit": "USD",
        "when": "above 5M",
        "at_ms": T0,
        "observed": observed,
        "compared": 6.2e6,
        "threshold": 5e6,
        "percentile": 99.4,
        "before": Observed("BTC", 4.8e6),
        "before_at_ms": T0 - 1000,
        "held_back": 0,
        "deliver": ("bell",),
    }
    return Fired(**{**own, **given})
