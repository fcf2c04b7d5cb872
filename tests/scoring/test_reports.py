"""What exchanges report is kept with its history, its age and its gaps."""

import pytest

from feeds.events import AnyEvent
from scoring.candles import LENGTHS_MS
from scoring.market import Market
from scoring.reports import DAY_MS, HOUR_MS, Reports
from scoring.settings import RestDataSettings, ScoringSettings
from scoring.view import InterestReading, MarketView
from tests.scoring.events_fixture import MINUTE, NOW, candle, depth, long_short, mark, open_interest, put_call


def view(*events: AnyEvent, now_ms: int = NOW) -> MarketView:
    market = Market(ScoringSettings(), ("BTC",))
    market.apply(events)
    market.advance(now_ms)
    return market.view("BTC")


def interest(*events: AnyEvent, now_ms: int = NOW) -> InterestReading:
    (row,) = view(*events, now_ms=now_ms).interest
    return row


def test_open_interest_in_coins_becomes_usd_at_the_venues_fresh_mark_price() -> None:
    """Not at another venue's, which is preferred otherwise."""
    marks = [mark(NOW, 100.0, venue="binance"), mark(NOW, 110.0, venue="okx")]
    row = interest(*marks, open_interest(NOW, 5.0, venue="okx"))
    assert (row.coins, row.usd) == (5.0, 550.0)
    assert interest(*marks, open_interest(NOW, 5.0, venue="bybit")).usd == 500.0


def test_open_interest_in_usd_becomes_coins_the_same_way() -> None:
    """What a venue tells of both is taken as told."""
    assert interest(mark(NOW, 100.0), open_interest(NOW, None, 500.0)).coins == 5.0
    told = interest(mark(NOW, 100.0), open_interest(NOW, 7.0, 500.0))
    assert (told.coins, told.usd) == (7.0, 500.0)


@pytest.mark.parametrize(
    "events",
    [
        (open_interest(NOW, 5.0),),
        (mark(NOW - 10_001), open_interest(NOW, 5.0)),
        (mark(NOW), open_interest(NOW - 120_000, 5.0, received_ms=NOW)),
    ],
)
def test_without_a_price_of_then_usd_is_unknown(events: tuple[AnyEvent, ...]) -> None:
    """No price, a stale price, and a reading of the past that today's price doesn't value."""
    assert interest(*events).usd is None


def history(*rows: tuple[int, float]) -> list[AnyEvent]:
    """Coins by age, told now."""
    return [open_interest(NOW - age_ms, coins, received_ms=NOW) for age_ms, coins in rows]


def test_changes_compare_with_an_hour_and_a_day_ago() -> None:
    """Live first, history after: 110 now, 100 an hour ago and 88 a day ago."""
    row = interest(open_interest(NOW, 110.0), *history((HOUR_MS, 100.0), (DAY_MS, 88.0), (2 * HOUR_MS, 1.0)))
    assert (row.coins, row.coins_1h, row.coins_24h) == (110.0, pytest.approx(0.1), pytest.approx(0.25))
    assert (row.usd_1h, row.usd_24h) == (None, None)


def test_without_history_changes_are_unknown() -> None:
    """A reading eight minutes from an hour ago, or 36 from a day ago, is none of then."""
    row = interest(open_interest(NOW, 110.0), *history((HOUR_MS - 8 * MINUTE, 100.0), (DAY_MS - 36 * MINUTE, 88.0)))
    assert (row.coins_1h, row.coins_24h) == (None, None)


def test_open_interest_that_is_not_told_any_more_is_stale() -> None:
    """After three minutes."""
    assert not interest(open_interest(NOW, 1.0), now_ms=NOW + 180_000).stale
    assert interest(open_interest(NOW, 1.0), now_ms=NOW + 180_001).stale


def test_one_symbol_of_a_venue_stands_for_the_coin() -> None:
    """Two books in turn would look like a jump every time; the one in USDT goes first."""
    small = [open_interest(NOW + number, 3.0, symbol="BTCUSD") for number in range(2)]
    assert interest(small[0], open_interest(NOW, 50.0), small[1]).coins == 50.0


def test_the_largest_open_interest_is_first() -> None:
    """Unknown USD is last."""
    rows = view(
        open_interest(NOW, 5.0, 5.0, venue="okx"),
        open_interest(NOW, 9.0, 9.0, venue="binance"),
        open_interest(NOW, 99.0, venue="gate"),
    ).interest
    assert [row.venue for row in rows] == ["binance", "okx", "gate"]


def test_the_crowd_is_kept_by_basis_with_its_change_over_a_day() -> None:
    """From 55 to 62 of a hundred accounts is seven points."""
    rows = view(
        long_short(NOW, 0.62),
        long_short(NOW - DAY_MS, 0.55, received_ms=NOW),
        long_short(NOW, 0.5, basis="top_positions"),
    ).crowd
    assert [(row.basis, row.long_share, row.change_24h) for row in rows] == [
        ("accounts", 0.62, pytest.approx(0.07)),
        ("top_positions", 0.5, None),
    ]
    assert view(long_short(NOW, 0.6), now_ms=NOW + 1_800_001).crowd[0].stale


def test_the_latest_depth_is_shown_until_it_is_stale() -> None:
    """A minute and a half after it was told."""
    rows = view(depth(NOW - 1, 1.0), depth(NOW, 5.0, 6.0), now_ms=NOW + 90_000).depth
    assert [(row.bid_usd, row.ask_usd, row.stale) for row in rows] == [(5.0, 6.0, False)]
    assert view(depth(NOW), now_ms=NOW + 90_001).depth[0].stale


def test_halves_of_puts_per_call_are_joined() -> None:
    """One answer tells open interest, another volume; what one lacks is kept."""
    (row,) = view(put_call(NOW, 0.62), put_call(NOW + 5, None, 0.8)).options
    assert (row.family, row.open_interest, row.volume, row.at_ms) == ("BTC-USD", 0.62, 0.8, NOW)


def test_a_half_that_is_not_told_any_more_is_forgotten_first() -> None:
    """The volume goes on, the open interest is half an hour old; without either the row is stale with both."""
    late = NOW + 1_800_001
    (row,) = view(put_call(NOW, 0.62, 0.7), put_call(late, None, 0.8), now_ms=late).options
    assert (row.open_interest, row.volume, row.stale) == (None, 0.8, False)
    (row,) = view(put_call(NOW, 0.62, 0.7), now_ms=late).options
    assert (row.open_interest, row.volume, row.stale) == (0.62, 0.7, True)
    assert view(put_call(NOW, None, None)).options == ()


def run(venue: str, count: int, interval: str = "1h", missing: int = -1, price: float = 100.0) -> list[AnyEvent]:
    """Closed candles up to the newest whole one, told now, without the one so many before it."""
    length = LENGTHS_MS[interval]
    last = NOW // length * length - length
    return [
        candle(last - age * length, price + age, venue=venue, interval=interval, received_ms=NOW)
        for age in range(count)
        if age != missing
    ]


def bars_of(*venues: list[AnyEvent], now_ms: int = NOW) -> tuple[int, float | None, str]:
    """How many candles are used, the last close, and why there are none."""
    reports = Reports(RestDataSettings())
    for events in venues:
        for event in events:
            reports.take(event, None)  # type: ignore[arg-type]
    found, reason = reports.bars("1h", ("binance", "bybit"), 30, now_ms)
    return len(found), found[-1].close if found else None, reason


def test_candles_of_the_first_venue_that_has_enough_are_used() -> None:
    """In the order of preference, however many another has; where none has enough, the longest run."""
    assert bars_of(run("gate", 50, price=3.0), run("bybit", 30, price=2.0), run("binance", 29, price=1.0)) == (
        30,
        2.0,
        "",
    )
    assert bars_of(run("binance", 9, price=1.0), run("gate", 20, price=3.0)) == (20, 3.0, "")
    assert bars_of(run("binance", 50, missing=25, price=1.0), run("bybit", 40, price=2.0)) == (40, 2.0, "")


def test_without_candles_the_reason_tells_old_from_none() -> None:
    """A stale run is not used at all."""
    assert bars_of(run("binance", 50, "15m")) == (0, None, "no candles yet")
    assert bars_of(run("binance", 50), now_ms=NOW + 600_001) == (0, None, "candles are stale")


def test_the_price_change_is_against_the_candles() -> None:
    """Of a day ago 15 minute candles tell 80, of an hour ago 96; the price is 120 and then stale."""
    day, hour = (
        candle((NOW - span_ms) // 900_000 * 900_000 - 900_000, price, interval="15m", received_ms=NOW)
        for span_ms, price in ((DAY_MS, 80.0), (HOUR_MS, 96.0))
    )
    change = view(day, hour, mark(NOW, 120.0)).change
    assert change is not None
    assert (change.fraction, change.span_ms) == (pytest.approx(0.5), DAY_MS)
    assert view(hour, mark(NOW, 120.0)).change is None
    stale = view(day, hour, mark(NOW - 20_000, 110.0), mark(NOW, 120.0), now_ms=NOW + 10_001).change
    assert stale is not None
    assert stale.span_ms == 20_000
