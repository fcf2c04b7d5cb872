"""Venues, overview and feeds as a person reads them."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY, FeedHealth
from tests.tui.reports_fixture import REPORTED
from tests.tui.views_fixture import AT_MS, lines, screen
from tui.controls import SORTS, Controls
from tui.snapshot_schema import Snapshot
from tui.text import snapshot_json, snapshot_text
from tui.views.feeds import feeds
from tui.views.header import header
from tui.views.overview import chosen, overview
from tui.views.venues import venues


def venue_lines(width: int = 80) -> list[str]:
    return lines(venues(REPORTED, Controls(focus="venues"), width, 200))


def test_open_interest_has_both_units_and_an_unknown_change_is_a_question_mark() -> None:
    shown = venue_lines()
    assert " BIN   17.2k 1,230M    +0.3%     −2.1%  +0.1%   +4.2%         12s" in shown
    assert " OKX   11.6k   830M        ?         ?      ?       ? stale 6m40s" in shown


def test_the_sum_leaves_stale_exchanges_out_and_marks_a_change_known_in_part() -> None:
    """1.23 B after +0.1 % alone for 1 h in USD; both for 24 h: 1.8 B after 1.1804 B and 0.5182 B."""
    assert " all   25.2k 1,800M    +0.5%     +0.0% ~+0.1%   +6.0%        of 2" in venue_lines()


def test_an_exchange_that_is_missing_says_why_and_when_it_is_tried_next() -> None:
    shown = "\n".join(venue_lines())
    assert " HYP ? down, next attempt in 42s: no answer in 10 s\n" in shown
    assert " HTX ? not listed\n" in shown
    assert "OKX ? blocked, next attempt in 10m00s: HTTP 451, service not available in your\n region\n" in shown


def test_accounts_and_positions_are_told_apart() -> None:
    shown = venue_lines()
    assert " BIN   accounts      62.0 % 38.0 %  1.63 +7.0       1m00s" in shown
    assert " BIN   top positions 55.0 % 45.0 %  1.22    ?       1m00s" in shown


def test_silence_is_a_dot_what_was_not_watched_a_question_mark_and_a_part_has_its_sign() -> None:
    shown = venue_lines()
    assert " OKX         ·      ·      ·       ·     ?  24h" in shown
    assert " HYP         ?      ?      ?       ?     ? none" in shown
    assert " CBS    ~+15.0k    ~+60k   ~+240k  ~+1.4M     ?  12h" in shown


def test_of_a_coin_without_options_none_are_missed() -> None:
    view = replace(REPORTED, coin="POPCAT", options=())
    assert "? no exchange lists options on POPCAT" in screen(venues(view, Controls(), 80, 200))


def test_scrolling_says_what_is_out_of_sight() -> None:
    top = lines(venues(REPORTED, Controls(focus="venues"), 80, 20))
    end = lines(venues(REPORTED, Controls(focus="venues", scroll=1_000), 80, 20))
    assert "rows below: 4" in top[0]
    assert "rows above" in end[0]
    assert "below" not in end[0]
    assert "12 of 60 candles seen" in end[-1]


@pytest.mark.parametrize(
    ("sort", "coins"),
    [
        ("list", ["BTC", "ETH", "SOL", "POPCAT"]),
        ("price change", ["POPCAT", "BTC", "ETH", "SOL"]),
        ("imbalance", ["POPCAT", "ETH", "BTC", "SOL"]),
        ("funding", ["ETH", "BTC", "POPCAT", "SOL"]),
        ("OI change", ["BTC", "ETH", "SOL", "POPCAT"]),
        ("liquidations", ["BTC", "POPCAT", "ETH", "SOL"]),
        ("long", ["BTC", "ETH", "POPCAT", "SOL"]),
        ("short", ["POPCAT", "BTC", "ETH", "SOL"]),
    ],
)
def test_the_overview_sorts_what_is_not_known_last(sort: str, coins: list[str]) -> None:
    shown = lines(overview(REPORTED, Controls(focus="overview", sort=sort), 120, 10))
    assert [line.split()[0 if line[1] != "▸" else 1] for line in shown[2:]] == coins
    assert sort in SORTS


def test_the_overview_shows_a_lower_bound_silence_and_what_is_unknown() -> None:
    shown = lines(overview(REPORTED, Controls(focus="overview"), 120, 10))
    assert shown[2].startswith(
        " ▸ BTC         71,452.3 ·            +1.24%     −0.33  +0.0100%    +2.0%     ≥1.2M/≥46k OK       NO ENTRY"
    )
    assert "·/·" in shown[3]
    assert shown[4].split() == ["SOL", *"???????", *("NO", "DATA") * 2]


def test_the_overview_says_in_words_that_too_little_is_known_to_judge() -> None:
    shown = lines(overview(REPORTED, Controls(focus="overview"), 80, 10))
    assert shown[0] == "›OVERVIEW  4 coins  sorted by list  NO DATA: too little known to judge"
    assert shown[3].endswith(" WAIT     NO DATA")


def test_the_overview_has_no_legend_where_every_coin_is_judged() -> None:
    judged = replace(REPORTED, coins=REPORTED.coins[:1])
    assert "NO DATA" not in screen(overview(judged, Controls(focus="overview"), 120, 10))


def test_the_chosen_row_stays_in_sight() -> None:
    below = Controls(focus="overview", scroll=3)
    assert chosen(REPORTED, below) == "POPCAT"
    assert any("▸ POPCAT" in line for line in lines(overview(REPORTED, below, 80, 4)))


def test_the_feeds_screen_names_state_evidence_and_the_next_attempt() -> None:
    down = FeedHealth(
        "bybit", "perp", "bybit perp", "dead", "down since 12:03:01: closed by the server", AT_MS - 43_000,
        reconnects=7, gap_ms=61_000, undecodable=2, retry_at_ms=AT_MS + 8_000, per_second=1234.5,
        bytes_per_second=56_700.0,
    )  # fmt: skip
    row = lines(feeds(replace(REPORTED, feeds=(down,)), Controls(), 200, 20))[2]
    words = "○ BYB bybit perp dead 1,234.5 43s ? 56.7 kB/s 7 1m01s 2 8s down since 12:03:01: closed by the server"
    assert row.split() == words.split()


def test_what_was_left_out_has_the_reason_of_the_last_one() -> None:
    shown = lines(feeds(REPORTED, Controls(), 120, 40))
    assert " 12 late: (red)11 s late" in shown
    assert " BTC is listed on BIN BYB CBS DER, not on HTX" in shown


def test_the_header_shows_open_interest_crowd_and_flow_where_they_are_known() -> None:
    shown = lines(header(REPORTED, Controls(), 120, 2))[1]
    assert shown.endswith("  OI 1.8B ~+0.1% 1h +6.0% 24h  L/S 62/38  CVD 1h ~−1.9M spot")


def test_the_document_of_a_full_report_has_the_shape_of_its_schema() -> None:
    document = snapshot_json(REPORTED, "LIVE")
    Snapshot.model_validate(document, strict=True)
    assert document["open_interest"]["venues"][1]["coins_1h"] == {"value": None, "reason": "no history that far back"}
    assert document["open_interest"]["missing"]["htx"] == {"value": None, "reason": "not listed"}


def test_what_nobody_reports_is_null_with_a_reason() -> None:
    document = snapshot_json(EMPTY, "LIVE")
    for key in ("open_interest", "long_short", "large_trades", "depth", "options", "btc_context", "trend"):
        assert document[key]["value"] is None
        assert document[key]["reason"]


def test_the_text_has_the_tables_in_the_order_in_which_they_are_pasted() -> None:
    text = snapshot_text(REPORTED, Controls(), "text")
    titles = (
        "REALISED LIQUIDATIONS BY PRICE", "REALISED CLUSTERS", "ESTIMATED MAP", "TOTALS", "OPEN INTEREST", "FUNDING",
        "LONG/SHORT", "SPOT CVD", "FUTURES CVD", "LARGE TRADES", "DEPTH", "OPTIONS", "TREND", "CHECKLIST", "VENUES",
        "FEEDS",
    )  # fmt: skip
    places = [text.index(f"\n{title}") for title in titles]
    assert places == sorted(places)
    assert "\nokx          blocked, next attempt in 10m00s: HTTP 451, service not available in your region\n" in text


def test_tab_separated_reports_hold_plain_numbers() -> None:
    assert "\nBIN\t17200.00\t1230000000.00\t+0.3%\t-2.1%" in snapshot_text(REPORTED, Controls(), "tsv")
