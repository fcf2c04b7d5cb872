"""The ladder as a person reads it."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY, LadderCell, LadderView, MarketView, Reading
from tests.tui.views_fixture import FULL, lines, partly_seen
from tui.controls import Controls
from tui.views.ladder import ladder
from tui.views.row import Row, style_of, topic_of


def shown(view: MarketView = FULL, controls: Controls | None = None, width: int = 60, height: int = 9) -> list[str]:
    return lines(ladder(view, controls or Controls(), width, height))


def test_the_price_stands_between_the_rows_above_and_below_it() -> None:
    assert shown() == [
        "›LADDER  4h  step 250  realised USD",
        "    price    dist    long   short  long ▸        ◂ short",
        "   72,000  +0.77%       ·   ≥0.4M                   ▐",
        "   71,750  +0.42%       ·   ≥3.1M             ▐",
        "   71,500  +0.07%       ·   ≥8.7M      ▐                 ◆1",
        "▸71,452.3 ──────────────────────────────────────────────────",
        "   71,250  −0.28%    0.6M   ≥2.2M   ▌           ▐",
        "   71,000  −0.63%    1.9M       ·         ▌",
        "   70,750  −0.98%    5.4M       ·               ▌",
    ]


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (32, "   71,500       ·   ≥8.7M"),
        (38, "   71,500  +0.07%       ·   ≥8.7M ◆1"),
        (48, "   71,500  +0.07%       ·   ≥8.7M    ▐       ◆1"),
        (78, "   71,500  +0.07%       ·   ≥8.7M         ▐                                ◆1"),
    ],
)
def test_a_narrow_ladder_gives_up_bar_marks_and_distance_before_amounts(width: int, row: str) -> None:
    assert shown(width=width)[4] == row


def test_bars_of_both_sides_start_at_their_own_edge_and_heat_tells_the_sum() -> None:
    rows = ladder(FULL, Controls(), 60, 15)
    heats = {
        row[1][0].strip() or row[2][0].strip(): [style for _, style in row if style.startswith("heat")] for row in rows
    }
    assert heats["70,500"] == ["heat9"]
    assert heats["70,000"] == ["heat2"]
    assert heats["71,250"] == ["heat4", "heat4"]


def test_ascii_bars_tell_the_sides_by_their_characters() -> None:
    text = shown(controls=Controls(ascii=True))
    assert text[6] == "   71,250  -0.28%     0.6M   >=2.2M  ==          #######"
    assert "\n".join(text).isascii()


def test_what_was_not_watched_is_unknown_and_not_zero() -> None:
    text = shown(replace(FULL, totals=(), ladder=LadderView(240, 250.0)))
    assert text[0] == "›LADDER  4h  step 250  realised USD  not watched"
    assert text[2] == "   72,000  +0.77%       ?       ?"


def test_a_window_that_was_seen_in_part_says_how_much() -> None:
    assert shown(partly_seen(FULL, 0.05))[0] == "›LADDER  4h  step 250  realised USD  seen 12m of 4h"


def test_a_feed_that_was_seen_less_than_the_others_is_named() -> None:
    total = FULL.totals[0]
    venues = (*total.venues[:2], replace(total.venues[2], coverage=0.5))
    view = replace(FULL, totals=(replace(total, venues=venues, coverage=0.5),))
    assert shown(view, width=80)[0] == "›LADDER  4h  step 250  realised USD  seen OKX 2h of 4h"


def test_the_coverage_stays_in_the_title_when_the_step_no_longer_fits() -> None:
    assert shown(partly_seen(FULL, 0.05), width=30)[0] == "›LADDER  4h  seen 12m of 4h"


def test_without_a_price_it_says_whom_it_waits_for() -> None:
    assert shown(replace(EMPTY, feeds=FULL.feeds)) == [
        "›LADDER  4h  realised USD  not watched",
        " waiting for a first price from BIN, BYB, OKX",
    ]


def test_scrolling_moves_the_rows_and_says_so() -> None:
    text = shown(controls=Controls(scroll=2))
    assert text[0] == "›LADDER  4h  step 250  moved −2  realised USD"
    assert text[2].startswith("   71,500")


def test_scrolling_ends_where_nothing_more_is_held() -> None:
    assert shown(controls=Controls(scroll=1_000_000), height=6)[-1].startswith("   70,000")
    assert shown(controls=Controls(scroll=-1_000_000), height=6)[2].startswith("   72,500")


def test_only_the_focused_pane_scrolls() -> None:
    assert shown(controls=Controls(focus="tape", scroll=2))[2].startswith("   72,000")


def test_a_small_coin_has_the_digits_of_its_step() -> None:
    view = replace(
        FULL,
        price=Reading(0.00001234, "", FULL.at_ms, ""),
        ladder=LadderView(240, 1e-7, {123: LadderCell(5_000)}),
        above=(),
        below=(),
    )
    text = shown(view)
    assert text[5].startswith("▸0.00001234 ──")
    assert text[6].startswith("  0.0000123  −0.32%    5.0k       ·")


def test_there_are_no_rows_below_a_price_of_zero() -> None:
    view = replace(FULL, price=Reading(30.0, "", FULL.at_ms, ""), ladder=LadderView(240, 25.0))
    assert [row.split()[0] for row in shown(view)[2:]] == ["125", "100", "75", "50", "▸30.0000", "25", "0"]


def styles(rows: list[Row]) -> dict[str, str]:
    """The style of each word of the rows; of a word that stands several times, the last."""
    return {text.strip(): style_of(mark) for row in rows for text, mark in row}


def test_amounts_of_one_ladder_are_in_the_unit_of_the_largest_except_those_far_below_it() -> None:
    cells = {282: LadderCell(12_800_000, 99_000), 281: LadderCell(100_000, 4_200)}
    rows = shown(replace(FULL, ladder=LadderView(240, 250.0, cells)), height=13)
    assert [row.split()[2:4] for row in rows if row.split()[0] in ("70,500", "70,250")] == [
        ["12.8M", "99k"],
        ["0.1M", "4.2k"],
    ]


def test_an_amount_far_below_the_largest_is_muted() -> None:
    """It has a unit of its own, and must not be read as a large one."""
    view = replace(FULL, tape=(), ladder=LadderView(240, 250.0, {282: LadderCell(12_800_000), 281: LadderCell(19_200)}))
    told = styles(ladder(view, Controls(), 60, 13))
    assert (told["12.8M"], told["19k"]) == ("long", "muted")


def test_what_was_liquidated_within_five_seconds_stands_out() -> None:
    assert styles(ladder(FULL, Controls(), 60, 9))["≥2.2M"] == "recent"
    assert styles(ladder(replace(FULL, at_ms=FULL.at_ms + 4_000), Controls(), 60, 9))["≥2.2M"] == "short"


def test_a_thin_line_is_not_burdened_with_what_stands_out() -> None:
    assert styles(ladder(FULL, Controls(thrift=1), 60, 9))["≥2.2M"] == "short"


def test_each_amount_knows_its_row() -> None:
    row = ladder(FULL, Controls(), 60, 9)[6]
    told = {topic_of(mark) for text, mark in row if text.strip()}
    assert {("ladder.row", "285"), ("ladder.long", "285"), ("ladder.short", "285")} <= told
