"""What every view keeps to, whatever the market and the exchanges come up with."""

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.view import EMPTY, LadderCell, MarketView
from tests.tui.reports_fixture import REPORTED
from tests.tui.views_fixture import FULL, screen
from tests.tui.views_strategy import market_views
from tui.controls import PANES, SCREENS, SORTS, Controls
from tui.format import cell_width
from tui.screens.main import SHORT_VIEWS, VIEWS, View
from tui.text import snapshot_json, snapshot_text
from tui.views.row import STYLES, style_of

ALL: list[View] = [*VIEWS.values(), *SHORT_VIEWS.values()]
some = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

controls = st.builds(
    Controls,
    coin=st.text(max_size=8),
    focus=st.sampled_from((*PANES, *SCREENS)),
    sort=st.sampled_from(SORTS),
    paused_at_ms=st.none() | st.integers(0, 10**12),
    scroll=st.integers(-50, 50) | st.sampled_from([-1_000_000, 1_000_000]),
    mode=st.sampled_from(["LIVE", "REPLAY", "DEMO"]),
    ascii=st.booleans(),
    thrift=st.integers(0, 3),
    corrected=st.booleans(),
    notice=st.text(max_size=30),
    bytes_per_second=st.none() | st.floats(0, 1e6),
)


@some
@given(market_views, controls, st.integers(0, 130), st.integers(0, 20))
def test_rows_fit_and_hold_only_harmless_text_in_known_styles(
    view: MarketView, chosen: Controls, width: int, height: int
) -> None:
    for make in ALL:
        rows = make(view, chosen, width, height)
        assert len(rows) <= height
        for row in rows:
            text = "".join(text for text, _ in row)
            assert sum(cell_width(text) for text, _ in row) <= width
            assert all(character.isprintable() for character in text)
            assert not chosen.ascii or text.isascii()
            assert {style_of(mark) for _, mark in row} <= set(STYLES)


@some
@given(market_views, controls)
def test_a_snapshot_can_be_made_of_any_view(view: MarketView, chosen: Controls) -> None:
    text = snapshot_text(view, chosen, "tsv")
    assert all(character.isprintable() or character in "\t\n" for character in text)
    assert snapshot_json(view, "LIVE")["coin"] is not None


@pytest.mark.parametrize("width", [48, 60, 78, 120])
def test_before_the_first_event_no_pane_shows_a_zero_for_a_measurement(width: int) -> None:
    shown = "\n".join(screen(make(EMPTY, Controls(), width, 12)) for make in ALL)
    numbers = re.sub(r"60s|240|24h|coverage 0 %|   0 %", "", shown)
    assert not re.search(r"(?<![\w.])0(?![\w])", numbers), shown


@given(st.lists(st.floats(1, 1e12), min_size=6, max_size=6))
def test_a_sampled_ladder_side_always_shows_at_least(sums: list[float]) -> None:
    cells = {282 + row: LadderCell(usd, usd / 2, True, True) for row, usd in enumerate(sums)}
    view = replace(FULL, ladder=replace(FULL.ladder, cells=cells))
    shown = screen(VIEWS["ladder"](view, Controls(), 120, 20))
    assert shown.count("≥") == 12


def test_the_views_of_a_full_market_in_ascii_are_ascii() -> None:
    shown = [screen(make(REPORTED, Controls(ascii=True), 100, 90)) for make in ALL]
    assert "\n".join(shown).isascii()
    assert ">=" in "\n".join(shown)
