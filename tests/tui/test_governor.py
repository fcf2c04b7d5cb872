"""The governor of a thin line, by a clock and a count of bytes that the test sets."""

from itertools import pairwise
from pathlib import Path

import pytest

from tui.exits import BadUsage
from tui.governor import BURST_SECONDS, MOST_THRIFT, OWED_SECONDS, WINDOW_SECONDS, Governor, bytes_a_second
from tui.settings import load

BEAT = 0.25


class Line:
    """A governor asked four times a second whether to paint a frame of so many bytes."""

    def __init__(self, budget: float | None) -> None:
        self.governor = Governor(budget, 0.0)
        self.now = 0.0
        self.written = 0
        self.painted = 0

    def run(self, seconds: float, frame: int) -> None:
        for _ in range(round(seconds / BEAT)):
            self.now += BEAT
            self.governor.account(self.written, self.now)
            if self.governor.may_paint():
                self.written += frame
                self.painted += 1


@pytest.mark.parametrize(
    ("text", "rate"), [("", None), ("4k", 4_000), ("2500", 2_500), ("1.5k", 1_500), ("8kB", 8_000), (" 2 kB/s ", 2_000)]
)
def test_a_rate_is_read_as_people_write_it(text: str, rate: float | None) -> None:
    assert bytes_a_second(text) == rate


@pytest.mark.parametrize("text", ["fast", "4q", "-1", "k", "4M", "1e3", "0", "inf", "nan", "10", "9" * 400])
def test_what_is_no_rate_is_told_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        bytes_a_second(text)


def test_a_wrong_rate_in_the_config_is_one_line_that_names_the_key(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('[display]\nbandwidth = "4q"\n')
    with pytest.raises(BadUsage) as caught:
        load(str(path))
    expected = 'expected bytes a second such as "4k" or "2500", found the text "4q"'
    assert caught.value.lines == (f"{path}:2: [display] bandwidth: {expected}",)


def test_a_wrong_rate_on_the_command_line_names_the_option(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text("")
    with pytest.raises(BadUsage) as caught:
        load(str(path), {("display", "bandwidth"): ("--bandwidth", "fast")})
    assert [line.partition(":")[0] for line in caught.value.lines] == ["--bandwidth"]


def test_without_a_budget_every_frame_is_painted() -> None:
    line = Line(None)
    line.run(60, 100_000)
    assert (line.painted, line.governor.thrift) == (240, 0)


@pytest.mark.parametrize("frame", [100, 700, 1_900, 5_000])
def test_over_a_minute_no_more_than_the_budget_is_written(frame: int) -> None:
    line = Line(2_000)
    line.run(60, frame)
    assert line.written <= 2_000 * (60 + BURST_SECONDS) + frame


def test_frames_that_fit_the_budget_are_all_painted() -> None:
    line = Line(2_000)
    line.run(60, 499)
    assert line.painted == 240


def test_a_key_is_painted_at_once_and_its_bytes_are_owed() -> None:
    line = Line(2_000)
    line.written += 3_000
    line.run(1.0, 100)
    assert line.painted == 0
    line.run(1.0, 100)
    assert line.painted > 0


def test_no_more_is_owed_than_a_short_wait_pays() -> None:
    """The first screen of all may be larger than the line takes in ten seconds."""
    line = Line(1_000)
    line.written += 50_000
    line.run(OWED_SECONDS + 2 * BEAT, 10)
    assert line.painted > 0


def test_time_without_frames_saves_up_for_a_short_burst_only() -> None:
    line = Line(2_000)
    line.run(600, 0)
    before = line.written
    line.run(1.0, 2_000)
    assert line.written - before <= 2_000 * (1.0 + BURST_SECONDS) + 2_000


def test_thrift_grows_step_by_step_while_most_frames_do_not_fit() -> None:
    line = Line(1_000)
    steps = []
    for _ in range(5):
        line.run(WINDOW_SECONDS, 900)
        steps.append(line.governor.thrift)
    assert steps == [1, 2, 3, MOST_THRIFT, MOST_THRIFT]


def test_thrift_stays_while_most_frames_come_through() -> None:
    line = Line(1_000)
    line.run(120, 400)
    assert line.governor.thrift == 0
    assert line.painted < 480


def test_thrift_goes_once_the_line_has_been_ample_for_long() -> None:
    line = Line(1_000)
    line.run(2 * WINDOW_SECONDS, 900)
    assert line.governor.thrift == 2
    line.run(3 * WINDOW_SECONDS, 50)
    assert line.governor.thrift == 2
    line.run(20 * WINDOW_SECONDS, 50)
    assert line.governor.thrift == 0


def test_a_try_that_failed_is_made_again_later_and_later() -> None:
    """Cheap while thrifty and dear otherwise: the picture must not go to and fro."""
    line, changes, before = Line(1_000), [], 0
    while line.now < 1_200:
        line.run(BEAT, 60 if line.governor.thrift else 900)
        if line.governor.thrift != before:
            before = line.governor.thrift
            changes.append(line.now)
    waits = [later - sooner for sooner, later in zip(changes[1:], changes[3:], strict=False)][::2]
    assert all(later > 1.5 * sooner for sooner, later in pairwise(waits) if later < 250)
    assert len(changes) < 20
