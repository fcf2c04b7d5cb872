"""A coin's course: every amount in the slot it belongs to, gaps left as gaps, nothing remade that did not change."""

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import AnyEvent, Bar, Connected, Disconnected, Past, Recall, Stored, Watched
from scoring.course_view import STEPS_MS
from scoring.market import Market
from scoring.settings import ScoringSettings
from scoring.view import Course
from scoring.window import WINDOWS
from tests.scoring.events_fixture import (
    MINUTE,
    NOW,
    candle,
    connected,
    disconnected,
    funding,
    gap,
    liquidation,
    mark,
    open_interest,
    trade,
)

SETTINGS = ScoringSettings()
SECOND = 1_000
TRADE = st.tuples(
    st.sampled_from(["spot", "perp"]),
    st.sampled_from(["buy", "sell"]),
    st.integers(1, 10**6),
    st.integers(0, 590 * SECOND),
    st.integers(0, 40 * SECOND),
)
FORCED = st.tuples(
    st.sampled_from(["long", "short"]),
    st.integers(1, 10**6),
    st.integers(0, 590 * SECOND),
    st.integers(0, 40 * SECOND),
)


def made(*events: AnyEvent, now_ms: int | None = None) -> Market:
    market = Market(SETTINGS, ("BTC",))
    market.apply(events)
    if now_ms is not None:
        market.advance(now_ms)
    return market


def walked(market: Market, since_ms: int, until_ms: int, price: float = 100.0) -> None:
    """Marks once a second."""
    for at_ms in range(since_ms, until_ms, SECOND):
        market.apply([mark(at_ms, price)])


def by_slot(values: tuple[float | None, ...], course: Course) -> dict[int, float]:
    """What is not zero, by when its slot begins."""
    return {course.first_ms + place * course.step_ms: value for place, value in enumerate(values) if value}


def summed(rows: list[tuple[int, float]], course: Course) -> dict[int, float]:
    found: dict[int, float] = {}
    for at_ms, usd in rows:
        if at_ms >= course.first_ms:
            start = at_ms // course.step_ms * course.step_ms
            found[start] = found.get(start, 0.0) + usd
    return {start: value for start, value in found.items() if abs(value) > 1e-9}


@settings(max_examples=40, deadline=None)
@given(st.lists(TRADE, max_size=20), st.integers(0, 600 * SECOND), st.sampled_from(WINDOWS))
def test_flow_stands_in_its_true_slot_however_late_it_comes(
    rows: list[tuple[Any, ...]], wait_ms: int, window: int
) -> None:
    now_ms, told = NOW, []
    market = made(connected(NOW), mark(NOW))
    for kind, taker, cents, late_ms, passed_ms in rows:
        now_ms += passed_ms
        at_ms = max(now_ms - late_ms, NOW - 300 * SECOND)
        market.apply([trade(at_ms, cents / 100, market=kind, taker=taker, received_ms=now_ms)])
        told.append((kind, at_ms, cents / 100 if taker == "buy" else -cents / 100))
    market.advance(now_ms + wait_ms)
    course = market.view("BTC", window).course
    for kind, series in (("spot", course.spot), ("perp", course.perp)):
        expected = summed([(at_ms, usd) for known, at_ms, usd in told if known == kind], course)
        assert by_slot(series, course) == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(st.lists(FORCED, max_size=20), st.integers(0, 600 * SECOND), st.sampled_from(WINDOWS))
def test_liquidations_stand_in_their_true_slot_however_late_they_come(
    rows: list[tuple[Any, ...]], wait_ms: int, window: int
) -> None:
    now_ms, told = NOW, []
    market = made(connected(NOW), mark(NOW))
    for position, cents, late_ms, passed_ms in rows:
        now_ms += passed_ms
        market.apply([liquidation(now_ms - late_ms, cents / 100, position=position, received_ms=now_ms)])
        told.append((position, now_ms - late_ms, cents / 100))
    market.advance(now_ms + wait_ms)
    course = market.view("BTC", window).course
    for position, series in (("long", course.long_usd), ("short", course.short_usd)):
        expected = summed([(at_ms, usd) for known, at_ms, usd in told if known == position], course)
        assert by_slot(series, course) == pytest.approx(expected)


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(8)), st.lists(st.integers(0, 500 * SECOND), min_size=8, max_size=8))
def test_the_order_in_which_late_events_come_changes_nothing(order: list[int], ages_ms: list[int]) -> None:
    events = [
        trade(NOW - age_ms, 10.0 + number, received_ms=NOW)
        if number % 2
        else liquidation(NOW - age_ms, 10.0 + number, received_ms=NOW)
        for number, age_ms in enumerate(ages_ms)
    ]
    start = connected(NOW - 600 * SECOND), mark(NOW - 600 * SECOND)
    first, second = (made(*start, *told) for told in (events, [events[place] for place in order]))
    for window in WINDOWS:
        assert first.view("BTC", window).course == second.view("BTC", window).course


@pytest.mark.parametrize("window", WINDOWS)
def test_slots_are_aligned_and_as_many_as_a_wide_screen_has_dots(window: int) -> None:
    course = made(connected(NOW), mark(NOW), now_ms=NOW + 7_000).view("BTC", window).course
    series = (course.price, course.low, course.high, course.long_usd, course.sampled, course.interest, course.filled)
    assert 180 <= len(course.price) <= 400
    assert {len(one) for one in (*series, course.funding, course.spot, course.perp)} == {len(course.price)}
    assert course.first_ms % course.step_ms == 0
    assert course.first_ms + len(course.price) * course.step_ms > NOW + 7_000
    assert len(course.price) * STEPS_MS[window] == window * MINUTE


def test_the_price_of_a_slot_is_its_last_and_the_range_is_what_was_seen_in_it() -> None:
    market = made(connected(NOW))
    for second, price in enumerate([100.0, 103.0, 98.0, 101.0, 101.0, 102.0]):
        market.apply([mark(NOW + second * SECOND, price)])
        market.advance(NOW + second * SECOND + 999)
    course = market.view("BTC", 15).course
    assert (course.price[-2], course.low[-2], course.high[-2]) == (101.0, 98.0, 103.0)
    assert course.price[-1] == 102.0


def test_a_time_without_a_price_is_a_gap_and_no_line_bridges_it() -> None:
    market = made(connected(NOW))
    walked(market, NOW, NOW + 60 * SECOND)
    walked(market, NOW + 180 * SECOND, NOW + 200 * SECOND)
    course = market.view("BTC", 15).course
    known = [price is not None for price in course.price]
    assert sum(before and not after for before, after in pairwise(known)) == 1
    assert known.count(False) == 180 - 60 // 5 - 20 // 5


def test_what_no_feed_saw_is_unknown_and_what_was_watched_is_zero() -> None:
    market = made(connected(NOW), trade(NOW))
    walked(market, NOW, NOW + 120 * SECOND)
    market.apply([disconnected(NOW + 120 * SECOND)])
    market.advance(NOW + 240 * SECOND)
    course = market.view("BTC", 15).course
    assert course.long_usd[:130] == (None,) * 130
    assert course.long_usd[131:155] == (0.0,) * 24
    assert course.long_usd[157:] == (None,) * 23
    assert course.perp[132:155] == (0.0,) * 23
    assert set(course.spot) == {None}


def test_a_gap_that_is_told_later_makes_its_slots_unknown_at_once() -> None:
    """Of a day its slots are of four minutes: nobody waits for the next one to be told that nothing was seen."""
    begin = NOW // 240_000 * 240_000
    market = made(connected(begin))
    walked(market, begin, begin + 610 * SECOND)
    assert market.view("BTC", 1440).course.long_usd[-3:] == (0.0, 0.0, 0.0)
    market.apply([gap(begin, begin + 610 * SECOND), mark(begin + 612 * SECOND)])
    assert market.view("BTC", 1440).course.long_usd[-3:-1] == (None, None)


def test_sums_become_lower_bounds_once_their_feed_is_known_to_sample() -> None:
    begin = NOW // 240_000 * 240_000
    market = made(connected(begin), liquidation(begin + 1, 5.0))
    walked(market, begin, begin + 250 * SECOND)
    assert not market.view("BTC", 1440).course.sampled[-2]
    market.apply([liquidation(begin + 251 * SECOND, 5.0, sampled=True), mark(begin + 252 * SECOND)])
    assert market.view("BTC", 1440).course.sampled[-2]


def test_sums_of_a_feed_that_samples_are_lower_bounds() -> None:
    market = made(connected(NOW), mark(NOW), liquidation(NOW + 1, 5.0, sampled=True), now_ms=NOW + 30 * SECOND)
    course = market.view("BTC", 15).course
    assert course.sampled[-1]
    assert not any(course.sampled[:170])


def recalled(*past: Past) -> Market:
    store: dict[str, Any] = {"venue": "liqtop", "market": "perp", "stream": "store", "reason": ""}
    market = Market(SETTINGS, ("BTC",))
    times = {"at_ms": NOW, "received_ms": NOW}
    market.apply([Recall(**store, **times, over=False), *(Stored(**store, **times, past=one) for one in past)])
    market.apply([Recall(**store, **times, over=True)])
    return market


def bar(minutes_ago: int, close: float, net: float = 0.0, venue: str = "bybit") -> Bar:
    at_ms = NOW - minutes_ago * MINUTE
    return Bar(
        venue=venue, market="perp", symbol="BTCUSDT", coin="BTC", at_ms=at_ms, received_ms=at_ms, open=close,
        high=close + 1, low=close - 1, close=close, volume_usd=abs(net), net_taker_usd=net,
    )  # fmt: skip


def test_stored_minutes_fill_the_time_before_the_start_and_leave_what_was_not_stored() -> None:
    market = recalled(*(bar(ago, 100.0 + ago, 5.0) for ago in (10, 9, 8, 5, 4)))
    course = market.view("BTC", 240).course
    assert course.price[-11:-3] == (110.0, 109.0, 108.0, None, None, 105.0, 104.0, None)
    assert (course.low[-11], course.high[-11]) == (109.0, 111.0)
    assert course.perp[-11:-3] == (5.0, 5.0, 5.0, None, None, 5.0, 5.0, None)
    assert not any(course.filled)


def test_in_short_windows_a_stored_minute_stands_as_one_level_and_its_flow_at_its_end() -> None:
    course = recalled(bar(3, 103.0, 7.0), bar(2, 102.0, 8.0)).view("BTC", 15).course
    place = (NOW - 3 * MINUTE - course.first_ms) // course.step_ms
    assert course.price[place : place + 24] == (103.0,) * 12 + (102.0,) * 12
    assert all(course.filled[place : place + 24])
    assert course.perp[place : place + 24] == (None,) * 11 + (7.0,) + (None,) * 11 + (8.0,)


def test_of_several_exchanges_the_preferred_ones_stored_price_counts_in_any_order() -> None:
    first, second = SETTINGS.price.venues[:2]
    for venues in ((first, second), (second, first)):
        bars = [bar(2, 100.0 if venue == first else 200.0, venue=venue) for venue in venues]
        assert recalled(*bars).view("BTC", 240).course.price[-3] == 100.0


def test_candles_fill_the_time_before_the_start_but_no_gap_after_it() -> None:
    market = made(connected(NOW), mark(NOW), now_ms=NOW + 20 * MINUTE)
    quarter, now_ms = 15 * MINUTE, NOW + 20 * MINUTE
    opens = range((NOW // quarter - 96) * quarter, now_ms - quarter, quarter)
    market.apply([candle(at_ms, 90.0, interval="15m", received_ms=now_ms) for at_ms in opens])
    market.apply([mark(NOW + 20 * MINUTE, 95.0)])
    course = market.view("BTC", 240).course
    before = (NOW - course.first_ms) // MINUTE
    assert course.price[:before] == (90.0,) * before
    assert all(course.filled[:before])
    assert course.price[before + 1 : -1] == (None,) * 19


def test_open_interest_is_summed_of_those_that_tell_it_throughout() -> None:
    """The third is known of the last minutes alone: with it the sum would jump."""
    market = made(mark(NOW))
    for minute in range(-120, 1):
        for venue, coins in (("binance", 10.0), ("okx", 5.0)):
            event = open_interest(NOW + minute * MINUTE, coins + minute / 100, venue=venue, received_ms=NOW)
            market.apply([event])
    market.apply([open_interest(NOW, 7.0, venue="bybit", received_ms=NOW)])
    course = market.view("BTC", 60).course
    assert course.interest_of == ("binance", "okx")
    assert course.interest[-1] == 15.0
    assert course.interest[0] == pytest.approx(15.0 - 1.2, abs=0.05)


def test_funding_is_the_median_as_it_was_known_then() -> None:
    market = made(connected(NOW))
    for minute, rate in enumerate([0.0001, 0.0002, 0.0003]):
        market.apply([funding(NOW + minute * MINUTE, rate), mark(NOW + minute * MINUTE)])
        market.advance(NOW + minute * MINUTE + 59_000)
    course = market.view("BTC", 240).course
    assert course.funding[-3:] == (0.0001, 0.0002, 0.0003)
    assert set(course.funding[:-3]) == {None}


def test_a_course_in_which_nothing_moved_is_the_same_object() -> None:
    market = made(connected(NOW), mark(NOW), now_ms=NOW + 400)
    course = market.view("BTC").course
    market.apply([trade(NOW + 500)])
    assert market.view("BTC").course is course
    market.advance(NOW + 1_000)
    assert market.view("BTC").course is not course


def test_a_coin_of_which_nothing_is_known_has_no_course() -> None:
    assert made(now_ms=NOW).view("BTC").course == Course()
    assert recalled(Watched(coin="BTC", spans=())).view("BTC").course == Course()


def test_a_day_without_anything_leaves_nothing_of_the_day_before() -> None:
    market = made(connected(NOW), mark(NOW), trade(NOW), liquidation(NOW, 9.0))
    market.advance(NOW + 1441 * MINUTE)
    course = market.view("BTC", 1440).course
    assert set(course.price) == {None}
    assert not by_slot(course.perp, course)
    assert not by_slot(course.long_usd, course)


def test_a_stored_connection_makes_the_stored_time_watched() -> None:
    at_ms = NOW - 30 * MINUTE
    kinds = [Connected(venue="bybit", market="perp", stream="bybit perp", at_ms=at_ms, received_ms=at_ms, reason="")]
    over = Disconnected(venue="bybit", market="perp", stream="bybit perp", at_ms=NOW, received_ms=NOW, reason="")
    market = recalled(bar(30, 100.0), *kinds, over, Watched(coin="BTC", spans=((0, NOW),)))
    course = market.view("BTC", 240).course
    assert course.long_usd[-31:-1] == (0.0,) * 30
    assert set(course.long_usd[:-31]) == {None}
