"""The journal in the monitor, as a person reads it after pressing keys."""

import json
from pathlib import Path
from typing import Any

import pytest

from scoring.view import ChecklistView, DirectionVerdict, MarketView, Verdict
from tests.tui.desk_fixture import at, working
from tests.tui.scripted import START_MS, ScriptedSource
from tests.tui.waiting import until
from tui.screens.freeze import better

pytestmark = pytest.mark.anyio
SIZES = [(80, 24), (120, 40), (200, 60)]


def kept(folder: Path, name: str = "journal.jsonl") -> list[dict[str, Any]]:
    path = folder / name
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.parametrize("size", SIZES)
async def test_enter_on_the_checklist_keeps_it_with_a_note(tmp_path: Path, size: tuple[int, int]) -> None:
    async with working(tmp_path, size=size) as screen:
        text = await screen.press("5", "enter")
        assert "keep this checklist of BTC" in text
        assert "l long   s short   enter long   esc back" in text
        assert str(tmp_path)[:20] in await screen.press("s")
        text = await screen.press(*"sell", "space", *"it", "enter")
        assert "BTC short kept at 99.0000; graded after 1h, 4h, 24h" in text
        until(lambda: screen.app.tick() or kept(tmp_path))
        (entry,) = kept(tmp_path)
        assert (entry["direction"], entry["note"], entry["at_ms"]) == ("short", "sell it", START_MS + 1_000)
        text = await screen.press("J")
        assert "JOURNAL  1 entry" in text
        assert "01-27 17:46 BTC  short" in text
        assert "in 59m" in await at(screen, 2, 99.0)
        assert "LADDER" in await screen.press("J")


async def test_enter_alone_takes_the_better_direction_and_no_note(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        assert "BTC long kept" in await screen.press("5", "enter", "enter", "enter")


@pytest.mark.parametrize("keys", [(), ("l",), ("l", "x")])
async def test_escape_keeps_nothing(tmp_path: Path, keys: tuple[str, ...]) -> None:
    async with working(tmp_path) as screen:
        assert "LADDER" in await screen.press("5", "enter", *keys, "escape")
        assert "Nothing kept yet" in await screen.press("J")


async def test_the_result_stands_in_the_row_and_in_the_card(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        await screen.press("5", "enter", "l", "enter", "J")
        await at(screen, 1800, 98.01)
        text = await at(screen, 1800, 101.97)
        assert "+3.00 %" in text
        assert "after 1h: n 1" in text
        card = await screen.press("enter")
        assert "after 1h: +3.00 %; best +3.00 %, worst −1.00 %, 2 % of it watched" in card
        assert "after 4h: in 3h00m" in card
        assert "? funding" in card
        assert "JOURNAL  1 entry" in await screen.press("escape")


async def test_what_is_kept_from_a_held_picture_is_its_moment(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        await screen.press("p", "5")
        await at(screen, 120, 105.0)
        assert "kept at 99.0000" in await screen.press("enter", "l", "enter")
        until(lambda: screen.app.tick() or kept(tmp_path))
        assert kept(tmp_path)[0]["at_ms"] == START_MS + 1_000


async def test_without_a_fresh_price_it_is_kept_and_can_not_be_graded(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        await at(screen, 3600)
        text = await screen.press("5", "enter", "l", "enter")
        assert "BTC long kept; it can't be graded: stale" in text
        text = await screen.press("J", "enter")
        assert "after 1h: ? no price to grade it from: stale" in text


async def test_the_demo_has_a_file_of_its_own_and_says_so_in_each_row(tmp_path: Path) -> None:
    async with working(tmp_path, ScriptedSource()) as screen:
        await screen.press("5", "enter", "l", "enter")
        until(lambda: screen.app.tick() or kept(tmp_path, "journal-demo.jsonl"))
        assert kept(tmp_path) == []
        assert "▸ DEMO   01-27 17:46 BTC  long" in await screen.press("J")


@pytest.mark.parametrize(
    ("long", "short", "expected"),
    [
        (("WAIT", 0.6), ("NO ENTRY", 0.9), "long"),
        (("NO ENTRY", 0.6), ("WAIT", 0.1), "short"),
        (("WAIT", 0.5), ("WAIT", 0.6), "short"),
        (("WAIT", 0.6), ("WAIT", 0.6), "long"),
        (("INSUFFICIENT DATA", None), ("NO ENTRY", 0.1), "short"),
    ],
)
async def test_the_better_verdict_is_offered(
    long: tuple[Verdict, float | None], short: tuple[Verdict, float | None], expected: str
) -> None:
    checked = ChecklistView(long=DirectionVerdict(*long), short=DirectionVerdict(*short))
    assert better(MarketView(coin="BTC", checklist=checked)) == expected
