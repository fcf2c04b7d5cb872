"""When rules fire, and when they keep quiet."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.alerts.engine import Engine
from scoring.settings.alerts import AlertingSettings
from scoring.view import CascadesView, CheckItem, ChecklistView, DirectionVerdict, MarketView, Verdict
from scoring.view.cascades import CascadeState
from tests.scoring.alerts.views import (
    AT_ONCE,
    MINUTE,
    SECOND,
    T0,
    engine,
    feed,
    liquidated,
    only,
    priced,
    prices,
    rule,
)


def test_it_fires_once_when_the_threshold_is_crossed() -> None:
    assert prices(engine("price", "above 100"), [99, 100, 101, 102, 103]) == [2]


def test_it_fires_again_only_after_it_was_far_enough_back() -> None:
    """99 is below the threshold and above the clear value of 90; 90 re-arms."""
    assert prices(engine("price", "above 100"), [50, 101, 99, 101, 90, 101]) == [1, 5]


def test_a_given_clear_value_is_the_one_that_re_arms() -> None:
    assert prices(engine("price", "below 100", clear="110"), [120, 99, 105, 99, 110, 99]) == [1, 5]


def test_what_holds_from_the_start_fires_nothing() -> None:
    assert prices(engine("price", "above 100"), [101, 102, 103]) == []


def test_the_unknown_neither_fires_nor_re_arms() -> None:
    """The price vanishes while the condition holds, and comes back where it was."""
    assert prices(engine("price", "above 100"), [99, 101, None, None, 102]) == [1]


def test_what_was_crossed_unseen_is_told_once_it_is_seen() -> None:
    assert prices(engine("price", "above 100"), [99, None, None, 102]) == [3]


def test_a_stale_price_is_unknown() -> None:
    """The reading's own time has passed: its value is high, but it is not the present one."""
    one = engine("price", "above 100")
    one.step(priced(T0, 99), T0)
    assert one.step(priced(T0 + SECOND, 101), T0 + SECOND + 10_001) == []
    assert "stale" in one.status()[0].reason


def test_a_first_value_is_quiet_for_its_time() -> None:
    """A crossing within the quiet time never fires; the next one behind it does."""
    alerting = AlertingSettings(quiet_seconds=3)
    assert prices(engine("price", "above 100", alerting), [99, 101, 80, 101]) == [3]


def test_the_condition_has_to_hold_without_a_break() -> None:
    one = engine("price", "above 100", for_seconds=2)
    assert prices(one, [99, 101, 101, 95, 101, None, 101, 101, 101]) == [8]


def test_the_cooldown_holds_back_and_counts() -> None:
    """What holds when the cooldown ends fires then."""
    one = engine("price", "above 100", cooldown_minutes=0.1)
    assert prices(one, [50, 101, 50, 101, 101, 101, 101, 101]) == [1, 7]
    assert one.recent[-1].held_back == 1


def test_what_ended_within_the_cooldown_is_not_told() -> None:
    one = engine("price", "above 100", cooldown_minutes=0.1)
    assert prices(one, [50, 101, 50, 101, 50, 50, 50, 50, 50]) == [1]


def test_each_coin_has_its_own_state() -> None:
    one = engine("price", "above 100")
    for coin in ("BTC", "ETH"):
        one.step(priced(T0, 50, coin), T0)
    fired = [one.step(priced(T0 + SECOND, 101, coin), T0 + SECOND) for coin in ("BTC", "ETH")]
    assert [only(each).subject for each in fired] == ["BTC", "ETH"]


def test_one_cooldown_for_all_coins() -> None:
    one = engine("price", "above 100", cooldown_minutes=1, once_per_rule=True)
    for coin in ("BTC", "ETH"):
        one.step(priced(T0, 50, coin), T0)
    fired = [len(one.step(priced(T0 + SECOND, 101, coin), T0 + SECOND)) for coin in ("BTC", "ETH")]
    assert fired == [1, 0]
    assert one.status()[0].held_back == 1


def test_a_rule_is_for_its_coins_and_its_list() -> None:
    one = engine("price", "above 100", coins=("sol",), list="majors")
    assert [coin for coin in ("BTC", "ETH", "SOL", "WIF") if one.rules[0].concerns(coin)] == ["BTC", "ETH", "SOL"]


def test_a_lower_bound_can_exceed_but_never_fall_below() -> None:
    """At least 3M is above 2M; whether at least 1M is below 2M nobody knows."""
    above = engine("liquidations_long_60s", "above 2M")
    above.step(liquidated(T0, 1e6, sampled=True), T0)
    assert above.step(liquidated(T0 + SECOND, 3e6, sampled=True), T0 + SECOND)
    below = engine("liquidations_long_60s", "below 2M")
    below.step(liquidated(T0, 3e6, sampled=True), T0)
    assert not below.step(liquidated(T0 + SECOND, 1e6, sampled=True), T0 + SECOND)
    assert below.status()[0].reason == "known only as a lower bound"


def test_blindness_is_not_silence() -> None:
    """A fall to nothing while no feed is up re-arms nothing."""
    one = engine("liquidations_long_60s", "above 2M")
    steps = [(1e6, None), (3e6, None), (0.0, "no liquidation feed is up"), (3e6, None)]
    fired = [
        bool(one.step(liquidated(T0 + at * SECOND, usd, blind=blind), T0 + at * SECOND))
        for at, (usd, blind) in enumerate(steps)
    ]
    assert fired == [False, True, False, False]


def judged(at_ms: int, verdict: Verdict) -> MarketView:
    item = CheckItem("funding", "pass", "pass", "", "", 1.0)
    long = DirectionVerdict(verdict, 0.8, 1.0, "no item fails")
    return MarketView(at_ms=at_ms, coin="BTC", checklist=ChecklistView((item,), long))


@pytest.mark.parametrize(
    ("verdicts", "fired"),
    [
        (["WAIT", "OK", "OK", "WAIT", "OK"], [1, 4]),
        (["WAIT", "OK", "INSUFFICIENT DATA", "OK"], [1]),
        (["OK", "INSUFFICIENT DATA", "OK"], []),
    ],
)
def test_a_state_that_is_entered_fires(verdicts: list[Verdict], fired: list[int]) -> None:
    """Too little data is no state: leaving it enters nothing."""
    one = engine("verdict_long", "becomes ok")
    steps = enumerate(verdicts)
    assert [at for at, verdict in steps if one.step(judged(T0 + at, verdict), T0 + at)] == fired


def test_blindness_is_no_state_of_the_cascade_unless_it_is_asked_for() -> None:
    one, asked = (rule("cascade_down", f"becomes {state}", name=state) for state in ("cascading", "blind"))
    both = Engine([one, asked], AT_ONCE)
    unseen = CascadesView()
    blind = CascadesView(CascadeState("down", "blind", T0 + 1, "bybit perp is down"))
    for at_ms, cascades in ((T0, unseen), (T0 + 1, blind)):
        both.step(replace(liquidated(at_ms, 0.0), cascades=cascades), at_ms)
    assert [status.had_data for status in both.status()] == [False, True]


def test_a_stream_is_told_once_however_many_coins_are_looked_at() -> None:
    one = engine("feed", "becomes dead", venues=("bybit",))
    fired = []
    for at, state in enumerate(("live", "dead")):
        for coin in ("BTC", "ETH"):
            view = priced(T0 + at, 1.0, coin, feeds=(feed(state), feed(state, "okx")))  # type: ignore[arg-type]
            fired += one.step(view, T0 + at)
    assert only(fired).subject == "bybit perp"


def test_a_change_is_relative_for_prices_and_a_difference_for_rates() -> None:
    values: list[float | None] = [100.0, 100.0, 100.0, 100.0, 100.0, 102.0, 98.0]
    assert prices(engine("price", "rises 1.9% in 5m"), values, MINUTE) == [5]
    assert prices(engine("price", "falls 1.9% in 5m"), values, MINUTE) == [6]


def test_a_percentile_compares_with_its_own_past() -> None:
    """The value itself is no part of the past it is compared with."""
    alerting = AlertingSettings(quiet_seconds=0, history_least_minutes=60)
    values: list[float | None] = [*map(float, range(60)), 30.0, 58.0]
    assert prices(engine("price", "above percentile 95", alerting), values, MINUTE) == [61]


def test_a_snoozed_rule_says_nothing_and_nothing_of_it_later() -> None:
    one = engine("price", "above 100")
    one.step(priced(T0, 50), T0)
    one.snooze(T0 + 2 * SECOND, "r")
    assert not one.step(priced(T0 + SECOND, 101), T0 + SECOND)
    assert not one.step(priced(T0 + 3 * SECOND, 101), T0 + 3 * SECOND)
    one.step(priced(T0 + 4 * SECOND, 50), T0 + 4 * SECOND)
    assert one.step(priced(T0 + 5 * SECOND, 101), T0 + 5 * SECOND)


def test_all_can_be_snoozed_and_woken() -> None:
    one = engine("price", "above 100")
    one.step(priced(T0, 50), T0)
    one.snooze()
    assert one.status()[0].snoozed_until_ms is not None
    one.wake()
    assert one.step(priced(T0 + SECOND, 101), T0 + SECOND)


def test_time_that_goes_back_begins_anew() -> None:
    """A tape that was sought: neither the cooldown nor what was armed belongs to the moment it shows now."""
    one = engine("price", "above 100", cooldown_minutes=5)
    later = T0 + 10 * MINUTE
    assert [bool(one.step(priced(at, value), at)) for at, value in ((later, 50), (later + 1, 101))] == [False, True]
    assert [bool(one.step(priced(at, value), at)) for at, value in ((T0, 50), (T0 + 1, 101))] == [False, True]
    assert not one.step(priced(T0 - 1, 101), T0 - 1)


def test_the_card_tells_all_that_made_it() -> None:
    one = engine("price", "above 100", severity="critical", deliver=("bell",))
    one.step(priced(T0, 97), T0)
    fired = only(one.step(priced(T0 + 4 * SECOND, 103), T0 + 4 * SECOND))
    assert (fired.rule, fired.severity, fired.metric, fired.when) == ("r", "critical", "price", "above 100")
    assert (fired.observed.value, fired.threshold, fired.observed.source) == (103, 100, "bybit mark price")
    assert fired.before is not None
    assert (fired.before.value, fired.before_at_ms) == (97, T0)
    assert (fired.percentile, fired.deliver) == (None, ("bell",))


def test_only_so_many_are_kept() -> None:
    one = engine("price", "above 100", AlertingSettings(quiet_seconds=0, kept=3))
    prices(one, [50, 101] * 10)
    assert len(one.recent) == 3


def test_a_rule_without_data_says_so() -> None:
    one = engine("funding_8h", "above 0.05%")
    one.step(replace(priced(T0, 1.0), funding=()), T0)
    status = one.status()[0]
    assert (status.had_data, status.reason, status.unknown) == (False, "no funding rate yet", ("BTC",))


@given(st.lists(st.none() | st.integers(80, 110), max_size=60))
def test_between_two_alerts_it_was_known_to_be_back(values: list[int | None]) -> None:
    """Whatever the values: each alert is above the threshold, and behind a known value that re-armed the rule."""
    fired = prices(engine("price", "above 100"), [None if value is None else float(value) for value in values])
    armed_behind = -1
    known = [at for at, value in enumerate(values) if value is not None]
    for at in fired:
        between = [values[one] for one in known if armed_behind < one < at]
        first = armed_behind == -1 and between and (between[0] or 0) <= 100
        assert (values[at] or 0) > 100
        assert first or any((value or 0) <= 90 for value in between)
        armed_behind = at
