"""The cascades of a snapshot are read back from any format, and graded as they were."""

import json
from dataclasses import replace

import pytest

from scoring.cascade_item import cascade_item
from scoring.view.cascades import Extent
from tests.tui import cascade_fixture as states
from tests.tui.pasted import FORMATS, item, judged, not_read, printed, said
from tests.tui.test_paste_snapshot import without_checklist
from tui.controls import Controls
from tui.paste.reader import understand
from tui.text import snapshot_json, snapshot_text

ANY = (*FORMATS, "json")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", states.ALL)
def test_every_line_is_understood(name: str, form: str) -> None:
    understood = understand(printed(states.ALL[name], form))
    assert not_read(understood) == []
    assert [(line.number, line.problems) for line in understood.lines if line.problems] == []
    assert [line.text for line in understood.lines if line.outcome == "skipped"] == []


@pytest.mark.parametrize("name", states.ALL)
def test_ascii_is_understood_as_well(name: str) -> None:
    understood = understand(snapshot_text(states.ALL[name], Controls(ascii=True), "text"))
    assert not_read(understood) == []
    assert understood.cascades == understand(printed(states.ALL[name], "text")).cascades


@pytest.mark.parametrize("form", ANY)
@pytest.mark.parametrize("name", states.ALL)
def test_it_is_graded_as_the_program_grades_it(name: str, form: str) -> None:
    """The fixture's checklist has no line of a cascade, so the tables alone are graded."""
    view = states.ALL[name]
    own = cascade_item(view.cascades, view.cascade.blind, view.at_ms, 0.0)
    _, judgement = judged(printed(view, form))
    graded = item(judgement, "cascade")
    assert (graded.long, graded.short, graded.value, graded.reason) == (own.long, own.short, own.value, own.reason)


@pytest.mark.parametrize("form", ANY)
def test_the_states_are_told_in_words(form: str) -> None:
    _, judgement = judged(printed(states.SAMPLED, form))
    assert said(judgement, "cascade") == (
        "down: cascading >=, impulse 14.2 bp, R 1.5 (at least 1.1)\nup: calm, no chain of forced orders"
    )


@pytest.mark.parametrize("form", ANY)
def test_without_a_liquidation_feed_no_entry_is_allowed(form: str) -> None:
    understood, judgement = judged(printed(states.DOWN, form))
    assert understood.blind == "bybit perp: dead"
    assert understood.cascades is None
    assert judgement.checklist.long.verdict == judgement.checklist.short.verdict == "NO ENTRY"


@pytest.mark.parametrize("form", ANY)
def test_blind_states_are_unknown_and_forbid_nothing_by_themselves(form: str) -> None:
    understood, judgement = judged(printed(states.NO_TRADES, form))
    assert understood.blind == ""
    assert (item(judgement, "cascade").long, item(judgement, "cascade").short) == ("unknown", "unknown")


@pytest.mark.parametrize("form", FORMATS)
def test_after_an_exhausted_fall_a_long_day_is_no_warning_for_a_long(form: str) -> None:
    """82 % of the day were longs: until the fall is exhausted no long, and late for a short anyway."""
    _, judgement = judged(without_checklist(printed(states.EXHAUSTED, form)))
    assert (item(judgement, "realised 24 h").long, item(judgement, "realised 24 h").short) == ("pass", "warn")
    _, before = judged(without_checklist(printed(states.CASCADING, form)))
    assert (item(before, "realised 24 h").long, item(before, "realised 24 h").short) == ("warn", "warn")


@pytest.mark.parametrize("form", ANY)
@pytest.mark.parametrize("extent", ["complete", "none"])
def test_whether_the_leverage_is_gone_is_read_back(extent: Extent, form: str) -> None:
    badge = replace(states.BADGE, extent=extent)
    view = states.market(exhaustion=badge, exhaustion_of="up")
    cascades = understand(printed(view, form)).cascades
    assert cascades is not None
    assert cascades.exhaustion is not None
    assert (cascades.exhaustion.extent, cascades.exhaustion_of) == (extent, "up")


def test_a_pasted_checklist_counts_before_the_tables() -> None:
    text = "CHECKLIST\nitem     long  short  value  reason\ncascade  warn  pass   calm   told\n\n"
    _, judgement = judged(text + printed(states.CASCADING, "text"))
    assert (item(judgement, "cascade").long, item(judgement, "cascade").short) == ("warn", "pass")


@pytest.mark.parametrize(
    "cascade",
    [
        5,
        {"down": 3, "up": {"state": "falling"}, "exhaustion": []},
        {"down": {"state": ["calm"]}, "exhaustion": {"extent": 7, "of": "sideways"}},
        {"down": {"state": "unheard of", "since_ms": "yesterday"}},
    ],
)
def test_what_can_be_no_state_is_not_taken(cascade: object) -> None:
    understood = understand(json.dumps({**snapshot_json(states.CALM, "LIVE"), "cascade": cascade}))
    assert understood.cascades is None
    assert understood.price == 71_452.3


def test_a_row_that_is_no_state_is_kept_as_a_row() -> None:
    text = (
        "CASCADE\nside  state    age  rule  run  retraced  reason\ndown  falling  1m   full  ?    ?         who knows\n"
    )
    understood = understand(text)
    assert understood.cascades is None
    assert not_read(understood) == []
