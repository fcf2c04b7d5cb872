"""Other rules while the engine runs: what stays the same remembers."""

from scoring.alerts.engine import Engine
from scoring.settings.alerts import AlertingSettings
from tests.scoring.alerts.views import AT_ONCE, MINUTE, SECOND, T0, priced, rule

HIGH = rule("price", "above 100", name="high", cooldown_minutes=10.0)
LOW = rule("price", "below 50", name="low")


def fired(engine: Engine, at_ms: int, *values: float) -> list[str]:
    found = []
    for step, value in enumerate(values):
        moment = T0 + at_ms + step * SECOND
        found += [one.rule for one in engine.step(priced(moment, value), moment)]
    return found


def test_a_rule_that_stays_keeps_its_cooldown_and_its_count() -> None:
    engine = Engine([HIGH], AT_ONCE)
    assert fired(engine, 0, 99, 101) == ["high"]
    engine.go_by([LOW, HIGH], AT_ONCE)
    assert fired(engine, MINUTE, 80, 101) == []
    by_name = {one.rule: one for one in engine.status()}
    assert (by_name["high"].fired, by_name["high"].held_back) == (1, 1)
    assert by_name["high"].cooling_until_ms == T0 + SECOND + 10 * MINUTE
    assert [one.rule for one in engine.recent] == ["high"]


def test_a_changed_rule_begins_anew() -> None:
    engine = Engine([HIGH], AT_ONCE)
    assert fired(engine, 0, 99, 101) == ["high"]
    engine.go_by([rule("price", "above 90", name="high")], AT_ONCE)
    assert engine.status()[0].fired == 0
    assert fired(engine, MINUTE, 95) == [], "it held already when it was first looked at"
    assert fired(engine, 2 * MINUTE, 70, 95) == ["high"]


def test_a_snooze_goes_with_its_rule() -> None:
    engine = Engine([HIGH, LOW], AT_ONCE)
    engine.snooze(T0 + MINUTE, "low")
    engine.snooze(T0 + MINUTE, "high")
    engine.go_by([HIGH], AT_ONCE)
    engine.go_by([HIGH, LOW], AT_ONCE)
    assert engine.snoozed_until("low", T0) is None
    assert engine.snoozed_until("high", T0) == T0 + MINUTE


def test_what_was_seen_of_a_value_is_kept() -> None:
    """A rule on a change knows at once what the value was."""
    engine = Engine([LOW], AT_ONCE)
    for minute in range(20):
        fired(engine, minute * MINUTE, 100)
    engine.go_by([rule("price", "rises 5% in 15m", name="up")], AT_ONCE)
    assert fired(engine, 20 * MINUTE, 100, 110) == ["up"]


def test_fewer_alerts_are_kept_where_the_settings_say_so() -> None:
    engine = Engine([HIGH], AT_ONCE)
    engine.go_by([rule("price", "above 100", name="again")], AlertingSettings(quiet_seconds=0, kept=1))
    fired(engine, 0, 99, 101, 80, 101)
    assert len(engine.recent) == 1
