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
        (48, " realised 24h       ✔     ✘   82 % long"),
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
        " realised 24h       ✔     ✘   82 % long",
        " 3 more",
        " long  OK .79  3 pass  94 % known",
        " short NO ENTRY .38  94 % known  realised 24h…",
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
            "       short NO ENTRY .38  realised 24h fails  94% known",
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
        " CHECKLIST        LONG  SHORT",
        " realised 24h       ✔     ✘   82 % long  a one-sided…",
        " funding            ✔     ✔   +0.0102 % 8h p61  cool",
        " large trades       !     ✔   +1.3M in 15m p93",
    ]
    assert lines(checklist(view, Controls(), 70, 7))[2].endswith(" +0.0102 % 8h  cool           p61   1m01s")
    assert lines(checklist(view, Controls(), 55, 7))[2] == " funding            ✔     ✔   +0.0102 % 8h  cool"


def test_a_maximised_pane_tells_the_history_what_decides_and_the_exchanges() -> None:
    view = replace(FULL, checklist=PLACED)
    found = lines(checklist(view, Controls(), 120, 30))
    assert found[1:6] == [
        f" realised 24h       ✔     ✘   82 % long  a one-sided long flush{'4s':>57}",
        f"{'':30}warns from 70 % on one side; source bybit, okx",
        f" funding            ✔     ✔   {'+0.0102 % 8h  cool':<70} p61 of 31 d   1m01s",
        f"{'':30}long fails from +0.05 %; source binance, bybit",
        f" large trades       !     ✔   {'+1.3M in 15m  some buying':<70} p93 of 23 h      9s",
    ]
    assert found[6] == " long  OK .79  3 pass  94 % known"


def test_a_pane_without_room_for_all_second_rows_has_none() -> None:
    """Title, three items, two verdicts; six rows for items are enough, five are not."""
    view = replace(FULL, checklist=PLACED)
    assert [len(lines(checklist(view, Controls(), 120, height))) for height in (8, 9)] == [6, 8]


def test_with_two_rows_an_item_what_decides_is_cut_to_one() -> None:
    found = lines(checklist(replace(FULL, checklist=LONG), Controls(), 60, 11))
    assert len(found) == 11
    assert [row[-1] for row in found[2:-2:2]] == ["…"] * 4


LONG = replace(
    CHECKLIST,
    items=tuple(
        replace(
            item,
            reason=f"{item.name} is as it is because of very many things that happened in the last days and hours",
            threshold="passes from 1 with the direction, fails from 2 against it, warns wherever neither is the case",
            source="binance, bybit, okx, hyperliquid, htx",
        )
        for item in CHECKLIST.items
    ),
)
MAXIMISED = Controls(focus="checklist", maximised=True)


@pytest.mark.parametrize(("width", "height"), [(60, 15), (78, 12), (80, 20), (100, 12), (120, 9)])
def test_scrolled_to_its_end_a_maximised_pane_tells_everything_in_full(width: int, height: int) -> None:
    view = replace(FULL, checklist=LONG)
    everything = lines(checklist(view, MAXIMISED, width, 200))[1:-2]
    said = " ".join(row.strip() for row in everything)
    assert "…" not in said
    assert said.count("; source binance, bybit, okx, hyperliquid, htx") == len(LONG.items)
    assert all(item.reason in said and item.threshold in said for item in LONG.items)
    for scroll in range(len(everything)):
        shown = lines(checklist(view, replace(MAXIMISED, scroll=scroll), width, height))[1:-2]
        end = scroll + height - 3
        if end < len(everything):
            assert shown == [*everything[scroll : end - 1], shown[-1]]
            assert shown[-1].endswith("more")
        else:
            assert shown == everything[-(height - 3) :]


def test_where_all_fits_a_maximised_pane_has_no_count() -> None:
    said = lines(checklist(replace(FULL, checklist=LONG), MAXIMISED, 80, 30))
    assert not any(row.endswith("more") for row in said)


def test_at_the_end_of_a_scrolled_pane_nothing_is_left_out() -> None:
    end = replace(MAXIMISED, scroll=1_000)
    said = lines(checklist(replace(FULL, checklist=LONG), end, 80, 9))
    assert said[-3].endswith("okx, hyperliquid, htx")
    assert len(said) == 9


def test_a_pane_too_narrow_for_a_column_of_ages_tells_them_below() -> None:
    said = lines(checklist(replace(FULL, checklist=LONG), MAXIMISED, 50, 40))
    assert any(row.endswith("age 4s") for row in said)


@pytest.mark.parametrize("width", [30, 36, 40, 48, 60, 80, 120])
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_how_much_is_known_stands_beside_the_score_at_every_width(width: int, language: str) -> None:
    view = replace(FULL, checklist=replace(CHECKLIST, short=replace(CHECKLIST.short, reason="veto: cascade, funding")))
    rows = lines(checklist(view, Controls(language=language), width, 9))[-2:]
    assert all("94 %" in row for row in rows)


def test_two_short_lines_say_how_much_is_known_too() -> None:
    rows = lines(checklist_lines(FULL, Controls(), 50, 2))
    assert rows[1] == "       short NO ENTRY .38  94% known  realised 24…"


@pytest.mark.parametrize(("language", "word"), [("ru", "ОК"), ("zh", "无异议")])
def test_no_verdict_tells_anyone_to_enter(language: str, word: str) -> None:
    row = lines(checklist(FULL, Controls(language=language), 80, 9))[-2]
    assert word in row
    assert "МОЖНО" not in row
    assert "可" not in row
