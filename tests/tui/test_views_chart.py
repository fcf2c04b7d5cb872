"""The chart reads at every size, stands still between slots, bridges no gap and explains every number."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.view import Course, MarketView
from tests.tui.chart_fixture import EMPTY_VIEW, FALL, GAP, SLOTS, VIEW, course
from tests.tui.topic_check import unexplained, wrongly_told
from tests.tui.views_fixture import AT_MS
from tui.controls import Controls
from tui.format import cell_width
from tui.topics import TOPICS
from tui.views.chart import chart, plan
from tui.views.chart_price import price_rows, scale_of
from tui.views.chart_rows import forced_rows
from tui.views.columns import columns
from tui.views.layout import row_width
from tui.views.row import STYLES, Row, style_of, topic_of

CONTROLS = Controls(focus="chart")
SIZES = [(40, 6), (61, 14), (80, 20), (84, 24), (120, 40), (200, 60)]
BRAILLE = range(0x2800, 0x2900)


def text(view: MarketView = VIEW, width: int = 80, height: int = 20, controls: Controls = CONTROLS) -> list[str]:
    return ["".join(part for part, _ in row) for row in chart(view, controls, width, height)]


def shown(**given: object) -> MarketView:
    return replace(VIEW, course=course(**given))


def test_a_small_chart_is_the_line_its_last_price_and_the_time() -> None:
    rows = text(width=46, height=6)
    assert rows[0] == "›CHART  4h  69,965.0..71,175.0  ▼ −1.37 %"
    assert sum("70,0" in row for row in rows[1:]) == 1
    assert "│" in rows[5]
    assert rows[5].endswith("UTC")


def test_a_tall_chart_has_bars_and_every_line_with_its_last_value() -> None:
    rows = text(width=61, height=20)
    ends = [row.split()[-1] for row in rows]
    assert [end for end in ends if end.startswith("≥")] == ["≥120k", "≥12M"]
    assert rows[-4].endswith("OI 83.76k")
    assert rows[-3].endswith("fund +0.0100 %")
    assert rows[-2].endswith("spot 228k")
    assert rows[-1].endswith("perp −456k")


def test_a_wide_chart_says_the_range_of_each_line() -> None:
    rows = text(width=120, height=24)
    assert "OI coins 83.76k..84k" in rows[-4]
    assert "funding 8h +0.0100..+0.0100" in rows[-3]
    assert "least..greatest" in rows[-5]
    assert any("high +1." in row for row in rows)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_every_row_is_within_its_size_in_every_language(size: tuple[int, int], ascii_only: bool, language: str) -> None:
    controls = Controls(focus="chart", ascii=ascii_only, language=language if not ascii_only else "en")
    for view in (VIEW, EMPTY_VIEW):
        rows = chart(view, controls, *size)
        assert len(rows) <= size[1]
        assert all(row_width(row) <= size[0] for row in rows)
        assert not ascii_only or all(part.isascii() for row in rows for part, _ in row)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_the_numbers_end_in_one_column_in_every_language(size: tuple[int, int], language: str) -> None:
    rows = chart(VIEW, Controls(language=language), *size)
    ends = {row_width(row[: _after_number(row)]) for row in rows[1:] if _after_number(row)}
    assert len(ends) == 1


def _after_number(row: Row) -> int:
    """How many spans there are up to and with the number beside the drawing; 0 without one."""
    topics = {"chart.last", "chart.high", "chart.low", "chart.forced", "chart.interest", "chart.funding"}
    places = [place for place, (_, mark) in enumerate(row) if topic_of(mark)[0] in topics]
    numbers = [place for place in places if any(one.isdigit() for one in row[place][0])]
    return numbers[0] + 1 if numbers else 0


@given(st.integers(0, 220), st.integers(0, 70), st.booleans(), st.sampled_from(["en", "ru", "zh"]))
@settings(max_examples=60)
def test_no_size_breaks_it(width: int, height: int, ascii_only: bool, language: str) -> None:
    rows = chart(VIEW, Controls(ascii=ascii_only, language=language), width, height)
    assert len(rows) <= height
    assert all(row_width(row) <= width for row in rows)
    assert all(style_of(mark) in STYLES for row in rows for _, mark in row)


@given(st.lists(st.none() | st.floats(1e-9, 1e9), max_size=60), st.lists(st.none() | st.floats(0, 1e14), max_size=60))
def test_no_course_breaks_it(prices: list[float | None], amounts: list[float | None]) -> None:
    count = min(len(prices), len(amounts))
    price, usd = tuple(prices[:count]), tuple(amounts[:count])
    made = Course(
        AT_MS // 60_000 * 60_000, 60_000, price, price, price, usd, usd, (True,) * count, usd, usd, usd, usd,
        (False,) * count,
    )  # fmt: skip
    for size in SIZES:
        assert all(cell_width(row) <= size[0] for row in text(replace(VIEW, course=made), *size))


def test_time_that_was_not_seen_is_blank() -> None:
    """Of the line and the bars alike, in the cells whose slots all lie in the gap and in no others."""
    spans = columns(VIEW.course, 60).spans
    unseen = {cell for cell, span in enumerate(spans) if span and set(range(*span)) <= set(GAP)}
    bars = forced_rows(VIEW.course, 60, CONTROLS)
    line = price_rows(VIEW.course, 60, 8, CONTROLS)
    for rows in (line, [bars["short"]], [bars["long"]]):
        drawn = {x for row in rows for x, one in enumerate("".join(part for part, _ in row)) if one != " "}
        assert unseen
        assert drawn == set(range(60)) - unseen - {cell for cell, span in enumerate(spans) if not span}


def test_what_was_not_watched_differs_from_nothing_liquidated() -> None:
    """Watched: a base line. Not watched: blank."""
    quiet = {"long_usd": (0.0,) * 120 + (None,) * 120, "short_usd": (0.0,) * 120 + (None,) * 120}
    rows = text(shown(**quiet), width=61, height=20)
    bars = next(row for row in rows if row.rstrip().endswith("·"))
    assert bars.strip().startswith("⣀⣀⣀⣀⣀⣀⣀⣀")
    assert "⣀" not in bars[30:]


def test_without_any_liquidation_feed_the_sum_is_unknown() -> None:
    rows = text(shown(long_usd=(None,) * SLOTS, short_usd=(None,) * SLOTS), width=61, height=20)
    assert sum(row.endswith(" ?") for row in rows) == 2


def test_longs_are_marked_below_the_line_and_shorts_above_it() -> None:
    rows = chart(VIEW, CONTROLS, 80, 20)
    marks = {
        (part.strip(), topic_of(mark)[1].split("/")[0], style_of(mark))
        for row in rows
        for part, mark in row
        if topic_of(mark)[0] == "chart.heaviest"
    }
    assert marks <= {("▼", "long", "long"), ("▾", "long", "long"), ("▲", "short", "short"), ("▴", "short", "short")}
    assert ("▼", "long", "long") in marks
    assert ("▲", "short", "short") in marks


def test_the_heaviest_mark_tells_its_time_and_sum() -> None:
    start = VIEW.course.first_ms + FALL.start * 60_000
    facts = dict(TOPICS["chart.heaviest"].facts(VIEW, CONTROLS, f"long/{start}/4"))
    assert facts["liquidated"] == "≥4M"
    assert facts["at"] == "10:54:00"
    assert facts["within"] == "4m"


def test_a_second_within_a_slot_repaints_the_newest_cells_alone() -> None:
    """The last price moves a little: nothing but the number and the last cell of the line differs."""
    prices = VIEW.course.price
    later = shown(price=(*prices[:-1], (prices[-1] or 0) + 3), high=(*VIEW.course.high[:-1], (prices[-1] or 0) + 5))
    before, after = (text(view, 120, 30) for view in (VIEW, later))
    changed = [x for one, two in zip(before, after, strict=True) for x in range(len(one)) if one[x] != two[x]]
    assert len(changed) <= 12
    assert min(x for x in changed if x > 45) >= 80


def test_the_chart_moves_by_whole_cells() -> None:
    """Slots later, what was drawn stands so many cells further left, unchanged."""
    flat = dict.fromkeys(("price", "low", "high"), (100.0, 101.0) * (SLOTS // 2))
    first = course(**flat)
    for later in range(1, 9):
        moved = replace(first, first_ms=first.first_ms + later * first.step_ms)
        one, two = columns(first, 37, 2), columns(moved, 37, 2)
        by_slot = {first.first_ms // 60_000 + span[0]: place for place, span in enumerate(one.spans) if span}
        shifts = {
            by_slot[number] - place
            for place, span in enumerate(two.spans)
            if span and span[0] and (number := moved.first_ms // 60_000 + span[0]) in by_slot
        }
        assert len(shifts) == 1
        assert shifts.pop() % 2 == 0


@pytest.mark.parametrize(("slots", "cells"), [(240, 31), (240, 120), (180, 150), (360, 97), (240, 240)])
def test_every_slot_stands_in_a_column_and_none_in_two_cells_apart(slots: int, cells: int) -> None:
    made = columns(course(slots), cells, 2)
    shown_slots = [slot for span in made.spans if span for slot in range(*span)]
    assert shown_slots == sorted(shown_slots)
    assert len(set(shown_slots)) >= slots - -(-slots // cells)
    assert max(shown_slots) == slots - 1


def test_the_scale_ends_at_round_prices_and_stays_while_the_range_grows_a_little() -> None:
    scales = {scale_of(course(high=tuple(one and one + 5 + grown for one in course().price)), 40) for grown in range(9)}
    assert len(scales) == 1
    scale = scales.pop()
    assert scale is not None
    assert (scale.bottom, scale.top) == (69_800.0, 71_200.0)


def test_a_stale_price_is_said_to_be_stale() -> None:
    old = replace(VIEW, at_ms=AT_MS + 60_000)
    marks = {mark for row in chart(old, CONTROLS, 80, 20) for _, mark in row if topic_of(mark)[0] == "chart.last"}
    assert {style_of(mark) for mark in marks} == {"stale"}


def test_stored_time_is_dim_and_says_so_where_there_is_room() -> None:
    dim = [part for row in chart(VIEW, CONTROLS, 120, 20)[1:] for part, mark in row if style_of(mark) == "old"]
    assert any(ord(one) in BRAILLE for part in dim for one in part)
    assert "dim: candles from before the start" in text(width=120)[0]


def test_an_empty_window_says_why() -> None:
    assert "no price was seen in this window" in "\n".join(text(EMPTY_VIEW))


def test_labels_of_time_are_where_their_time_is() -> None:
    row = next(row for row in text(width=100, height=20) if "UTC" in row)
    numbers = {row[place + 1 : place + 6]: place - 1 for place, one in enumerate(row) if one == "│"}
    width = len(row[: row.index("UTC")])
    assert "11:00" in numbers
    assert all(name.endswith(("00", "30")) for name in numbers)
    assert max(numbers.values()) < width


@pytest.mark.parametrize("height", range(2, 60))
def test_the_parts_fill_the_height_and_the_price_keeps_most_of_it(height: int) -> None:
    parts = plan(height)
    assert 1 + parts.plot + 2 * parts.forced + parts.time + parts.series == height
    assert parts.plot >= min(4, height - 1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_every_number_is_explained(size: tuple[int, int], language: str) -> None:
    controls = Controls(language=language, ascii=False)
    for view in (VIEW, EMPTY_VIEW, shown(long_usd=(None,) * SLOTS, interest=(None,) * SLOTS, filled=(False,) * SLOTS)):
        rows = chart(view, controls, *size)
        assert unexplained(rows) == []
        assert wrongly_told(rows, view, controls) == []
