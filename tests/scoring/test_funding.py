"""Rates are comparable per 8 h, and graded by the table."""

import pytest

from feeds.events import Funding
from scoring.coin import CoinState
from scoring.funding import funding_median, grade_long, grade_short, readings
from scoring.market import Market
from scoring.settings import FundingSettings, ScoringSettings
from scoring.view import FundingMedian, Grade
from tests.scoring.events_fixture import NOW, funding

SETTINGS = FundingSettings()


def test_rates_of_every_interval_become_per_8_h_and_per_year() -> None:
    """0.006 % per 4 h and 0.0015 % per 1 h are the same 0.012 %, 13.1 % a year."""
    events = [funding(NOW, 0.00006, 4.0, venue="bybit"), funding(NOW, 0.000015, 1.0, venue="hyperliquid")]
    for row in readings(events, NOW, SETTINGS):
        assert row.per_8h == pytest.approx(0.00012)
        assert row.per_year == pytest.approx(0.1314)


def test_a_rate_without_interval_or_out_of_date_is_shown_but_not_compared() -> None:
    """The median is that of the fresh and known ones."""
    events = [
        funding(NOW, 0.5, None, venue="okx"),
        funding(NOW - 900_001, 0.5, venue="bybit"),
        funding(NOW, 0.0001, venue="binance"),
        funding(NOW, float("nan"), venue="gate"),
    ]
    rows = readings(events, NOW, SETTINGS)
    assert [(row.venue, row.stale, row.per_8h is None) for row in rows] == [
        ("binance", False, False),
        ("bybit", True, False),
        ("okx", False, True),
    ]
    assert funding_median(rows, NOW) == FundingMedian(0.0001, pytest.approx(0.1095), None, 1, False)
    assert funding_median(rows[2:], NOW) is None


def test_where_no_rate_is_fresh_the_last_known_ones_are_the_median_and_it_says_so() -> None:
    """Two venues went silent; their rates are still shown, as stale, and are not graded."""
    late = NOW - 900_001
    rows = readings([funding(late, 0.0001, venue="okx"), funding(late, 0.0003, venue="bybit")], NOW, SETTINGS)
    assert funding_median(rows, NOW) == FundingMedian(pytest.approx(0.0002), pytest.approx(0.219), None, 2, True)


def test_the_next_payment_is_the_nearest_that_is_still_ahead() -> None:
    """One venue pays in an hour, one in seven; one has told only its last payment."""
    times = {"binance": NOW + 25_200_000, "bybit": NOW + 3_600_000, "okx": NOW - 1}
    events = [funding(NOW, 0.0001, venue=venue, next_at_ms=at_ms) for venue, at_ms in times.items()]
    median = funding_median(readings(events, NOW, SETTINGS), NOW)
    assert median is not None
    assert median.next_at_ms == NOW + 3_600_000


@pytest.mark.parametrize(
    ("rate", "long", "short"),
    [
        (-0.0006, "pass", "fail"),
        (-0.0005, "pass", "fail"),
        (-0.0004, "pass", "warn"),
        (-0.00005, "pass", "warn"),
        (-0.00004, "pass", "pass"),
        (0.0001, "pass", "pass"),
        (0.00025, "pass", "pass"),
        (0.0003, "warn", "pass"),
        (0.0005, "fail", "pass"),
    ],
)
def test_grades_follow_the_table(rate: float, long: Grade, short: Grade) -> None:
    """All venues alike."""
    assert grade_long(rate, rate, SETTINGS)[0] == long
    assert grade_short(rate, rate, SETTINGS)[0] == short


def test_one_extreme_venue_costs_a_step() -> None:
    """Overheated on one venue: pass becomes warn, warn becomes fail; for shorts mirrored."""
    assert grade_long(0.0001, 0.0005, SETTINGS) == ("warn", "neutral, but overheated on one venue")
    assert grade_long(0.0004, 0.0009, SETTINGS)[0] == "fail"
    assert grade_short(0.0001, -0.0005, SETTINGS)[0] == "warn"
    assert grade_short(-0.0001, -0.0005, SETTINGS)[0] == "fail"


def test_the_pasted_rates_are_warm_on_one_venue_and_no_veto() -> None:
    """+0.012 %, +0.018 %, +0.024 %: the median is 0.018 % and a long may pass."""
    events = [
        funding(NOW, 0.00012, venue="binance"),
        funding(NOW, 0.00018, venue="okx"),
        funding(NOW, 0.00024, venue="bybit"),
    ]
    middle = funding_median(readings(events, NOW, SETTINGS), NOW)
    assert middle is not None
    assert middle.per_8h == 0.00018
    assert grade_long(middle.per_8h, 0.00024, SETTINGS)[0] == "pass"


@pytest.mark.parametrize(
    ("rate", "percentile", "long", "short"),
    [
        (-0.0006, 50.0, "pass", "fail"),
        (-0.0004, 6.0, "pass", "warn"),
        (-0.0004, 5.0, "pass", "fail"),
        (-0.0003, 5.0, "pass", "fail"),
        (-0.0001, 5.0, "pass", "fail"),
        (-0.00009, 1.0, "pass", "warn"),
        (-0.00004, 1.0, "pass", "pass"),
        (0.0001, 99.0, "pass", "pass"),
        (0.0002, 99.0, "pass", "pass"),
        (0.0003, 94.0, "warn", "pass"),
        (0.0003, 95.0, "fail", "pass"),
        (0.00049, 95.0, "fail", "pass"),
        (0.0005, 10.0, "fail", "pass"),
    ],
)
def test_a_rate_rare_in_its_own_history_fails_earlier(
    rate: float, percentile: float, long: Grade, short: Grade
) -> None:
    """Long from +0.03 % at p95 on, short from -0.01 % at p5 down; the fixed bands stay."""
    assert grade_long(rate, rate, SETTINGS, percentile)[0] == long
    assert grade_short(rate, rate, SETTINGS, percentile)[0] == short


def settled(days_ago: float, rate: float) -> Funding:
    """A settlement of the past, told by an answer that came now."""
    return funding(NOW - round(days_ago * 86_400_000), rate, received_ms=NOW)


def test_history_never_supersedes_the_running_rate() -> None:
    """Before the first running rate there is none; after it the running one stays, and knows its place."""
    coin = CoinState("BTC", ScoringSettings())
    for back in range(92, 0, -1):
        coin.take_funding(settled(back / 3, 0.0001 if back > 4 else 0.0004))
    assert coin.fundings == {}
    running = funding(NOW, 0.0003, next_at_ms=NOW + 3_600_000)
    coin.take_funding(running)
    for back in range(92, 0, -1):
        coin.take_funding(settled(back / 3, 0.0001 if back > 4 else 0.0004))
    assert coin.fundings == {"bybit": running}
    (row,) = readings(coin.fundings.values(), NOW, SETTINGS, coin.reports.place_of_funding)
    assert row.percentile == pytest.approx(100 * 88 / 92)
    assert row.history_ms == pytest.approx(91 / 3 * 86_400_000, abs=2)


def test_a_running_rate_is_not_superseded_by_an_earlier_one_of_its_symbol() -> None:
    coin = CoinState("BTC", ScoringSettings())
    coin.take_funding(funding(NOW, 0.0003, next_at_ms=NOW + 1))
    coin.take_funding(funding(NOW - 60_000, 0.0001, next_at_ms=NOW + 1))
    assert coin.fundings["bybit"].rate == 0.0003


def test_a_settlement_is_no_sign_of_life_of_the_sockets() -> None:
    """It came by REST, while no socket has connected."""
    market = Market(ScoringSettings(), ("BTC",))
    market.apply([settled(1, 0.0001)])
    assert market.view("BTC").feeds == ()
    assert market.view("BTC").funding == ()
    market.apply([funding(NOW, 0.0001)])
    assert [row.state for row in market.view("BTC").feeds] != []


def test_a_symbols_history_is_its_own() -> None:
    """The rate of another symbol of the venue has no place in it."""
    coin = CoinState("BTC", ScoringSettings())
    for back in range(60, 0, -1):
        coin.take_funding(settled(back / 3, 0.0001))
    coin.take_funding(funding(NOW, 0.0001, symbol="BTCPERP"))
    (row,) = readings(coin.fundings.values(), NOW, SETTINGS, coin.reports.place_of_funding)
    assert row.percentile is None
