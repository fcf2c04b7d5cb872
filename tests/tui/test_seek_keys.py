"""A replay driven by real keys and clicks, on the recording that ships with the program."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.pilot import Pilot

from feeds.replay import ReplaySource
from feeds.sample import sample_path
from feeds.tape import TapeReader
from tests.tui.opened import opened
from tests.tui.waiting import until
from tui.app import LiqtopApp
from tui.drive import Drive
from tui.driving import Seen
from tui.format import clock
from tui.session import Session
from tui.settings import Settings
from tui.views.seek import sought

pytestmark = pytest.mark.anyio

SETTINGS = Settings()
COINS = ("BTC", "ETH", "SOL")
MINUTE = 60_000


class Found:
    """A scan that found this, and counts what it is asked."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.asked: list[str] = []

    def start(self) -> None:
        self.asked.append("start")

    def go_on(self) -> None:
        self.asked.append("go on")

    def again(self, coins: tuple[str, ...]) -> None:
        self.asked.append(f"again {' '.join(coins)}")

    def close(self) -> None:
        self.asked.append("close")


class Replay:
    """A monitor on the sample, which stands still until it is driven."""

    def __init__(self, app: LiqtopApp, pilot: Pilot[None], source: ReplaySource) -> None:
        self.app = app
        self.pilot = pilot
        self.source = source

    async def press(self, *keys: str) -> str:
        await self.pilot.press(*keys)
        return await self.arrived()

    async def arrived(self) -> str:
        """The screen's text once the moment gone to is reached and shown."""

        def there() -> bool:
            self.app.tick()
            return self.source.lead_in is None and not self.app.session._leading.is_going

        until(there)
        self.app.tick()
        await self.pilot.pause()
        return self.text

    @property
    def text(self) -> str:
        strips = self.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def row(self) -> str:
        return self.app.main.pane("seek").text

    @property
    def drive(self) -> Drive:
        drive = self.app.session.drive
        assert drive is not None
        return drive

    def minutes(self) -> float:
        return (self.drive.place_ms - self.source.first_ms) / MINUTE


@asynccontextmanager
async def replayed(seen: Seen | None = None, start: float | None = None) -> AsyncIterator[tuple[Replay, Found]]:
    """A paused monitor on the sample, so many minutes after its start."""
    first_ms = TapeReader(sample_path()).first_ms
    assert first_ms is not None
    start_ms = None if start is None else first_ms + round(start * MINUTE)
    source = ReplaySource(sample_path(), SETTINGS, speed=1.0, start_ms=start_ms)
    source.paused = True
    scan = Found(seen or Seen())
    session = Session(source, SETTINGS, SETTINGS, COINS, scan=scan)
    session.start()
    app = LiqtopApp(session, frames_per_second=0, clock=lambda: 0.0)
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.press("p")
            replay = Replay(app, pilot, source)
            await replay.arrived()
            yield replay, scan
    finally:
        session.stop()


async def test_braces_go_a_minute_ahead_and_back_from_where_one_is_going() -> None:
    """Also when the next one is pressed before the moment of the one before is reached."""
    async with replayed() as (replay, _):
        text = await replay.press("}", "}", "}")
        assert replay.minutes() == pytest.approx(3, abs=0.01)
        assert f"{clock(replay.source.first_ms + 3 * MINUTE)} UTC" in text
        await replay.press("{")
        assert replay.minutes() == pytest.approx(2, abs=0.01)


async def test_a_moment_gone_to_is_in_the_bar_at_once_and_the_panes_follow_when_it_is_reached() -> None:
    async with replayed(start=20.0) as (replay, _):
        before = replay.app.view.at_ms
        replay.drive.seek(replay.source.first_ms + 5 * MINUTE)
        replay.app.tick()
        await replay.pilot.pause()
        assert replay.minutes() == pytest.approx(5, abs=0.01)
        assert replay.app.view.at_ms in (before, replay.source.first_ms + 5 * MINUTE)
        await replay.arrived()
        assert replay.app.view.at_ms == pytest.approx(replay.source.first_ms + 5 * MINUTE, abs=1000)
        assert "paused" in replay.row()


async def test_a_click_on_the_bar_goes_to_the_time_of_that_cell() -> None:
    async with replayed() as (replay, _):
        wanted = sought(replay.app.controls, 120, 40)
        assert wanted is not None
        await replay.pilot.click("#seek", offset=(40, 0))
        await replay.arrived()
        assert replay.drive.place_ms == wanted
        assert replay.row().index("┃") in (39, 40)
        await replay.pilot.click("#seek", offset=(2, 0))
        await replay.arrived()
        assert replay.drive.place_ms == wanted


async def test_parentheses_go_to_just_before_the_next_cascade_and_the_one_before() -> None:
    first_ms = TapeReader(sample_path()).first_ms or 0
    marks = ((first_ms + 5 * MINUTE, "BTC down cascading"), (first_ms + 15 * MINUTE, "ETH up igniting"))
    async with replayed(Seen("done", 1.0, marks, (0.0,) * 480)) as (replay, _):
        assert "▼" in replay.row()
        assert "▲" in replay.row()
        text = await replay.press(")")
        assert f"10s before {clock(marks[0][0])}: BTC down cascading" in text
        assert replay.drive.place_ms == marks[0][0] - 10_000
        await replay.press(")")
        assert replay.drive.place_ms == marks[1][0] - 10_000
        assert "no further cascade or liquidation on the tape" in await replay.press(")")
        await replay.press("(")
        assert replay.drive.place_ms == marks[0][0] - 10_000


async def test_without_cascades_they_go_to_the_heaviest_minute() -> None:
    busy = [0.0] * 480
    busy[320] = 1e6
    async with replayed(Seen("done", 1.0, (), tuple(busy))) as (replay, _):
        assert "heaviest minute" in await replay.press(")")
        length = (replay.source.last_ms - replay.source.first_ms) / MINUTE
        assert replay.minutes() == pytest.approx(length * 2 / 3 - 1 / 6, abs=0.3)


async def test_a_scan_that_rests_is_asked_to_go_on_where_it_has_found_nothing_ahead() -> None:
    async with replayed(Seen("resting", 0.12, (), (0.0,) * 57 + (None,) * 423)) as (replay, scan):
        assert "scanned 12 %" in replay.row()
        assert "none up to where the tape is scanned: 12 %" in await replay.press(")")
        assert scan.asked == ["start", "go on"]


async def test_a_tape_that_is_not_scanned_says_so_and_plays_all_the_same() -> None:
    async with replayed(Seen("failed")) as (replay, _):
        assert "not scanned" in replay.row()
        assert "the tape is not scanned" in await replay.press(")")
        await replay.press("}")
        assert replay.minutes() == pytest.approx(1, abs=0.01)


async def test_n_plays_one_record_and_angles_change_the_speed() -> None:
    async with replayed(start=1.0) as (replay, _):
        before = replay.drive.place_ms
        await replay.pilot.press("n")
        until(lambda: replay.source.now_ms() > before)
        assert "paused" in replay.row()
        await replay.press(">")
        assert " 2x" in replay.row()
        await replay.press("<")
        assert " 1x" in replay.row()


async def test_the_end_of_the_tape_is_said_in_the_bar_and_back_plays_again() -> None:
    async with replayed(start=29.9) as (replay, _):
        await replay.pilot.press("p")
        replay.source.speed = None
        until(lambda: replay.app.session.ended)
        await replay.arrived()
        assert "end of tape" in replay.row()
        replay.source.paused = True
        await replay.press("{")
        assert "end of tape" not in replay.row()
        assert replay.minutes() < 29.5


async def test_other_coins_are_scanned_anew_and_shown_from_the_same_moment() -> None:
    async with replayed(start=10.0) as (replay, scan):
        replay.app.session.watch(("DOGE",))
        await replay.arrived()
        assert scan.asked == ["start", "again DOGE"]
        assert replay.minutes() == pytest.approx(10, abs=0.01)
        assert replay.app.session.frame(replay.app.controls).coins[0].coin == "DOGE"


@pytest.mark.parametrize("key", ["(", ")", "{", "}", "n", ">"])
async def test_elsewhere_the_keys_say_that_they_are_for_a_replay(key: str) -> None:
    async with opened() as screen:
        assert "only a replay can do that; this is DEMO" in await screen.press(key)
