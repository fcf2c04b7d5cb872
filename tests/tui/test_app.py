"""The monitor as a person reads it: real keys pressed, frames taken by hand, the text of the screen."""

import re

import pytest
from textual import events

from tests.tui.opened import opened
from tests.tui.scripted import START_MS, ScriptedSource, ScriptedTape, mark, session_of
from tui.app import LiqtopApp
from tui.panes.lines import LinePane
from tui.runner import SourceCrashed

SIZES = [(80, 24), (120, 40), (200, 60)]
TITLES = ("LADDER", "CLUSTERS ABOVE", "CLUSTERS BELOW", "CASCADE", "TAPE")
pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("size", SIZES)
async def test_every_pane_is_on_the_screen_within_its_width(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        assert all(title in screen.text for title in TITLES)
        assert "71,452.3" in screen.text
        assert "DEMO" in screen.text
        assert re.search("CHECKLIST|ENTRY", screen.text)
        assert max(map(len, screen.text.splitlines())) <= size[0]
        assert screen.text.count("\n") == size[1] - 1


@pytest.mark.parametrize("size", [(50, 15), (59, 40), (120, 19)])
async def test_a_small_terminal_is_told_what_is_needed(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        assert "liqtop needs 60x20" in screen.text
        assert f"this terminal has {size[0]}x{size[1]}" in screen.text
        assert "LADDER" not in screen.text


async def test_a_resize_rearranges_at_once() -> None:
    async with opened((120, 40)) as screen:
        assert "CHECKLIST" in screen.text
        await screen.pilot.resize_terminal(80, 24)
        await screen.pilot.pause()
        assert "CHECKLIST" not in screen.text
        assert "ENTRY" in screen.text
        await screen.pilot.resize_terminal(50, 15)
        await screen.pilot.pause()
        assert "needs 60x20" in screen.text
        await screen.pilot.resize_terminal(200, 60)
        await screen.pilot.pause()
        assert "CHECKLIST" in screen.text


async def test_a_new_price_repaints_the_cells_that_changed_and_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    regions: list[int] = []
    refresh = LinePane.refresh

    def counted(self: LinePane, *areas: object, **options: bool) -> LinePane:
        regions.append(sum(area.area for area in areas) if areas else 10**6)  # type: ignore[attr-defined]
        return refresh(self, *areas, **options)  # type: ignore[arg-type]

    async with opened() as screen:
        monkeypatch.setattr(LinePane, "refresh", counted)
        screen.app.tick()
        assert regions == [], "nothing changed"
        await screen.send(mark(71_452.4))
        assert 0 < sum(regions) < 40


async def test_tab_and_digits_move_the_focus_and_the_title_shows_it() -> None:
    async with opened() as screen:
        assert screen.focused() == "ladder"
        assert "›LADDER" in await screen.press("?", "escape")
        assert "›CLUSTERS ABOVE" in await screen.press("tab")
        assert screen.focused() == "above"
        await screen.press("shift+tab", "shift+tab")
        assert screen.focused() in ("tape", "chart")
        await screen.press("4")
        assert screen.focused() == "cascade"
        assert "›LADDER" not in screen.text


async def test_a_click_on_a_tab_shows_its_coin() -> None:
    async with opened() as screen:
        place = screen.pane("header").splitlines()[0].index("ETH")
        await screen.pilot.click("#header", offset=(place + 1, 0))
        await screen.pilot.pause()
        assert screen.app.controls.coin == "ETH"
        await screen.pilot.click("#header", offset=(0, 0))
        await screen.pilot.pause()
        assert screen.app.controls.coin == "ETH"


async def test_a_click_focuses_and_the_wheel_scrolls_the_pane_under_it() -> None:
    async with opened() as screen:
        await screen.pilot.click("#tape")
        assert screen.focused() == "tape"
        first = screen.pane("tape").splitlines()[1]
        tape = screen.app.main.pane("tape")
        tape.on_mouse_scroll_down(_wheel())
        await screen.pilot.pause()
        assert screen.pane("tape").splitlines()[1] != first
        assert screen.app.controls.scroll == 3


def _wheel() -> events.MouseScrollDown:
    return events.MouseScrollDown(None, 1, 1, 0, 1, 0, False, False, False)


async def test_scrolling_stops_at_the_end_and_comes_straight_back() -> None:
    """After the end was reached, one key up moves again, however often down was pressed."""
    async with opened() as screen:
        await screen.press("6")
        top = screen.pane("tape")
        await screen.press("G")
        last = screen.pane("tape")
        assert last != top
        await screen.press("j", "j", "j")
        assert screen.pane("tape") == last
        await screen.press("k")
        assert screen.pane("tape") != last
        await screen.press("g")
        assert screen.pane("tape") == top
        await screen.press("k")
        assert screen.pane("tape") == top


async def test_brackets_change_the_window_and_plus_the_step() -> None:
    async with opened() as screen:
        assert " 4h " in screen.pane("ladder").splitlines()[0]
        await screen.press("]")
        assert " 12h " in screen.pane("ladder").splitlines()[0]
        await screen.press("[", "[")
        assert " 1h " in screen.pane("ladder").splitlines()[0]
        before = screen.pane("ladder").splitlines()[2:]
        await screen.press("+")
        assert screen.pane("ladder").splitlines()[2:] != before
        assert screen.app.controls.zoom == 1


async def test_p_holds_the_picture_and_says_of_which_moment_it_is() -> None:
    async with opened() as screen:
        assert "PAUSED 17:46:40" in await screen.press("p")
        screen.source.at_ms += 12_000
        held = await screen.send(mark(80_000.0, screen.source.at_ms))
        assert "71,452.3" in held
        assert "PAUSED 17:46:40" in held
        assert "80,000" not in held
        text = await screen.press("space")
        assert "80,000" in text
        assert "PAUSED" not in text


async def test_the_clocks_frames_leave_a_held_picture_alone_until_a_message_ends() -> None:
    now = [0.0]
    async with opened(clock=lambda: now[0]) as screen:
        await screen.press("p", ">")
        assert "only a replay can do that" in screen.text
        before = screen.text
        screen.source.at_ms += 5_000
        screen.app.beat()
        await screen.pilot.pause()
        assert screen.text == before
        now[0] += 7
        screen.app.beat()
        await screen.pilot.pause()
        assert [old == new for old, new in zip(before.splitlines(), screen.text.splitlines(), strict=True)].count(
            False
        ) == 1


async def test_another_coin_while_paused_is_a_picture_of_its_own_moment() -> None:
    async with opened() as screen:
        await screen.press("p")
        screen.source.at_ms += 12_000
        text = await screen.press("right")
        assert "4,000" in text
        assert "PAUSED 17:46:52" in text


async def test_m_gives_the_pane_the_whole_screen_and_back() -> None:
    async with opened() as screen:
        text = await screen.press("6", "m")
        assert "LADDER" not in text
        assert len(screen.pane("tape").splitlines()) > 35
        assert "LADDER" in await screen.press("1")
        assert "TAPE" not in screen.text
        assert "TAPE" in await screen.press("m")


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_q_and_ctrl_c_leave(key: str) -> None:
    async with opened() as screen:
        await screen.press(key)
        assert not screen.app.is_running
        assert screen.app.return_code == 0


async def test_ctrl_c_leaves_from_any_screen() -> None:
    async with opened() as screen:
        await screen.press("slash", "ctrl+c")
        assert not screen.app.is_running


async def test_a_message_leaves_the_status_bar_after_a_while() -> None:
    now = [0.0]
    async with opened(clock=lambda: now[0]) as screen:
        text = await screen.press(">")
        assert "only a replay can do that; this is DEMO" in text
        now[0] += 7
        screen.app.tick()
        await screen.pilot.pause()
        assert "only a replay" not in screen.text
        assert "? help" in screen.text


async def test_a_tape_is_driven_by_keys() -> None:
    tape = ScriptedTape()
    async with opened(source=tape) as screen:
        assert "REPLAY 2x" in await screen.press(">")
        assert "REPLAY 1x" in await screen.press("<")
        await screen.press("p")
        assert tape.paused
        await screen.press("n")
        assert tape.steps == 1
        await screen.press("p", "{")
        assert (tape.paused, tape.sought) == (False, [START_MS - 60_000])


async def test_the_end_of_the_data_is_said() -> None:
    async with opened() as screen:
        screen.source.end()
        assert screen.app.session.join(5)
        screen.app.tick()
        await screen.pilot.pause()
        assert "end of the data" in screen.text


async def test_our_own_error_in_the_source_ends_the_monitor_loudly() -> None:
    session = session_of(ScriptedSource(error=ZeroDivisionError("a slip")))
    session.start()
    session.join(5)
    app = LiqtopApp(session, frames_per_second=0)
    with pytest.raises(SourceCrashed, match="a slip"):
        async with app.run_test():
            app.call_later(app.tick)
