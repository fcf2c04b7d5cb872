"""Every number of the cluster, cascade and checklist panes and of the alerts and journal screens is explained."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from scoring.view import EMPTY, MarketView
from tests.tui import cascade_fixture as states
from tests.tui.estimate_fixture import ESTIMATED, MAP
from tests.tui.fired_fixture import T0, fired
from tests.tui.test_views_desk import ALERTS, RULE, board_of
from tests.tui.topic_check import unexplained, wrongly_told
from tests.tui.views_fixture import AT_MS, FULL, feed, partly_seen
from tui.controls import Controls, Units
from tui.format import cell_width
from tui.topics import TOPICS, alerts, cascade, checklist, clusters, journal
from tui.views.above import above
from tui.views.alerts import AlertBoard
from tui.views.alerts import alerts as alerts_view
from tui.views.below import below
from tui.views.cascade import cascade as cascade_view
from tui.views.checklist import checklist as checklist_view
from tui.views.compact import cascade_lines, checklist_lines
from tui.views.journal import JournalBoard
from tui.views.journal import journal as journal_view
from tui.views.row import Row, topic_of

View = Callable[[MarketView, Controls, int, int], list[Row]]

PANES: list[View] = [above, below, cascade_view, checklist_view, cascade_lines, checklist_lines]
SIZES = [(31, 6), (48, 10), (58, 9), (80, 20), (120, 40), (200, 56)]
MAXIMISED = replace(
    FULL, checklist=replace(FULL.checklist, items=tuple(
        replace(item, percentile=95.0, history_ms=864e5, threshold="from 1 %", source="bybit")  # type: ignore[arg-type]
        for item in FULL.checklist.items
    ))
)  # fmt: skip
MARKETS = {
    "live": FULL,
    "estimated": ESTIMATED,
    "calibrated": replace(ESTIMATED, map=replace(MAP, kappa=0.01)),
    "no band": replace(ESTIMATED, map=replace(MAP, above=(), below=(), swept=())),
    "empty": EMPTY,
    "stale": replace(ESTIMATED, at_ms=AT_MS + 900_000),
    "seen in part": partly_seen(FULL, 0.05),
    "nothing dense": replace(FULL, above=(), below=()),
    "a feed down": replace(FULL, feeds=(feed("bybit"), feed("okx", "dead"))),
    "placed": MAXIMISED,
    **{f"cascade {name}": view for name, view in states.ALL.items()},
}
BOARDS: dict[str, View] = {
    "alerts": lambda *place: alerts_view(ALERTS, *place),
    "an old alert": lambda *place: alerts_view(AlertBoard((fired(at_ms=T0 - 8_000_000),), (RULE,)), *place),
    "no alerts": lambda *place: alerts_view(AlertBoard(), *place),
    "nothing fired": lambda *place: alerts_view(AlertBoard(rules=ALERTS.rules), *place),
    "journal": lambda *place: journal_view(board_of(24, unreadable=2), *place),
    "no journal": lambda *place: journal_view(JournalBoard(), *place),
}


def shown(view: MarketView, controls: Controls, makes: Sequence[View], size: tuple[int, int]) -> list[Row]:
    return [row for make in makes for row in make(view, controls, *size)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", MARKETS)
def test_every_number_of_the_panes_is_explained(name: str, size: tuple[int, int]) -> None:
    for controls in (Controls(), Controls(corrected=True, language="ru", thrift=2), Controls(ascii=True)):
        assert unexplained(shown(MARKETS[name], controls, PANES, size)) == []


@pytest.mark.parametrize("name", MARKETS)
def test_the_facts_of_a_number_are_plain_text_in_every_language(name: str) -> None:
    for language in ("en", "ru", "zh"):
        controls = Controls(language=language, corrected=True)
        rows = shown(MARKETS[name], controls, PANES, (120, 40))
        assert wrongly_told(rows, MARKETS[name], controls) == []


@pytest.mark.parametrize("size", [(60, 16), (80, 20), (120, 36), (200, 56)])
@pytest.mark.parametrize("name", BOARDS)
def test_every_number_of_the_screens_is_explained(name: str, size: tuple[int, int]) -> None:
    view = replace(EMPTY, at_ms=T0)
    for language in ("en", "ru", "zh"):
        controls = Controls(language=language, focus="journal")
        rows = shown(view, controls, [BOARDS[name]], size)
        assert unexplained(rows) == []
        assert wrongly_told(rows, view, controls) == []


def test_every_topic_of_these_areas_is_shown_somewhere() -> None:
    """A topic that no number is about would be a text nobody can reach."""
    rows = [row for view in MARKETS.values() for row in shown(view, Controls(corrected=True), PANES, (200, 56))]
    rows += shown(FULL, Controls(), PANES, (48, 5))
    rows += shown(replace(EMPTY, at_ms=T0), Controls(), list(BOARDS.values()), (200, 56))
    told = {topic_of(mark)[0] for row in rows for _, mark in row}
    everything = {topic.name for area in (clusters, cascade, checklist, alerts, journal) for topic in area.TOPICS}
    by_item = {
        "checklist." + name for name in ("cascade", "map", "cvd", "bitcoin", "trend", "crowd", "realised", "options")
    }
    assert everything - told - by_item == set()


@pytest.mark.parametrize("units", ["relative", "modelled", "calibrated"])
@pytest.mark.parametrize("language", ["ru", "zh"])
@pytest.mark.parametrize("size", SIZES)
def test_no_heading_is_cut_in_another_language(language: str, size: tuple[int, int], units: Units) -> None:
    controls = Controls(language=language, units=units)
    for make, view in ((above, FULL), (below, FULL), (above, ESTIMATED), (below, ESTIMATED), (checklist_view, FULL)):
        head = make(view, controls, *size)[1 if make is not checklist_view else 0]
        assert "…" not in "".join(text for text, _ in head)


@pytest.mark.parametrize("language", ["ru", "zh"])
@pytest.mark.parametrize("name", ["alerts", "journal"])
def test_no_heading_of_a_screen_is_cut_in_another_language(name: str, language: str) -> None:
    for size in ((80, 20), (120, 36), (200, 56)):
        head = BOARDS[name](replace(EMPTY, at_ms=T0), Controls(language=language), *size)[1]
        assert "…" not in "".join(text for text, _ in head)


@pytest.mark.parametrize("language", ["ru", "zh"])
@pytest.mark.parametrize("name", MARKETS)
def test_rows_fit_in_every_language(name: str, language: str) -> None:
    for size in SIZES:
        for row in shown(MARKETS[name], Controls(language=language, corrected=True), PANES, size):
            assert sum(cell_width(text) for text, _ in row) <= size[0]


def test_the_item_that_a_number_is_of_tells_its_own_facts() -> None:
    facts = dict(TOPICS["checklist.funding"].facts(MAXIMISED, Controls(), "funding"))
    assert (facts["source"], facts["threshold"]) == ("bybit", "from 1 %")


def test_a_realised_band_tells_that_it_was_measured_and_an_estimated_one_that_it_was_not() -> None:
    realised = dict(TOPICS["clusters.band"].facts(FULL, Controls(), "below/1"))
    estimated = dict(TOPICS["clusters.band"].facts(ESTIMATED, Controls(), "below/1"))
    assert (realised["kind"], realised["last print"]) == ("measured", "1h05m ago")
    assert estimated["kind"] == "modelled, not measured"


def test_what_sampling_left_out_is_told_as_modelled_beside_what_was_counted() -> None:
    facts = dict(TOPICS["cascade.corrected"].facts(states.SAMPLED, Controls(), "binance"))
    assert (facts["kind"], facts["counted"]) == ("modelled, not measured", "at least 1.2M")
