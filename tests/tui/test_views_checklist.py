"""The checklist, long and short form, as a person reads it."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY, ChecklistView, DirectionVerdict
from tests.tui.views_fixture import CHECKLIST, FULL, lines
from tui.controls import Controls
from tui.views.checklist import checklist
from tui.views.compact import checklist_lines


def test_both_directions_stand_side_by_side_with_value_reason_and_age() -> None:
    assert lines(checklist(FULL, Controls(), 78, 9)) == [
        " CHECKLIST        LONG  SHORT                                              age",
        " realised 24h       ✔     ✘   82 % long  a one-sided long flush             4s",
        " funding            ✔     ✔   +0.0102 % 8h  cool                         1m01s",
        " open interest      ?     ?   not watched yet",
        " large trades       !     ✔   +1.3M in 15m  some buying                     9s",
        " long  OK .79  3 pass  94 % known",
        " short NO ENTRY .38  realised 24h fails  94 % known",
    ]


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (30, " realised 24h       ✔     ✘"),
        (48, " realised 24h       ✔     ✘   82 % long  a one-…"),
        (60, " realised 24h       ✔     ✘   82 % long  a one-sided…     4s"),
        (120, f" realised 24h       ✔     ✘   82 % long  a one-sided long flush{'4s':>57}"),
    ],
)
def test_a_narrow_pane_gives_up_age_and_reason_before_grades(width: int, row: str) -> None:
    assert lines(checklist(FULL, Controls(), width, 9))[1] == row


def test_grades_differ_in_ascii_too() -> None:
    shown = lines(checklist(FULL, Controls(ascii=True), 60, 9))
    assert [row[20:27].split() for row in shown[1:5]] == [["+", "x"], ["+", "+"], ["?", "?"], ["!", "+"]]


def test_a_low_pane_keeps_the_verdicts_and_counts_the_items_it_leaves_out() -> None:
    assert lines(checklist(FULL, Controls(), 48, 5)) == [
        " CHECKLIST        LONG  SHORT",
        " realised 24h       ✔     ✘   82 % long  a one-…",
        " 3 more",
        " long  OK .79  3 pass  94 % known",
        " short NO ENTRY .38  realised 24h fails",
    ]


def test_without_anything_graded_the_score_is_unknown() -> None:
    assert lines(checklist(EMPTY, Controls(), 60, 5)) == [
        " CHECKLIST",
        " nothing to grade yet",
        " long  INSUFFICIENT DATA  no data yet",
        " short INSUFFICIENT DATA  no data yet",
    ]


def test_a_venues_text_can_not_style_or_break_the_row() -> None:
    item = replace(CHECKLIST.items[0], value="[red]\x1b[2J", reason="a\nb")
    view = replace(FULL, checklist=ChecklistView((item,)))
    assert (
        lines(checklist(view, Controls(), 60, 5))[1] == " realised 24h       ✔     ✘   (red)(2J  a b               4s"
    )


@pytest.mark.parametrize(
    ("width", "long", "short"),
    [
        (
            90,
            " ENTRY long  OK .79  3 pass  94% known  24h✔ fund✔ OI? big!",
            "       short NO ENTRY .38  realised 24h fails  94% known  24h✘ fund✔ OI? big✔",
        ),
        (
            60,
            " ENTRY long  OK .79  3 pass  94% known  24h✔ fund✔ OI? big!",
            "       short NO ENTRY .38  realised 24h fails",
        ),
    ],
)
def test_two_lines_hold_the_reason_and_every_grade(width: int, long: str, short: str) -> None:
    assert lines(checklist_lines(FULL, Controls(), width, 2)) == [long, short]


def test_two_lines_that_are_too_short_count_the_unknown_items() -> None:
    missing = replace(CHECKLIST.items[2], name="options")
    view = replace(FULL, checklist=replace(CHECKLIST, items=(*CHECKLIST.items, *[missing] * 7)))
    assert lines(checklist_lines(view, Controls(), 80, 2)) == [
        " ENTRY long  OK .79  3 pass  94% known  24h✔ fund✔ big! 8 unknown",
        "       short NO ENTRY .38  realised 24h fails  24h✘ fund✔ big✔ 8 unknown",
    ]


def test_a_score_of_too_little_is_not_shown() -> None:
    weak = DirectionVerdict("INSUFFICIENT DATA", 1.0, 0.12, "12 % known, 70 % needed")
    view = replace(FULL, checklist=replace(CHECKLIST, short=weak))
    assert lines(checklist(view, Controls(), 50, 9))[-1] == " short INSUFFICIENT DATA  12 % known, 70 % needed"
    assert (
        lines(checklist_lines(view, Controls(), 60, 2))[1] == "       short INSUFFICIENT DATA  12 % known, 70 % needed"
    )


PLACED = replace(
    CHECKLIST,
    items=(
        replace(CHECKLIST.items[0], threshold="warns from 70 % on one side", source="bybit, okx"),
        replace(
            CHECKLIST.items[1],
            percentile=61.4,
            history_ms=31 * 86_400_000,
            threshold="long fails from +0.05 %",
            source="binance, bybit",
        ),
        replace(CHECKLIST.items[3], percentile=93.0, history_ms=23 * 3_600_000),
    ),
)


def test_a_percentile_stands_beside_the_value_where_there_is_width() -> None:
    view = replace(FULL, checklist=PLACED)
    assert lines(checklist(view, Controls(), 58, 7))[:4] == [
        " CHECKLIST        LONG  SHORT                         own",
        " realised 24h       ✔     ✘   82 % long  a one-sided…",
        " funding            ✔     ✔   +0.0102 % 8h  cool      p61",
        " large trades       !     ✔   +1.3M in 15m  some buy… p93",
    ]
    assert lines(checklist(view, Controls(), 55, 7))[2] == " funding            ✔     ✔   +0.0102 % 8h  cool"


def test_a_maximised_pane_tells_the_history_what_decides_and_the_exchanges() -> None:
    view = replace(FULL, checklist=PLACED)
    found = lines(checklist(view, Controls(), 120, 30))
    assert found[1:6] == [
        f" realised 24h       ✔     ✘   82 % long  a one-sided long flush{'4s':>57}",
        f"{'':30}warns from 70 % on one side; bybit, okx",
        f" funding            ✔     ✔   {'+0.0102 % 8h  cool':<70} p61 of 31 d   1m01s",
        f"{'':30}long fails from +0.05 %; binance, bybit",
        f" large trades       !     ✔   {'+1.3M in 15m  some buying':<70} p93 of 23 h      9s",
    ]
    assert found[6] == " long  OK .79  3 pass  94 % known"


def test_a_pane_without_room_for_all_second_rows_has_none() -> None:
    """Title, three items, two verdicts; six rows for items are enough, five are not."""
    view = replace(FULL, checklist=PLACED)
    assert [len(lines(checklist(view, Controls(), 120, height))) for height in (8, 9)] == [6, 8]
