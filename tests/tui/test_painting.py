"""When a frame is painted: a picture that moves as the line bears it, a held one for what is new beside it."""

from dataclasses import replace

import pytest
from rich.color import ColorSystem
from rich.style import Style

from tui.controls import Controls
from tui.painting import Painting
from tui.panes.cells import cells

HELD = Controls(paused_at_ms=1)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def painting(budget: float | None = None, clock: Clock | None = None) -> Painting:
    return Painting({"text": Style.parse("#c9ced6 on #101014")}, budget, clock or Clock())


def test_a_held_picture_is_due_once() -> None:
    one = painting()
    assert one.is_due(HELD, held=True)
    one.done(HELD)
    assert not one.is_due(HELD, held=True)


@pytest.mark.parametrize(
    "new", [replace(HELD, notice="an alert"), HELD, replace(HELD, notice="before", unseen_alerts=1)]
)
def test_what_is_new_beside_a_held_picture_is_due(new: Controls) -> None:
    one = painting()
    one.done(replace(HELD, notice="before"))
    assert one.is_due(new, held=True)


def test_neither_the_rate_nor_a_hint_is_worth_painting_a_held_picture() -> None:
    one = painting()
    one.done(replace(HELD, bytes_per_second=900.0))
    assert not one.is_due(replace(HELD, bytes_per_second=0.0, hint="try o"), held=True)


def test_a_frame_that_the_terminal_was_too_far_behind_for_is_still_due() -> None:
    one = painting()
    one.done(HELD)
    one.skipped()
    assert one.is_due(HELD, held=True)


def test_the_rate_is_measured_over_two_seconds() -> None:
    clock = Clock()
    one = painting(4_000, clock)
    controls = one.measured(Controls(), 0)
    assert (controls.bytes_per_second, controls.bandwidth) == (None, 4_000)
    clock.now = 2.0
    assert one.measured(controls, 3_000).bytes_per_second == 1_500


def test_a_terminal_that_nobody_counts_for_has_no_rate() -> None:
    assert painting().measured(Controls(), None).bytes_per_second is None


def test_panes_write_only_while_a_frame_is_painted_and_all_at_once() -> None:
    one, sent = painting(), []
    with one.direct(ColorSystem.TRUECOLOR, sent.append):
        assert one.brush.wet
        one.brush.add(cells((), 5), cells((("71", "text"),), 5), (0, 0))
        one.brush.add(cells((), 5), cells((("72", "text"),), 5), (0, 1))
    assert not one.brush.wet
    assert len(sent) == 1
    with one.direct(ColorSystem.TRUECOLOR, sent.append):
        pass
    assert len(sent) == 1, "a frame in which nothing changed writes nothing"
