"""Overview, venues and feeds after real key presses, at the sizes of the terminals they are made for."""

from pathlib import Path

import pytest

from feeds.events import AnyEvent, LongShort, OpenInterest, Refused
from tests.tui.opened import opened
from tests.tui.scripted import START_MS

pytestmark = pytest.mark.anyio
SIZES = [(80, 24), (120, 40), (200, 60)]


def reports() -> list[AnyEvent]:
    interest = OpenInterest(
        venue="binance", market="perp", symbol="BTCUSDT", coin="BTC", at_ms=START_MS, received_ms=START_MS,
        coins=17_200.0, notional_usd=None,
    )  # fmt: skip
    crowd = LongShort(
        venue="binance", market="perp", symbol="BTCUSDT", coin="BTC", at_ms=START_MS, received_ms=START_MS,
        basis="accounts", long_share=0.62,
    )  # fmt: skip
    refused = Refused(
        venue="okx", market="perp", at_ms=START_MS, received_ms=START_MS, stream="okx perp", reason="HTTP 451",
        retry_at_ms=START_MS + 600_000,
    )  # fmt: skip
    return [interest, crowd, refused]


@pytest.mark.parametrize("size", SIZES)
async def test_v_shows_what_each_exchange_reports_and_why_one_is_missing(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        await screen.send(*reports())
        text = await screen.press("v")
        assert "VENUES  BTC" in text
        assert "OPEN INTEREST" in text
        assert "17.2k" in text
        assert "OKX ? blocked, next attempt in 10m00s: HTTP 451" in text
        assert "VENUES  BTC" not in await screen.press("escape")


@pytest.mark.parametrize("size", SIZES)
async def test_o_shows_every_coin_and_enter_the_chosen_one(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        text = await screen.press("o", "down")
        assert "OVERVIEW  3 coins" in text
        assert "▸ ETH" in text
        assert "sorted by price change" in await screen.press("S")
        await screen.press("S", "S", "S", "S", "S", "S", "S", "j")
        text = await screen.press("enter")
        assert screen.app.controls.coin == "ETH"
        assert "LADDER" in text


@pytest.mark.parametrize("size", SIZES)
async def test_f_shows_the_evidence_for_the_state_of_a_feed(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        await screen.send(*reports())
        text = await screen.press("f")
        assert "blocked" in text
        assert "HTTP 451; next attempt in" in text
        assert "LEFT OUT" in text
        assert "LADDER" in await screen.press("f")


async def test_the_widest_main_screen_has_the_tables_of_the_exchanges() -> None:
    async with opened((200, 60)) as screen:
        text = await screen.send(*reports())
        for name in (
            "LADDER",
            "CLUSTERS ABOVE",
            "CASCADE",
            "CHECKLIST",
            "TAPE",
            "OPEN INTEREST",
            "FUNDING",
            "LONG/SHORT",
        ):
            assert name in text
        assert "OPEN INTEREST" not in await screen.press("m")


async def test_a_screen_goes_back_to_the_pane_it_came_from() -> None:
    async with opened() as screen:
        await screen.press("4", "v", "f", "escape")
        assert screen.focused() == "cascade"
        await screen.press("o", "tab")
        assert screen.focused() == "cascade"


async def test_a_click_on_the_overview_shows_the_coin() -> None:
    async with opened() as screen:
        text = await screen.press("o")
        y, line = next((y, line) for y, line in enumerate(text.splitlines()) if " WIF " in line and y > 2)
        await screen.pilot.click(offset=(line.index("WIF"), y))
        await screen.pilot.pause()
        assert screen.app.controls.coin == "WIF"


async def test_copying_a_screen_copies_what_is_out_of_sight_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    async with opened((80, 24)) as screen:
        text = await screen.press("v")
        assert "TREND" not in text
        await screen.press("y")
        assert " TREND" in (tmp_path / "liqtop" / "copied.txt").read_text()
