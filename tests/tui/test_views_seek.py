"""The seek bar as text: what is known of the tape, what is not, and where the replay is."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY
from tui.controls import Controls, TapeSpan
from tui.topics import TOPICS
from tui.views.layout import row_width
from tui.views.row import style_of, topic_of
from tui.views.seek import seek, sought

START = 1_737_996_600_000
"""2025-01-27 16:50 UTC."""
HALF_HOUR = 1_800_000
TAPE = TapeSpan(START, START + HALF_HOUR, busy=(0.0,) * 480, scanned=1.0, scan="done", at_ms=START, since_ms=START)


def text(tape: TapeSpan | None, width: int = 120, **controls: object) -> str:
    shown = Controls(tape=tape, mode="REPLAY", **controls)  # type: ignore[arg-type]
    return "".join(words for words, _ in seek(EMPTY, shown, width, 1)[0])


def bar(tape: TapeSpan, width: int = 120, **controls: object) -> str:
    return text(tape, width, **controls)[7:].partition(" ")[0]


def test_without_a_tape_there_is_no_row() -> None:
    assert seek(EMPTY, Controls(), 120, 1) == []


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200, 300])
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_it_keeps_to_its_width_and_its_places_whatever_it_says(width: int, language: str) -> None:
    """A bar that moved with its words would repaint as a whole."""
    states = (
        TAPE,
        replace(TAPE, seeking=0.43),
        replace(TAPE, seeking=1.0),
        replace(TAPE, ended=True),
        replace(TAPE, scan="running", scanned=0.995),
        replace(TAPE, scan="failed", scanned=0.0),
    )
    shown = [Controls(tape=tape, language=language, speed=speed) for tape in states for speed in (1.0, 100.0)]
    rows = [seek(EMPTY, one, width, 1)[0] for one in shown]
    assert all(row_width(row) <= width for row in rows)
    edges = {tuple(x for x in range(width) if sought(one, width, x) is not None) for one in shown}
    assert len(edges) == 1
    assert len(edges.pop()) >= 10
    assert len({"".join(words for words, _ in row).index("17:20") for row in rows}) == 1


def test_it_moves_by_whole_cells_only() -> None:
    rows = [text(replace(TAPE, at_ms=START + second * 1000)) for second in range(0, 1800, 5)]
    assert 40 <= len(set(rows)) <= 90


def test_what_is_not_scanned_is_shown_as_that_and_never_as_empty() -> None:
    half = replace(TAPE, scan="running", scanned=0.5, at_ms=START, busy=(0.0,) * 240 + (None,) * 240)
    drawn = bar(half)
    assert drawn[1 : len(drawn) // 2] == "·" * (len(drawn) // 2 - 1)
    assert set(drawn[len(drawn) // 2 :]) == {"╌"}
    assert "scanned 50 %" in text(half)
    failed = replace(TAPE, scan="failed", scanned=0.0, busy=())
    assert set(bar(failed)) == {"┃", "╌"}
    assert "not scanned" in text(failed)


def test_time_that_was_not_recorded_is_hatched() -> None:
    tape = replace(TAPE, busy=(0.0,) * 240 + (None,) * 240)
    drawn = bar(tape)
    assert drawn[-5:] == "╱╱╱╱╱"
    assert "╱" not in drawn[: len(drawn) // 2]


def test_more_liquidated_is_a_taller_block() -> None:
    drawn = bar(replace(TAPE, busy=(1.0,) * 160 + (30.0,) * 160 + (100.0,) * 160), 200)
    third = len(drawn) // 3
    assert drawn[5] < drawn[third + 5] < drawn[2 * third + 5] == "█"


def test_a_cascade_of_the_coin_wins_its_cell_over_that_of_another() -> None:
    at_ms = START + HALF_HOUR // 2
    tape = replace(TAPE, marks=((at_ms, "BTC up cascading"), (at_ms, "WIF down igniting")))
    for coin, arrow, style in (("WIF", "▼", "long"), ("BTC", "▲", "short"), ("ETH", "▲", "muted")):
        row = seek(EMPTY, Controls(tape=tape, coin=coin), 120, 1)[0]
        assert [(words, style_of(mark)) for words, mark in row if words in "▼▲"] == [(arrow, style)]


def test_the_states_are_said() -> None:
    assert "playing" in text(TAPE)
    assert "paused" in text(TAPE, paused_at_ms=START)
    assert "seeking 40 %" in text(replace(TAPE, seeking=0.43))
    assert "end of tape" in text(replace(TAPE, ended=True))
    assert "10x" in text(TAPE, speed=10.0)
    assert "max" in text(TAPE, speed=float("inf"))


def test_how_much_of_the_window_was_played_is_said_until_all_of_it_was() -> None:
    tape = replace(TAPE, at_ms=START + 600_000)
    assert "10m of 4h" in text(tape)
    assert " of " not in text(tape, window_minutes=15).replace("end of tape", "") or "10m of 15m" in text(
        tape, window_minutes=15
    )
    assert " of 15m" not in text(replace(TAPE, at_ms=START + 900_000), window_minutes=15)


def test_in_ascii_it_is_ascii() -> None:
    tape = replace(TAPE, busy=(5.0,) * 200 + (0.0,) * 140 + (None,) * 140, scanned=0.9, marks=((START, "BTC up x"),))
    assert text(replace(tape, at_ms=START + 60_000), ascii=True).isascii()
    assert "?" in bar(tape, ascii=True)


def test_a_cell_is_the_time_that_is_shown_in_it() -> None:
    for width in (60, 120, 300):
        controls = Controls(tape=TAPE)
        places = [x for x in range(width) if sought(controls, width, x) is not None]
        for x in (places[0], places[len(places) // 2], places[-1]):
            at_ms = sought(controls, width, x)
            assert at_ms is not None
            assert text(replace(TAPE, at_ms=at_ms), width).index("┃") in (x, x - 1)
    assert sought(Controls(tape=TAPE), 120, 0) is None
    assert sought(Controls(), 120, 30) is None


def test_every_number_of_it_has_a_topic_with_facts() -> None:
    marks = ((START + 60_000, "BTC down cascading"),)
    tape = replace(TAPE, marks=marks, scan="resting", scanned=0.5, seeking=0.2)
    controls = Controls(tape=tape)
    found = {topic_of(mark) for words, mark in seek(EMPTY, controls, 200, 1)[0] if topic_of(mark)[0]}
    names = {name for name, _ in found}
    assert {
        "seek.position",
        "seek.mark",
        "seek.busy",
        "seek.scanned",
        "seek.lead",
        "seek.speed",
        "seek.played",
    } == names
    facts = {name: TOPICS[name].facts(EMPTY, controls, of) for name, of in found}
    assert ("cascade", "BTC down cascading") in facts["seek.mark"]
    assert any("rests" in words for _, words in facts["seek.scanned"])
