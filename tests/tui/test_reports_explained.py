"""Venues, overview and feeds in every state: each number explained, each word in the reader's language, none cut."""

import re
from dataclasses import replace
from itertools import product

import pytest

from scoring.view import EMPTY, Counts, CrowdReading, FundingMedian, LargeTradesView, MarketView
from scoring.view.course import Course
from tests.tui import cascade_fixture as states
from tests.tui.reports_fixture import REPORTED
from tests.tui.topic_check import unexplained, wrongly_told
from tests.tui.views_fixture import AT_MS, FULL, feed, lines, screen
from tui.controls import SORTS, Controls
from tui.language import messages
from tui.topics import TOPICS
from tui.views.feeds import feeds
from tui.views.notation import PLAIN, SHORT
from tui.views.overview import overview
from tui.views.report_cells import in_one_unit, toned
from tui.views.row import Row, style_of
from tui.views.venues import report_grids, venue_column, venues

COURSE = Course(
    first_ms=AT_MS // 60_000 * 60_000 - 239 * 60_000,
    price=(71_000.0,) * 240,
    interest=tuple(17_000.0 + n for n in range(240)),
    funding=(0.0001,) * 240,
    spot=tuple(float(n % 7 - 3) for n in range(240)),
    perp=(None,) * 240,
)
DRAWN = replace(REPORTED, course=COURSE)
STALE = replace(
    REPORTED,
    interest=tuple(replace(row, stale=True) for row in REPORTED.interest),
    funding=tuple(replace(row, stale=True, interval_hours=None, next_at_ms=None) for row in REPORTED.funding),
    funding_median=FundingMedian(0.0001, 0.1, None, 3, True),
    crowd=(CrowdReading("binance", "accounts", 1.0, None, AT_MS - 9_000_000, True),),
    large=LargeTradesView(),
    feeds=(
        feed("binance", "dead"),
        replace(feed("okx", "blocked"), retry_at_ms=AT_MS + 12_000, gap_ms=61_000, undecodable=3, reconnects=1_200),
        replace(feed("bybit", "suspect"), doubts=("prices 12 % off", "sizes"), bytes_per_second=56_700.0, lag_ms=None),
        replace(feed("htx", "quiet"), last_at_ms=AT_MS - 700_000, retry_at_ms=AT_MS - 1),
        replace(feed("gate", "off"), last_at_ms=None),
    ),
    counts=Counts(100, 5, 3, {"late": 10, "duplicate": 2, "not listed": 1}, 12_000, {"late": "by 700 s"}, merged=1_200),
    store="3 of 9 files kept",
    notes=("store: 3 lines lost",),
)
VIEWS: dict[str, MarketView] = {
    "reported": REPORTED,
    "drawn": DRAWN,
    "full": FULL,
    "stale": STALE,
    "empty": EMPTY,
    "waiting": replace(EMPTY, feeds=FULL.feeds, venues=REPORTED.venues),
    "no options": replace(REPORTED, coin="POPCAT", options=()),
    "cascading": states.CASCADING,
}
WIDTHS = (58, 60, 80, 100, 120, 200)
SIZES = ((80, 24), (120, 40), (200, 60))


def rows_of(view: MarketView, controls: Controls, width: int, height: int = 300) -> list[Row]:
    return [
        *venues(view, replace(controls, focus="venues"), width, height),
        *venues(view, replace(controls, focus="venues", scroll=4), width, 20),
        *venue_column(view, controls, width, height),
        *overview(view, replace(controls, focus="overview"), width, height),
        *feeds(view, replace(controls, focus="feeds"), width, height),
    ]


VARIANTS = (Controls(), Controls(sort="funding", thrift=2), Controls(language="ru"), Controls(language="zh"))


@pytest.mark.parametrize("name", VIEWS)
def test_every_number_is_explained_at_every_width(name: str) -> None:
    found = {
        (width, controls.language, text)
        for width, controls in product(WIDTHS, VARIANTS)
        for text in unexplained(rows_of(VIEWS[name], controls, width))
    }
    assert not found


@pytest.mark.parametrize("name", VIEWS)
def test_every_explanation_tells_facts_that_can_be_read(name: str) -> None:
    for controls in VARIANTS:
        assert wrongly_told(rows_of(VIEWS[name], controls, 200), VIEWS[name], controls) == []


@pytest.mark.parametrize("area", ["reports", "feeds", "overview"])
def test_every_topic_of_these_areas_is_on_the_screen_in_some_state(area: str) -> None:
    """A topic that nothing is marked with would be text that nobody reads."""
    shown = {
        mark.partition("|")[2].partition("/")[0]
        for view, width in product(VIEWS.values(), (80, 200))
        for row in rows_of(view, Controls(), width)
        for _, mark in row
    }
    assert {name for name in TOPICS if name.startswith(f"{area}.")} <= shown


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_heading_is_cut(language: str, width: int, height: int) -> None:
    for view in (REPORTED, DRAWN, STALE):
        controls = Controls(language=language)
        told = [line for line in lines(rows_of(view, controls, width, height)) if "above its mean" not in line]
        assert [line for line in told if "…" in line] == []


ENGLISH = re.compile(r"[a-z]{3,}")


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_the_words_are_in_the_readers_language(language: str) -> None:
    """What exchanges, feeds and scoring say stays as it came: reasons of trouble, evidence, names of streams."""
    view = replace(
        REPORTED,
        venues=REPORTED.venues[:5],
        trend=(),
        feeds=tuple(replace(one, stream="x", evidence="") for one in STALE.feeds[:2]),
        counts=Counts(100, 5, 3, {}, 12_000, {}, merged=1_200),
        coins=tuple(replace(coin, alert=alert) for coin, alert in zip(REPORTED.coins, _ALERTS, strict=True)),
    )
    told = screen(rows_of(view, Controls(language=language), 200))
    assert not set(ENGLISH.findall(told)) - {"bybit", "okx", "htx"}, told


_ALERTS = ("igniting down", "", "", "cascading up")


@pytest.mark.parametrize("language", ["ru", "zh"])
def test_every_order_of_the_overview_has_a_name(language: str) -> None:
    assert set(SORTS) <= set(messages(language))


def test_what_headless_commands_print_stays_english_and_as_it_was_said() -> None:
    """Without controls a table is that of an English reader."""
    assert report_grids(STALE, PLAIN) == report_grids(STALE, PLAIN, Controls())
    told = {
        text for grid in report_grids(STALE, PLAIN, Controls(language="ru")) for row in grid.rows for text, _ in row
    }
    assert "медиана" in told


def test_the_course_is_drawn_beside_a_title_where_it_is_known_and_there_is_room() -> None:
    shown = lines(venues(DRAWN, Controls(), 80, 200))
    drawn = next(line for line in shown if "OPEN INTEREST" in line)
    assert re.search("  4h ▁[▁-█]{22}█$", drawn)
    assert next(line for line in shown if "FUTURES CVD" in line).endswith("~ in part")
    narrow = lines(venues(DRAWN, Controls(), 20, 200))
    assert " SPOT CVD" in [line.rstrip() for line in narrow]


def test_ages_dim_as_they_grow() -> None:
    rows = venues(REPORTED, Controls(), 80, 200)
    styles = {text: style_of(mark) for row in rows for text, mark in row if "reports.age" in mark}
    assert styles["12s"] == "muted"
    assert styles["1m34s"] == "aged"
    assert styles["stale 6m40s"] == "stale"


def test_on_a_thin_line_ages_move_by_minutes() -> None:
    told = {
        text for row in venues(REPORTED, Controls(thrift=1), 80, 200) for text, mark in row if "reports.age" in mark
    }
    assert {"<1m", "1m"} <= told


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ((1.23e9, 830e6, 570e6), ["1,230M", "830M", "570M"]),
        ((17_200.0, 11_600.0, 8_000.0), ["17.2k", "11.6k", "8.0k"]),
        ((-47.5e6, 1.4e6, 0.0), ["−47.5M", "1.4M", "0.0M"]),
        ((1.4e9, 15_000.0), ["1,400M", "15k"]),
        ((950.0, 12.0, None), ["950", "12", "?"]),
        ((8_491_700.0, -290_600.0), ["8,492k", "−291k"]),
        ((171.7e6, 317_000.0, 29_900.0), ["171.7M", "0.3M", "29.9k"]),
        ((None,), ["?"]),
    ],
)
def test_a_column_has_one_unit_and_keeps_its_figures(amounts: tuple[float | None, ...], told: list[str]) -> None:
    assert [in_one_unit(amounts, SHORT).number(one) for one in amounts] == told


def test_plain_numbers_for_a_spreadsheet_keep_no_unit() -> None:
    assert in_one_unit([1.23e9], PLAIN).number(1.23e9) == "1230000000.00"


@pytest.mark.parametrize(
    ("text", "style"),
    [("+4.2%", "up"), ("−0.1%", "down"), ("~−0.1%", "down"), ("+0.0%", "text"), ("·", "text")],
)
def test_a_change_looks_like_what_rose_or_fell_unless_it_is_written_as_zero(text: str, style: str) -> None:
    assert toned((text, "text")) == (text, style)


def test_a_stale_change_does_not_look_like_one_of_now() -> None:
    rows = [row for row in venues(STALE, Controls(), 80, 200) if any("interest_change" in mark for _, mark in row)]
    styles = {style_of(mark) for row in rows for _, mark in row if "interest_change/" in mark}
    assert styles == {"stale", "unknown"}
