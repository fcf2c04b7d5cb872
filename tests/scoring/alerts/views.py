"""Views with just what an alert reads, and a rule in few words."""

from dataclasses import replace
from typing import Any

from scoring.alerts.engine import Engine
from scoring.alerts.rule import Rule, rules_of
from scoring.settings.alerts import AlertingSettings, AlertRule
from scoring.view import CascadeView, FeedHealth, Health, MarketView, Reading, SideTotal, VenueTotal, WindowTotal
from scoring.view.alerts import Fired

T0 = 1_737_979_440_000
SECOND = 1000
MINUTE = 60 * SECOND
AT_ONCE = AlertingSettings(quiet_seconds=0)
"""Without the quiet time, which has tests of its own."""


def rule(metric: str, when: str, alerting: AlertingSettings = AT_ONCE, name: str = "r", **given: Any) -> Rule:
    own = {"cooldown_minutes": 0.0, **given}
    return rules_of({name: AlertRule(metric=metric, when=when, **own)}, alerting, {"majors": ("BTC", "ETH")})[0]


def engine(metric: str, when: str, alerting: AlertingSettings = AT_ONCE, **given: Any) -> Engine:
    return Engine([rule(metric, when, alerting, **given)], alerting)


def seen(coverage: float = 1.0) -> tuple[WindowTotal, ...]:
    venues = (VenueTotal("bybit", SideTotal(), SideTotal(), coverage),)
    return (WindowTotal(15, SideTotal(), SideTotal(), venues, coverage),)


def priced(at_ms: int, value: float | None, coin: str = "BTC", **given: Any) -> MarketView:
    reading = Reading(value, "bybit mark price", at_ms, "" if value is not None else "no price yet", at_ms + 10_000)
    return MarketView(at_ms=at_ms, coin=coin, price=reading, **given)


def liquidated(at_ms: int, longs: float, sampled: bool = False, blind: str | None = None) -> MarketView:
    cascade = CascadeView(long_60s=longs, sampled=sampled, blind=blind)
    return replace(priced(at_ms, 100.0), cascade=cascade, totals=seen(), feeds=(feed("live"),))


def feed(state: Health, venue: str = "bybit", reconnects: int = 0) -> FeedHealth:
    return FeedHealth(venue, "perp", f"{venue} perp", state, "evidence", reconnects=reconnects)


def prices(one: Engine, values: list[float | None], every_ms: int = SECOND) -> list[int]:
    """At which of these values, one after the other, it fires."""
    return [
        step for step, value in enumerate(values) if one.step(priced(T0 + step * every_ms, value), T0 + step * every_ms)
    ]


def only(fired: list[Fired]) -> Fired:
    (one,) = fired
    return one
