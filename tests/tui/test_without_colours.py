"""What colour tells, the screen tells without it: a cascade at its height, read by its words and marks alone."""

import anyio
import pytest

from tests.pictures.scenes import HEIGHT
from tests.pictures.standing import session_of
from tui.app import LiqtopApp
from tui.controls import PANES
from tui.views.row import style_of

pytestmark = pytest.mark.slow
SIZE = (200, 60)


@pytest.fixture(scope="module")
def spans() -> dict[str, list[tuple[str, str]]]:
    """Text and style name of every span that is on the screen, by pane."""
    with session_of(HEIGHT) as session:
        return anyio.run(_spans, LiqtopApp(session, frames_per_second=0, clock=lambda: 0.0))


async def _spans(app: LiqtopApp) -> dict[str, list[tuple[str, str]]]:
    async with app.run_test(size=SIZE) as pilot:
        app.tick()
        await pilot.pause()
        panes = {name: app.main.pane(name) for name in ("header", *PANES) if app.main.pane(name).size.area}
        return {
            name: [(text.strip(), style_of(mark)) for row in pane.rows for text, mark in row if text.strip()]
            for name, pane in panes.items()
        }


def of(style: str, spans: list[tuple[str, str]]) -> set[str]:
    return {text for text, name in spans if name == style}


def test_a_grade_has_a_mark_of_its_own(spans: dict[str, list[tuple[str, str]]]) -> None:
    graded = [(text, style) for text, style in spans["checklist"] if len(text) == 1]
    marks = {style: of(style, graded) for style in ("pass", "warn", "fail", "unknown")}
    assert all(marks.values())
    assert sum(map(len, marks.values())) == len(set().union(*marks.values()))


def test_a_move_has_a_sign_or_an_arrow(spans: dict[str, list[tuple[str, str]]]) -> None:
    moved = [text for pane in spans.values() for style in ("up", "down") for text in of(style, pane)]
    assert moved
    assert [text for text in moved if not set(text) & set("▲▼+−-<>▴▾")] == []


def test_the_tape_writes_the_side_as_a_word(spans: dict[str, list[tuple[str, str]]]) -> None:
    assert of("long", spans["tape"]) | of("short", spans["tape"]) <= {"long", "short", "buy", "sell"}
    assert of("long", spans["tape"]).isdisjoint(of("short", spans["tape"]))


def test_the_ladder_has_a_column_for_each_side(spans: dict[str, list[tuple[str, str]]]) -> None:
    words = [text for text, _ in spans["ladder"]]
    assert any("long" in text and "short" in text for text in [" ".join(words[:20])])


def test_a_cascade_is_told_in_words(spans: dict[str, list[tuple[str, str]]]) -> None:
    assert any("CASCADING" in text for text, _ in spans["header"])
    assert any("CASCADING" in text for text, _ in spans["cascade"])
