"""Pasting tables into the monitor."""

import pytest
from textual import events

from tests.tui.opened import opened

pytestmark = pytest.mark.anyio
TABLE = "Funding\nBinance +0.012%\nOKX +0.018%\nBybit +0.024%\n"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_what_is_pasted_into_the_panes_is_read_line_by_line(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        screen.app.post_message(events.Paste(TABLE))
        await screen.pilot.pause()
        text = await screen.press("end", "home")
        assert "PASTE" in text
        assert "Binance" in text
        await screen.press("end")
        assert "COMPARED WITH BTC NOW" in screen.text
        assert "LADDER" in await screen.press("escape")


async def test_the_paste_screen_opens_empty_and_forgets_on_demand() -> None:
    async with opened() as screen:
        assert "Nothing is sent anywhere" in await screen.press("P")
        screen.app.post_message(events.Paste("\x1b[2J" + TABLE))
        assert "\x1b" not in await screen.press("home")
        assert "OKX" in screen.text
        assert "Nothing is sent anywhere" in await screen.press("x")
