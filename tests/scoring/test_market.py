"""Events in, one consistent picture out: nothing is lost between venues, rows and windows."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.events import AnyEvent
from scoring.market import Market
from scoring.settings import LadderSettings, ScoringSettings
from scoring.view import EMPTY
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
    refused,
    trade,
    undecodable,
)


def market(*events: AnyEvent, coins: tuple[str, ...] = (), now_ms: int | None = None) -> Market:
    made = Market(ScoringSettings(), coins)
    made.apply(events)
    if now_ms is not None:
        made.advance(now_ms)
    return made


ROW = st.tuples(
    st.sampled_from(["binance", "bybit", "okx"]),
    st.sampled_from(["BTC", "WIF"]),
    st.sampled_from(["long", "short"]),
    st.integers(1, 10**9),
    st.floats(50.0, 150.0),
    st.integers(0, 1500 * MINUTE),
    st.integers(0, 700 * MINUTE),
)


@given(st.lists(ROW, max_size=30), st.integers(0, 1500 * MINUTE))
def test_totals_of_venues_coins_and_windows_agree_with_a_recount(rows: list[tuple], wait_ms: int) -> None:
    """Whatever the order, the lateness and the jumps of the clock."""
    made, now_ms = market(mark(NOW), mark(NOW, coin="WIF"), coins=("BTC", "WIF")), NOW
    kept = []
    for venue, coin, position, cents, price, late_ms, passed_ms in rows:
        now_ms += passed_ms
        event = liquidation(now_ms - late_ms, cents / 100, price, position, venue=venue, coin=coin, received_ms=now_ms)
        made.apply([event])
        kept.append(event)
    now_ms += wait_ms
    made.advance(now_ms)
    for window in WINDOWS:
        first_ms = (now_ms // MINUTE - window + 1) * MINUTE
        inside = [event for event in kept if event.at_ms >= first_ms]
        total = made.totals(window)
        for side in ("long", "short"):
            found = getattr(total, side)
            expected = [event.notional_usd for event in inside if event.position == side]
            assert (found.count, found.usd) == (len(expected), pytest.approx(sum(expected)))
            coins = [getattr(made.view(coin).totals[WINDOWS.index(window)], side) for coin in made.coins]
            assert sum(part.count for part in coins) == found.count
            assert sum(part.usd for part in coins) == pytest.approx(found.usd)
            assert sum(getattr(venue, side).count for venue in total.venues) == found.count


@given(st.lists(st.integers(-100_000, 100_000), max_size=20))
def test_the_clock_never_goes_backwards(offsets: list[int]) -> None:
    """Neither by `advance` nor by an event."""
    made = Market(ScoringSettings())
    for number, offset in enumerate(offsets):
        before = made.now_ms
        if number % 2:
            made.advance(NOW + offset)
        else:
            made.apply([trade(NOW + offset)])
        assert made.now_ms == max(before, NOW + offset)


def test_the_fold_does_not_depend_on_batches() -> None:
    """One by one or all at once, the picture is the same."""
    events: list[AnyEvent] = [connected(NOW)]
    for number in range(200):
        at_ms = NOW + number * 7_000
        events += [mark(at_ms, 100 + number % 7), trade(at_ms, 60_000.0, coin="WIF"), liquidation(at_ms, 5_000.0)]
    at_once, one_by_one = market(*events, now_ms=NOW + 1_400_000), market()
    for event in events:
        one_by_one.apply([event])
    one_by_one.advance(NOW + 1_400_000)
    for coin in ("BTC", "WIF"):
        assert at_once.view(coin) == one_by_one.view(coin)


def test_only_named_coins_are_folded() -> None:
    """Events of others are counted, and show that their feed lives."""
    made = market(liquidation(NOW, 5.0, coin="WIF"), trade(NOW, coin="ETH"), mark(NOW), coins=("BTC",))
    view = made.view("BTC")
    assert made.coins == ("BTC",)
    assert (view.counts.events, view.counts.liquidations, view.counts.not_watched) == (3, 1, 2)
    assert view.feeds[0].events == 3
    assert made.totals(60).long.count == 0


def test_reports_are_counted_too() -> None:
    """Open interest and candles came over REST or a socket: they are events, but no sign of a socket's life."""
    view = market(mark(NOW), open_interest(NOW), candle(NOW - MINUTE * 60), open_interest(NOW, coin="WIF")).view("BTC")
    assert view.counts.events == 4
    assert view.feeds[0].events == 1


def test_without_named_coins_every_coin_that_appears_is_folded_up_to_a_bound() -> None:
    """A hostile venue can't fill the memory with names."""
    made = Market(ScoringSettings(ladder=LadderSettings(most_coins=2)))
    made.apply([trade(NOW, coin=name) for name in ("A", "B", "C", "A")])
    assert made.coins == ("A", "B")
    assert made.view("A").counts.left_out == {"too many coins": 1}


def test_a_coin_of_which_nothing_was_seen_is_empty_and_says_so() -> None:
    """Not zero, not another coin's numbers."""
    view = market(mark(NOW)).view("POPCAT", 60)
    assert (view.price.value, view.price.reason) == (None, "nothing of POPCAT was seen yet")
    assert (view.coin, view.ladder.window_minutes, view.totals) == ("POPCAT", 60, ())
    assert market(coins=("POPCAT",)).view("POPCAT").price.value is None
    assert market().view("BTC").at_ms == EMPTY.at_ms


def test_an_unknown_window_is_refused() -> None:
    """The message says what is possible."""
    with pytest.raises(ValueError, match="found 30"):
        market(mark(NOW)).view("BTC", 30)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (liquidation(NOW, 5.0, float("nan")), "implausible"),
        (liquidation(NOW, 5.0, float("inf")), "implausible"),
        (liquidation(NOW, 5.0, -1.0), "implausible"),
        (liquidation(NOW, float("nan")), "implausible"),
        (liquidation(NOW, 0.0), "implausible"),
        (mark(NOW, 0.0), "implausible"),
        (trade(NOW, price=1e-320), "implausible"),
        (liquidation(NOW + 60_001, 5.0, received_ms=NOW), "future"),
        (liquidation(NOW - 1440 * MINUTE, 5.0, received_ms=NOW), "older than 24 h"),
        (undecodable(NOW, "malformed"), "malformed"),
    ],
)
def test_what_can_not_be_right_is_counted_and_enters_nothing(event: AnyEvent, kind: str) -> None:
    """Neither a total nor a price."""
    made = market(connected(NOW), event, coins=("BTC",))
    view = made.view("BTC")
    assert view.counts.left_out == {kind: 1}
    assert (made.totals(1440).long.count, view.price.value, view.ladder.cells) == (0, None, {})


def test_sampling_marks_sums_as_lower_bounds_where_the_venue_has_a_part() -> None:
    """Binance publishes some of its long liquidations; Bybit's shorts are all there is."""
    made = market(liquidation(NOW, 5.0, venue="binance", sampled=True), liquidation(NOW, 7.0, position="short"))
    total = made.totals(60)
    assert (total.long.sampled, total.short.sampled) == (True, False)
    (cell,) = made.view("BTC").ladder.cells.values()
    assert (cell.long_usd, cell.long_sampled, cell.short_usd, cell.short_sampled) == (5.0, True, 7.0, False)


def test_coverage_is_that_of_the_worst_venue_and_zero_before_the_first_connect() -> None:
    """Two minutes of a 15 minute window, one of them with a gap of 30 s; OKX was refused."""
    made = market(
        connected(NOW), gap(NOW + 60_000, NOW + 90_000), connected(NOW, "binance"), refused(NOW, "okx"),
        now_ms=NOW + 120_000,
    )  # fmt: skip
    total = made.totals(15)
    shares = {venue.venue: venue.coverage for venue in total.venues}
    length_ms = 14 * MINUTE
    assert shares == {"binance": 120_000 / length_ms, "bybit": 90_000 / length_ms, "okx": 0.0}
    assert total.coverage == 0.0


def test_a_market_of_two_sockets_is_covered_only_while_both_are_up() -> None:
    """Which of them carries the liquidations is not known here."""
    made = market(
        connected(NOW), connected(NOW, stream="bybit perp 2"), disconnected(NOW + 60_000, stream="bybit perp 2"),
        now_ms=NOW + 120_000,
    )  # fmt: skip
    assert made.totals(15).coverage == 60_000 / (14 * MINUTE)


@pytest.mark.parametrize(
    ("events", "blind"),
    [
        ((), "no liquidation feed has connected yet"),
        ((connected(NOW),), None),
        ((connected(NOW, market="spot"),), "no liquidation feed has connected yet"),
        ((connected(NOW, "hyperliquid"),), "no liquidation feed has connected yet"),
        ((connected(NOW), disconnected(NOW + 1)), "no liquidation feed is up: bybit perp closed with 1006"),
        ((connected(NOW), disconnected(NOW + 1, "okx")), None),
        ((liquidation(NOW, 5.0),), None),
    ],
)
def test_a_market_is_blind_while_no_liquidation_feed_is_up(events: tuple[AnyEvent, ...], blind: str | None) -> None:
    """Then nothing may be entered."""
    view = market(*events, coins=("BTC",)).view("BTC")
    assert view.cascade.blind == blind
    assert (view.checklist.long.verdict == "NO ENTRY") == (blind is not None)


def test_tabs_show_each_coins_fresh_price_and_imbalance() -> None:
    """Two thirds of the shorts' side: (3 - 1) / 4; a stale price is none; no liquidation is no balance."""
    made = market(
        mark(NOW, 50.0, coin="WIF"), liquidation(NOW, 3.0, position="short"), liquidation(NOW, 1.0), mark(NOW + 11_000),
        coins=("BTC", "WIF"),
    )  # fmt: skip
    rows = [(row.coin, row.price, row.imbalance) for row in made.view("WIF").coins]
    assert rows == [("BTC", 100.0, 0.5), ("WIF", None, None)]
    made.advance(NOW + 15 * MINUTE)
    assert made.view("BTC", 15).coins[0].imbalance is None
    assert made.view("BTC", 60).coins[0].imbalance == 0.5


def test_the_day_joins_what_was_liquidated() -> None:
    """2.14M long and 466.66k short are 82.1 % long."""
    made = market(connected(NOW), liquidation(NOW, 2.14e6), liquidation(NOW, 466_660.0, position="short"))
    cascade = made.view("BTC").cascade
    assert cascade.long_share == pytest.approx(0.821, abs=0.0005)
    assert cascade.day == made.totals(1440)
    assert cascade.last_at_ms == NOW


@pytest.mark.parametrize("make", [lambda at_ms: funding(at_ms, 0.0001), mark, trade])
def test_a_picture_taken_earlier_does_not_change(make: Callable[[int], AnyEvent]) -> None:
    """What comes later makes a new one."""
    made = market(connected(NOW), liquidation(NOW, 5_000.0), make(NOW))
    view = made.view("BTC")
    cells, left_out = dict(view.ladder.cells), dict(view.counts.left_out)
    made.apply([liquidation(NOW + 1, 5_000.0), make(NOW + 2), undecodable(NOW + 3, "malformed")])
    made.advance(NOW + 5 * MINUTE)
    made.view("BTC")
    assert (view.ladder.cells, view.counts.left_out, len(view.tape)) == (cells, left_out, 1)
