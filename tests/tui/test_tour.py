"""The tour: every pane of the layout, one after another, over the live picture."""

from dataclasses import replace

import pytest

from tests.tui.opened import Screen, opened
from tests.tui.scripted import START_MS, mark
from tui.commands import BY_NAME
from tui.controls import PANES
from tui.format import cell_width
from tui.screens.tour import TourScreen
from tui.touring import LAST, STOPS, stops_of

pytestmark = pytest.mark.anyio


def stop(screen: Screen) -> str:
    assert isinstance(screen.app.screen, TourScreen)
    return screen.app.screen.stop.pane


async def test_help_twice_begins_the_tour_and_escape_leaves_it() -> None:
    async with opened() as screen:
        before = screen.text
        assert "? again: a tour" in await screen.press("question_mark")
        text = await screen.press("question_mark")
        assert "┌─ The header" in text
        assert f" 1/{len(stops_of([]))} " in text
        assert await screen.press("escape") == before


@pytest.mark.parametrize("key", ["enter", "space", "right"])
async def test_each_of_these_keys_goes_on_and_left_goes_back(key: str) -> None:
    async with opened() as screen:
        await screen.press("question_mark", "question_mark", key)
        assert stop(screen) == "ladder"
        await screen.press("left", "left")
        assert stop(screen) == "header"


async def test_the_tour_tells_of_every_pane_says_where_to_go_next_and_ends() -> None:
    async with opened() as screen:
        text = await screen.press("question_mark", "question_mark")
        seen: list[str] = []
        while isinstance(screen.app.screen, TourScreen) and len(seen) < 20:
            seen.append(stop(screen))
            text = await screen.press("enter") if seen[-1] != "" else text
            if seen[-1] == "":
                assert "Where to go next" in text
                await screen.press("enter")
        assert {"header", *PANES, "status", ""} <= set(seen)
        assert screen.app.screen is screen.app.main


async def test_a_pane_without_a_place_is_told_of_with_the_key_that_shows_it() -> None:
    async with opened((80, 24)) as screen:
        await screen.press("question_mark", "question_mark")
        for _ in STOPS:
            if stop(screen) == "chart":
                break
            await screen.press("enter")
        assert "it has no place in this layout: 7 and m show it" in " ".join(screen.text.replace("│", "").split())


async def test_the_picture_goes_on_behind_the_tour() -> None:
    async with opened() as screen:
        await screen.press("question_mark", "question_mark")
        assert "71,455.0" in await screen.send(mark(71_455.0, START_MS + 1_000))


async def test_a_maximised_pane_gets_its_place_back_afterwards() -> None:
    async with opened() as screen:
        await screen.press("m", "question_mark", "question_mark")
        assert "TAPE" in screen.text
        await screen.press("escape")
        assert screen.app.controls.maximised


async def test_the_tour_from_a_screen_shows_the_panes() -> None:
    async with opened() as screen:
        await screen.press("o", "question_mark", "question_mark")
        assert "LADDER" in await screen.press("right")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("language", ["en", "ru", "zh"])
async def test_every_stop_fits_and_leaves_the_panes_title_free(size: tuple[int, int], language: str) -> None:
    async with opened(size) as screen:
        screen.app.controls = replace(screen.app.controls, language=language)
        await screen.press("question_mark", "question_mark")
        for _ in stops_of([]):
            lines = screen.text.splitlines()
            assert max(map(cell_width, lines)) <= size[0]
            assert any("┌─ " in line for line in lines)
            assert any("└─ " in line for line in lines)
            if (name := stop(screen)) in ("ladder", "tape"):
                title = screen.pane(name).split("  ")[0].strip("› ")
                assert title in screen.text
            await screen.press("enter")


async def test_in_ascii_the_tour_is_ascii() -> None:
    async with opened() as screen:
        screen.app.controls = replace(screen.app.controls, ascii=True)
        assert (await screen.press("question_mark", "question_mark", "enter")).isascii()


def test_every_stop_is_written_in_full() -> None:
    for one in (*STOPS, LAST):
        assert one.title
        assert one.shows.endswith(".")
        assert one.use.endswith(".")
        assert all(name in BY_NAME for name in one.commands)
        assert not {"will", "certainly", "guarantee"} & set(f"{one.shows} {one.use}".lower().split())


def test_panes_of_some_layouts_alone_are_told_of_where_they_are() -> None:
    assert "reports" in [one.pane for one in stops_of(["reports"])]
    assert "reports" not in [one.pane for one in stops_of([])]
