"""The tape and the status bar as a person reads them."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY, Counts
from tests.tui.views_fixture import FULL, lines
from tui.controls import Controls
from tui.views.status import status
from tui.views.tape import tape


def test_the_tape_tells_liquidations_from_trades_and_samples_from_sums() -> None:
    assert lines(tape(FULL, Controls(), 60, 6)) == [
        " TAPE  liquidations and large trades",
        " 12:03:43 BYB liq   perp   short     182k   71,440.5",
        " 12:03:43 BIN liq   perp   short     ≥96k   71,441.2",
        " 12:03:41 OKX trade spot   buy       1.9M   71,438.0",
        " 12:03:22 BIN liq   perp   long      ≥61k   71,380.0",
        " 12:03:09 OKX trade perp   sell      2.4M   71,377.5",
    ]


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (31, " 12:03:43 BIN short     ≥96k"),
        (40, " 12:03:43 BIN short     ≥96k   71,441.2"),
        (48, " 12:03:43 BIN liq   short     ≥96k   71,441.2"),
        (120, " 12:03:43 BIN liq   perp   short     ≥96k   71,441.2"),
    ],
)
def test_a_narrow_tape_gives_up_market_and_price_before_venue_and_amount(width: int, row: str) -> None:
    shown = lines(tape(FULL, Controls(), width, 6))[2]
    assert shown == row


def test_an_empty_tape_names_the_feeds_it_listens_to() -> None:
    shown = lines(tape(replace(EMPTY, feeds=FULL.feeds), Controls(), 60, 6))
    assert shown[1] == " nothing seen yet from BIN, BYB, OKX"


def test_scrolling_the_tape_stops_at_the_oldest_row() -> None:
    shown = lines(tape(FULL, Controls(focus="tape", scroll=1_000_000), 60, 3))
    assert [row[1:9] for row in shown[1:]] == ["12:03:22", "12:03:09"]


def test_the_status_bar_shows_as_many_keys_as_fit_and_the_bytes_sent() -> None:
    wide, narrow = (lines(status(FULL, Controls(bytes_per_second=3100), width, 1))[0] for width in (120, 48))
    assert wide.startswith(" ? help  tab pane  i explain  [ ] window")
    assert wide.endswith("3.1 kB/s  UTC")
    assert narrow == " ? help  tab pane  i explain       3.1 kB/s  UTC"


def test_the_status_bar_counts_what_was_left_out_and_dropped() -> None:
    view = replace(FULL, counts=Counts(100, 5, 3, {"late": 10, "duplicate": 2}))
    shown = lines(status(view, Controls(), 120, 1))[0]
    assert shown.endswith("left out 12  late 10, duplicate 2  dropped 3 trades  UTC")


def test_a_notice_takes_the_place_of_the_keys() -> None:
    shown = lines(status(FULL, Controls(notice="copied \x1b[31m12 rows"), 60, 1))[0]
    assert shown.startswith(" copied (31m12 rows")
    assert "help" not in shown
