"""The header as a person reads it."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY, Change, Health, InterestReading, MarketView
from tests.tui.views_fixture import AT_MS, FULL, feed, lines
from tui.controls import Controls
from tui.views.header import header
from tui.views.row import style_of, topic_of

LISTED = Controls(list_name="majors")
NAMES = ("binance", "bybit", "okx", "hyperliquid", "coinbase", "htx", "gate", "bitmex", "deribit", "bitget")
STATES: dict[str, Health] = {"bybit": "blocked", "okx": "dead", "htx": "quiet"}
TEN = replace(
    FULL,
    feeds=tuple(feed(name, STATES.get(name, "live")) for name in NAMES),
    interest=(
        InterestReading("binance", None, 8e9, None, None, None, 0.01, AT_MS, False),
        InterestReading("bybit", None, 5.1e9, None, None, None, 0.0, AT_MS, False),
    ),
)
"""Ten exchanges, three of them not live, and open interest of 8 and 5.1 billion, of which one grew by a percent."""


def first(view: MarketView = FULL, controls: Controls = LISTED, width: int = 120) -> str:
    return lines(header(view, controls, width, 2))[0]


def second(view: MarketView = FULL, width: int = 120) -> str:
    return lines(header(view, Controls(), width, 2))[1]


@pytest.mark.parametrize(
    ("width", "text"),
    [
        (48, "▸BTC  ETH  SOL  POPCAT! WIF      LIVE   2/3 live"),
        (60, "▸BTC  ETH  SOL  POPCAT! WIF            LIVE   BIN● BYB● OKX◐"),
        (78, " liqtop ▸BTC  ETH  SOL  POPCAT! WIF        LIVE   BIN● BYB● OKX◐  12:03:44 UTC"),
    ],
)
def test_the_first_row_gives_up_lag_list_name_and_clock_before_tabs_and_feeds(width: int, text: str) -> None:
    assert first(width=width) == text


def test_a_wide_first_row_shows_everything() -> None:
    text = first()
    assert text.startswith(" liqtop  majors ▸BTC  ETH  SOL  POPCAT! WIF ")
    assert text.endswith(" LIVE   BIN● BYB● OKX◐  lag 84 ms  12:03:44 UTC")


@pytest.mark.parametrize(
    ("width", "text"),
    [
        (30, " 71,452.3  ▲ +1.24 %"),
        (48, " 71,452.3  ▲ +1.24 % 24h  fund +0.0102 %"),
        (60, " 71,452.3  ▲ +1.24 % 24h  fund +0.0102 % 8h 11 %/y in 3h12m"),
        (
            120,
            " 71,452.3  ▲ +1.24 % 24h  fund +0.0102 % 8h 11 %/y in 3h12m  BIN +0.0102% BYB +0.0120% OKX +0.0100%",
        ),
    ],
)
def test_the_second_row_gives_up_funding_before_the_price(width: int, text: str) -> None:
    assert second(width=width) == text


def test_a_single_row_keeps_coin_price_feeds_and_mode() -> None:
    assert lines(header(FULL, Controls(), 44, 1)) == [" BTC 71,452.3  ▲ +1.24 %  2/3 live   LIVE"]
    assert lines(header(FULL, Controls(), 31, 1)) == [" BTC 71,452.3  2/3 live   LIVE"]


def single(view: MarketView, width: int) -> str:
    return lines(header(view, Controls(), width, 1))[0]


def test_ten_exchanges_leave_funding_and_open_interest_their_room_in_a_single_row() -> None:
    """Those that are not live are named, the worst first, as many as fit; where it is wide all are."""
    price = " BTC 71,452.3  ▲ +1.24 %  fund +0.0102 %  OI 13.1B +0.6% 24h  "
    assert single(TEN, 80) == price + "7/10 live   LIVE"
    assert single(TEN, 90) == price + "7/10 live OKX○ +2   LIVE"
    based = " BTC 71,452.3  ▲ +1.24 % 24h  fund +0.0102 %  OI 13.1B +0.6% 24h  "
    assert single(TEN, 104) == based + "7/10 live OKX○ BYB✕ HTX◐   LIVE"
    everyone = "BIN● BYB✕ OKX○ HYP● CBS● HTX◐ GAT● BMX● DER● BGT●"
    assert single(TEN, 150) == f"{based}{everyone}  12:03:44 UTC   LIVE"


def test_ten_live_exchanges_are_a_count_where_their_names_have_no_room() -> None:
    healthy = replace(TEN, feeds=tuple(feed(name) for name in NAMES))
    assert single(healthy, 80).endswith("24h  10/10 live   LIVE")


def test_tabs_come_before_the_names_of_live_exchanges_in_the_first_row() -> None:
    assert first(TEN, width=80) == "▸BTC  ETH  SOL  POPCAT! WIF                      LIVE   7/10 live OKX○ BYB✕ HTX◐"


@pytest.mark.parametrize(
    ("state", "glyph", "plain"),
    [
        ("live", "●", "*"),
        ("quiet", "◐", "~"),
        ("suspect", "◐", "~"),
        ("dead", "○", "o"),
        ("blocked", "✕", "x"),
        ("off", "·", "."),
    ],
)
def test_every_state_of_a_feed_has_its_glyph(state: Health, glyph: str, plain: str) -> None:
    view = replace(FULL, feeds=(feed("binance", state),))
    assert f"BIN{glyph}" in first(view)
    assert f"BIN{plain}" in first(view, Controls(ascii=True))


def test_a_venue_counts_by_its_worst_stream() -> None:
    view = replace(FULL, feeds=(feed("binance", "quiet"), feed("binance", "dead"), feed("binance", "off")))
    assert "BIN○" in first(view)


def test_a_venue_that_is_down_in_part_is_not_shown_as_down() -> None:
    view = replace(FULL, feeds=(feed("binance"), feed("binance", "blocked")))
    assert "BIN◐" in first(view)


@pytest.mark.parametrize(
    ("controls", "badge"),
    [
        (Controls(mode="DEMO"), " DEMO "),
        (Controls(mode="REPLAY", speed=10), " REPLAY 10x "),
        (Controls(mode="REPLAY", speed=float("inf")), " REPLAY max "),
        (Controls(paused_at_ms=AT_MS - 12_000), " PAUSED 12:03:32 "),
        (Controls(mode="DEMO", paused_at_ms=AT_MS), " DEMO  PAUSED 12:03:44 "),
        (Controls(mode="REPLAY", paused_at_ms=AT_MS - 12_000), " REPLAY 1x  PAUSED   BIN"),
    ],
)
def test_the_badge_tells_the_mode(controls: Controls, badge: str) -> None:
    assert badge in first(FULL, controls)


def test_a_price_that_stopped_is_marked_with_its_age() -> None:
    view = replace(FULL, price=replace(FULL.price, at_ms=AT_MS - 94_000, stale_at_ms=AT_MS - 1))
    row = [(text, style_of(mark)) for text, mark in header(view, Controls(), 80, 2)[1]]
    assert ("71,452.3", "stale") in row
    assert (" 1m34s old", "warn") in row


def test_a_change_over_less_than_a_day_says_so() -> None:
    assert "▼ −0.28 % over 3h12m" in second(replace(FULL, change=Change(-0.0028, 11_520_000)))


def test_stale_funding_is_said_to_be_stale() -> None:
    assert FULL.funding_median is not None
    view = replace(FULL, funding_median=replace(FULL.funding_median, stale=True))
    assert "fund +0.0102 % 8h 11 %/y in 3h12m stale" in second(view)


def test_before_the_first_price_it_says_what_it_waits_for() -> None:
    assert second(replace(EMPTY, feeds=FULL.feeds)).startswith(
        " ?  waiting for a first price from BIN, BYB, OKX  fund ?"
    )
    down = replace(EMPTY, feeds=(feed("binance", "dead"), feed("bybit", "blocked")))
    assert second(down).startswith(" ?  no price yet: no feed is up  fund ?")


def test_the_chosen_coin_stays_among_the_tabs_that_fit() -> None:
    assert "▸WIF" in first(FULL, Controls(coin="WIF"), 48)


@pytest.mark.parametrize(("thrift", "said"), [(0, " 84 ms "), (1, " ≤100 ms ")])
def test_on_a_thin_line_the_lag_moves_in_large_steps(thrift: int, said: str) -> None:
    assert said in first(controls=Controls(thrift=thrift))


@pytest.mark.parametrize(("thrift", "said"), [(0, "in 3m20s"), (1, "in 3m")])
def test_on_a_thin_line_the_next_payment_is_told_in_minutes(thrift: int, said: str) -> None:
    assert FULL.funding_median is not None
    view = replace(FULL, funding_median=replace(FULL.funding_median, next_at_ms=AT_MS + 200_000))
    assert f"{said}  BIN" in lines(header(view, Controls(thrift=thrift), 120, 2))[1]


@pytest.mark.parametrize(
    ("fraction", "span"),
    [(0.0124, ("▲ +1.24 %", "up")), (-0.0124, ("▼ −1.24 %", "down")), (0.00001, ("+0.00 %", "text"))],
)
def test_a_change_is_told_by_glyph_sign_and_colour(fraction: float, span: tuple[str, str]) -> None:
    row = header(replace(FULL, change=Change(fraction, 86_400_000)), Controls(), 80, 2)[1]
    assert span in [(text, style_of(mark)) for text, mark in row]


def test_each_exchange_in_the_header_is_explained_by_itself() -> None:
    marks = [mark for _, mark in header(FULL, LISTED, 120, 2)[0]]
    assert {topic_of(mark)[1] for mark in marks if topic_of(mark)[0] == "header.feed"} == {"binance", "bybit", "okx"}
