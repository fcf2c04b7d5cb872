"""The screens and commands beside the panes: finding a coin, help, the palette, copying."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.tui.opened import opened
from tests.tui.scripted import COINS, ScriptedSource, session_of
from tui.app import LiqtopApp
from tui.commands import COMMANDS
from tui.text import snapshot_text

pytestmark = pytest.mark.anyio


async def test_coins_are_chosen_by_arrows_and_by_name() -> None:
    async with opened() as screen:
        assert "4,000" in await screen.press("right")
        assert screen.app.controls.coin == "ETH"
        await screen.press("comma", "comma")
        assert screen.app.controls.coin == "WIF"
        found = await screen.press("slash", "b", "t")
        assert "BTC" in found
        assert "WIF" not in found
        assert "71,452.3" in await screen.press("enter")
        assert screen.app.controls.coin == "BTC"


async def test_finding_can_be_left_and_says_when_there_is_no_such_coin() -> None:
    async with opened() as screen:
        text = await screen.press("slash", *"[x]q")
        assert "none of the 3 watched coins" in text
        assert "LADDER" in await screen.press("enter", "escape")
        assert screen.app.controls.coin == COINS[0]


async def test_in_ascii_the_other_screens_are_ascii_too() -> None:
    async with opened((120, 60)) as screen:
        screen.app.controls = replace(screen.app.controls, ascii=True)
        screen.app.tick()
        for key, leave in (("question_mark", "q"), ("slash", "escape")):
            assert (await screen.press(key)).isascii()
            assert "LADDER" in await screen.press(leave)


async def test_help_shows_every_key_and_closes() -> None:
    async with opened((110, 140)) as screen:
        text = " ".join((await screen.press("question_mark")).split())
        assert all(command.help in text for command in COMMANDS)
        assert "LADDER" in await screen.press("q")


async def test_the_palette_runs_the_same_commands() -> None:
    async with opened() as screen:
        await screen.press("ctrl+p")
        await screen.press(*"Longer")
        for _ in range(1_000):
            if "Longer window" in screen.text:
                break
            await screen.pilot.pause()
        await screen.press("down", "enter")
        assert screen.app.controls.window_minutes == 720
        assert screen.app.screen is screen.app.main


async def test_copying_says_where_the_text_went(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    async with opened((160, 40)) as screen:
        text = await screen.press("6", "y")
        kept = tmp_path / "liqtop" / "copied.txt"
        assert re.search(r"copied \d+ lines, also in", text)
        assert str(kept) in text
        head, first = kept.read_text().splitlines()[:2]
        assert re.fullmatch(r"liqtop BTC  2025-01-27 \d\d:\d\d:\d\d UTC  DEMO  BIN BYB", head)
        assert first.startswith("›TAPE")
        await screen.press("Y")
        assert kept.read_text() == snapshot_text(screen.app.view, screen.app.controls, "text")


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (50, 15)])
async def test_the_copied_screen_is_the_screen_with_bars_that_need_no_colours(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        copied = screen.app.main.text
        blank = "\n".join(line.rstrip() for line in copied.replace("█", " ").splitlines())
        assert blank.strip() == screen.text.strip()
        assert bool(re.search("█+▌", copied)) == (size != (50, 15))


async def test_a_hostile_symbol_stays_text() -> None:
    source = ScriptedSource()
    session = session_of(source, ("BTC", "[red]\x1b[2J\x07币"))
    session.start()
    app = LiqtopApp(session, frames_per_second=0)
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            app.tick()
            await pilot.press("slash")
            await pilot.pause()
            text = "\n".join(strip.text for strip in app.screen._compositor.render_strips())
            assert not any(ord(character) < 32 and character != "\n" for character in text)
            assert "[red]�[2J�币" in text
    finally:
        session.stop()
