"""The tape and the status bar as a person reads them."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY, Counts, TapeRow
from tests.tui.views_fixture import AT_MS, FULL, lines
from tui.controls import Controls
from tui.views.row import style_of
from tui.views.status import status
from tui.views.tape import tape


def test_the_tape_tells_liquidations_from_trades_and_samples_from_sums() -> None:
    assert lines(tape(FULL, Controls(), 60, 6)) == [
        " TAPE  liquidations and large trades",
        " 12:03:43 BYB liq   perp   short     182k   71,440.5",
        " 12:03:43 BIN liq   perp   short     ≥96k   71,441.2",
        " 12:03:41 OKX trade spot   buy     1,900k   71,438.0",
        " 12:03:22 BIN liq   perp   long      ≥61k   71,380.0",
        " 12:03:09 OKX trade perp   sell    2,400k   71,377.5",
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
    assert wide.endswith("3.1 kB/s")
    assert narrow == " ? help  tab pane  i explain       3.1 kB/s  UTC"


def test_the_status_bar_counts_what_was_left_out_and_dropped() -> None:
    view = replace(FULL, counts=Counts(100, 5, 3, {"late": 10, "duplicate": 2}))
    shown = lines(status(view, Controls(), 120, 1))[0]
    assert shown.endswith("left out 12  late 10, duplicate 2  dropped 3 trades")


def test_a_notice_takes_the_place_of_the_keys() -> None:
    shown = lines(status(FULL, Controls(notice="copied \x1b[31m12 rows"), 60, 1))[0]
    assert shown.startswith(" copied (31m12 rows")
    assert "help" not in shown


def look(age_ms: int, controls: Controls | None = None) -> dict[str, str]:
    row = TapeRow(AT_MS - age_ms, "bybit", "perp", "long", None, 182_000, 71_440.5, False)
    shown = tape(replace(FULL, tape=(row,)), controls or Controls(), 60, 3)[1]
    return {text: style_of(mark) for text, mark in shown}


@pytest.mark.parametrize(
    ("age_ms", "style"),
    [(0, "recent"), (4_999, "recent"), (5_000, "text"), (60_000, "aged"), (599_999, "aged"), (600_000, "old")],
)
def test_a_row_of_the_tape_grows_dimmer_in_few_steps(age_ms: int, style: str) -> None:
    assert look(age_ms)["182k"] == style


def test_the_side_keeps_its_colour_until_the_row_is_old() -> None:
    assert (look(599_999)["long"], look(600_000)["long"]) == ("long", "old")


def test_an_unchanged_row_is_not_painted_again_between_the_steps() -> None:
    """Nothing of a row depends on the second it is shown in."""
    rows = [tape(replace(FULL, at_ms=AT_MS + 61_000 + later), Controls(), 60, 4)[1:3] for later in (0, 1_000, 30_000)]
    assert rows[0] == rows[1] == rows[2]


def test_amounts_of_the_tape_are_all_in_thousands() -> None:
    rows = [replace(FULL.tape[0], usd=usd) for usd in (12_345_678, 61_000, 999.6, 430, 45)]
    shown = lines(tape(replace(FULL, tape=tuple(rows)), Controls(), 60, 6))[1:]
    assert [row.split()[-2] for row in shown] == ["12,346k", "61k", "1k", "0.4k", "0.04k"]


@pytest.mark.parametrize(("thrift", "shown"), [(0, 4), (1, 4), (2, 3), (3, 2)])
def test_on_a_thin_line_new_rows_come_together(thrift: int, shown: int) -> None:
    """At 12:03:44, with rows of 44, 41, 22 and 09: held to whole seconds, to three and to ten."""
    view = replace(FULL, tape=(replace(FULL.tape[0], at_ms=AT_MS), *FULL.tape[2:]), at_ms=AT_MS)
    rows = lines(tape(view, Controls(thrift=thrift), 60, 9))[1:]
    assert len(rows) == shown


def test_a_newcomers_hint_takes_the_place_of_most_keys() -> None:
    row = status(FULL, Controls(hint="i explains a number"), 80, 1)[0]
    assert ("i explains a number", "accent") in row
    assert lines([row])[0].startswith(" i explains a number   ? help  tab pane")


def test_trouble_goes_before_a_newcomers_hint() -> None:
    down = replace(FULL.feeds[0], state="dead")
    assert "explains" not in lines(status(replace(FULL, feeds=(down,)), Controls(hint="i explains"), 80, 1))[0]


def test_the_status_bar_shows_the_budget_and_that_the_line_is_thin() -> None:
    controls = Controls(bytes_per_second=1_900, bandwidth=2_000, thrift=1)
    assert lines(status(FULL, controls, 120, 1))[0].endswith("thin line  1.9 of 2.0 kB/s")


@pytest.mark.parametrize(("number", "said"), [(1, "a 1 new alert"), (3, "a 3 new alerts")])
def test_the_status_bar_counts_unseen_alerts(number: int, said: str) -> None:
    assert said in lines(status(FULL, Controls(unseen_alerts=number), 120, 1))[0]
