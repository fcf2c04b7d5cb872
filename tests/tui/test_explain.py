"""Explaining numbers: the cursor and the box over the live picture, by keys and by mouse, at every size."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from textual.geometry import Region

from tests.tui.opened import Screen, opened
from tests.tui.scripted import START_MS, mark
from tests.tui.views_fixture import FULL
from tui.controls import Controls
from tui.format import cell_width
from tui.inspecting import explain_at
from tui.screens.explain import ExplainScreen
from tui.screens.numbers import Number, numbers_of
from tui.screens.over import box_width, corner_for, framed, placed
from tui.steering import SECOND
from tui.topics.explanation import explanation
from tui.views.row import Row

pytestmark = pytest.mark.anyio


def cursor(screen: Screen) -> Number:
    assert isinstance(screen.app.screen, ExplainScreen)
    return screen.app.screen.cursor


def box(text: str) -> list[str]:
    """The lines of the box, without its frame."""
    lines = text.splitlines()
    top = next(y for y, line in enumerate(lines) if "┌─ " in line)
    bottom = next(y for y, line in enumerate(lines) if "└─ " in line)
    left = lines[top].index("┌")
    return [line[left:].strip("│┌─┐└┘ ") for line in lines[top : bottom + 1]]


async def test_the_key_explains_the_focused_panes_first_number_and_leaves_again() -> None:
    async with opened() as screen:
        before = screen.text
        text = await screen.press("i")
        assert cursor(screen).pane == "ladder"
        assert cursor(screen).text in box(text)[0]
        assert len(box(text)) > 3
        assert await screen.press("escape") == before


@pytest.mark.parametrize("key", ["escape", "enter", "i", "q"])
async def test_each_of_these_keys_leaves(key: str) -> None:
    async with opened() as screen:
        await screen.press("i", key)
        assert screen.app.screen is screen.app.main


@pytest.mark.parametrize(("key", "back"), [("down", "up"), ("j", "k"), ("right", "left"), ("l", "h")])
async def test_a_direction_and_its_opposite_come_back_within_a_pane(key: str, back: str) -> None:
    async with opened() as screen:
        await screen.press("i", "down", "down", "down", "right")
        start = cursor(screen)
        await screen.press(key)
        there = cursor(screen)
        assert there != start
        await screen.press(back)
        assert cursor(screen) == start


@pytest.mark.parametrize(("key", "pane"), [("1", "ladder"), ("2", "above"), ("3", "below"), ("5", "checklist")])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_in_a_maximised_pane_the_arrows_read_its_rows_and_never_leave(
    key: str, pane: str, size: tuple[int, int]
) -> None:
    async with opened(size) as screen:
        await screen.press(key, "m", "i")
        own = [one for one in numbers_of(placed(screen.app.main)) if one.pane == pane]
        at = next(place for place, one in enumerate(own) if not one.heading)
        for number in [*own[at : at + 12], *[own[-1]] * 12][:12]:
            assert cursor(screen) == number
            await screen.press("right")
        for _ in range(size[1]):
            await screen.press("down")
        assert cursor(screen).pane == pane
        assert cursor(screen).y == own[-1].y
        for _ in range(size[1]):
            await screen.press("up")
        assert (cursor(screen).pane, cursor(screen).y) == (pane, own[0].y)


@pytest.mark.parametrize(("size", "after"), [((80, 24), "tape"), ((120, 40), "tape")])
async def test_tab_goes_from_the_checklist_to_the_pane_that_is_read_next(size: tuple[int, int], after: str) -> None:
    async with opened(size) as screen:
        await screen.press("5", "i", "tab")
        assert cursor(screen).pane == after
        await screen.press("shift+tab")
        assert cursor(screen).pane == "checklist"


async def test_in_a_low_terminal_what_lifts_a_verdict_needs_no_scrolling() -> None:
    async with opened((80, 24)) as screen:
        text = await screen.press("5", "i")
        assert cursor(screen).topic == "checklist.verdict"
        assert any(line.startswith("lifts when 70 % of the weight is known, now 0 %") for line in box(text))


async def test_tab_goes_through_every_pane_that_has_numbers() -> None:
    async with opened() as screen:
        await screen.press("i")
        panes = list(dict.fromkeys(one.pane for one in numbers_of(placed(screen.app.main))))
        seen: list[str] = []
        for _ in panes:
            seen.append(cursor(screen).pane)
            await screen.press("tab")
        assert sorted(seen) == sorted(panes)
        assert "header" in seen
        assert cursor(screen).pane == seen[0]
        await screen.press("shift+tab")
        assert cursor(screen).pane == seen[-1]


async def test_the_box_follows_the_live_picture() -> None:
    async with opened() as screen:
        price = next(one for one in numbers_of(placed(screen.app.main)) if one.topic == "header.price")
        assert explain_at(screen.app, "header", price.x, price.y)
        await screen.pilot.pause()
        assert "71,452.3" in box(screen.text)[0]
        text = await screen.send(mark(71_460.0, START_MS + 1_000))
        assert "71,460.0" in box(text)[0]


async def test_the_focus_and_the_scroll_stay_as_they_were() -> None:
    async with opened() as screen:
        await screen.press("down", "down")
        before = screen.app.controls
        await screen.press("i", "tab", "tab", "down", "escape")
        assert screen.app.controls == before


async def test_a_click_on_a_number_explains_it_and_one_beside_it_leaves() -> None:
    async with opened() as screen:
        number = next(one for one in numbers_of(placed(screen.app.main)) if one.pane == "ladder" and one.y > 5)
        await screen.pilot.click("#ladder", offset=(number.x, number.y - screen.app.main.pane("ladder").region.y))
        await screen.pilot.pause()
        assert cursor(screen).topic == number.topic
        assert (cursor(screen).x, cursor(screen).y) == (number.x, number.y)
        other = next(
            one
            for one in numbers_of(placed(screen.app.main))
            if one.pane == "ladder" and one.topic != number.topic and one.y == number.y
        )
        await screen.pilot.click("#picture", offset=(other.x, other.y))
        await screen.pilot.pause()
        assert cursor(screen).topic == other.topic
        await screen.pilot.click("#picture", offset=(0, 2))
        await screen.pilot.pause()
        assert screen.app.screen is screen.app.main


async def test_a_click_on_words_explains_nothing() -> None:
    async with opened() as screen:
        await screen.pilot.click("#ladder", offset=(3, 0))
        await screen.pilot.pause()
        assert screen.app.screen is screen.app.main


async def test_the_explanation_can_be_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    async with opened() as screen:
        text = await screen.press("i", "y")
        assert "copied" in box(text)[-1]
        kept = (tmp_path / "liqtop" / "copied.txt").read_text()
        assert kept.splitlines()[0].endswith(f": {cursor(screen).text}")
        assert len(kept.splitlines()) > 2


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30), (120, 40), (200, 60)])
async def test_the_box_never_covers_the_number_it_explains(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        await screen.press("i")
        for key in ("tab", "down", "right", "tab", "down", "tab", "down", "down", "tab", "tab"):
            line = (await screen.press(key)).splitlines()[cursor(screen).y]
            place = "".join(character * max(cell_width(character), 1) for character in line)
            assert place[cursor(screen).x : cursor(screen).right].strip() == cursor(screen).text


@pytest.mark.parametrize("language", ["ru", "zh"])
async def test_the_box_speaks_the_readers_language(language: str) -> None:
    async with opened((60, 20)) as screen:
        screen.app.controls = replace(screen.app.controls, language=language)
        text = await screen.press("i")
        assert re.search("источник|стрелки" if language == "ru" else "来源|方向键", text)
        assert all(cell_width(line) <= 60 for line in text.splitlines())


async def test_in_ascii_the_box_is_ascii() -> None:
    async with opened() as screen:
        screen.app.controls = replace(screen.app.controls, ascii=True)
        text = await screen.press("i", "down", "right")
        assert text.isascii()
        assert "+- " in text


@pytest.mark.parametrize("key", ["o", "v", "f", "a", "J"])
async def test_it_works_or_says_why_not_on_every_screen(key: str) -> None:
    async with opened() as screen:
        await screen.press(key, "i", "down", "right", "tab", "escape")
        assert screen.app.screen is screen.app.main


async def test_a_terminal_that_got_too_small_has_nothing_to_explain() -> None:
    async with opened() as screen:
        await screen.press("i")
        await screen.pilot.resize_terminal(50, 15)
        await screen.pilot.pause()
        await screen.press("down")
        assert "liqtop needs" in screen.text
        assert "nothing" not in screen.text


async def test_the_box_keeps_to_a_new_size() -> None:
    async with opened() as screen:
        await screen.press("i")
        await screen.pilot.resize_terminal(80, 24)
        await screen.pilot.pause()
        text = await screen.press("down")
        assert cursor(screen).text in box(text)[0]


async def test_the_second_of_two_coins_is_explained_with_its_own_facts() -> None:
    async with opened((200, 50)) as screen:
        await screen.press("d")
        second = next(one for one in numbers_of(placed(screen.app.main)) if one.pane.startswith(SECOND))
        assert explain_at(screen.app, second.pane, second.x - screen.app.main.pane(second.pane).region.x, 0)
        await screen.pilot.pause()
        assert cursor(screen).pane == second.pane
        assert len(box(screen.text)) > 2


def test_a_number_nobody_wrote_about_is_no_crash() -> None:
    assert explanation("no.such", "", FULL, Controls(), 30) == [
        (("nothing is written about this", "text"),),
        (("number yet", "text"),),
    ]


@pytest.mark.parametrize("width", [1, 5, 12, 70])
def test_a_frame_is_as_wide_as_it_was_asked_to_be(width: int) -> None:
    long: Row = (("多空" * 30, "text"),)
    rows = framed("题" * 40, "9" * 90, [long, ()], "脚" * 50, max(width, 12), False)
    assert {sum(cell_width(text) for text, _ in row) for row in rows} == {max(width, 12) + 4}


@pytest.mark.parametrize("avoid", [Region(x, y, 9, 1) for x in (0, 25, 51) for y in (0, 9, 10, 18)])
def test_a_box_of_half_the_height_finds_a_corner(avoid: Region) -> None:
    for before in range(4):
        _, place = corner_for(Region(0, 0, 60, 9), Region(0, 0, 60, 20), avoid, before)
        assert not place.overlaps(avoid)
        assert place.bottom < 20


def test_a_box_stays_in_its_corner_while_it_can() -> None:
    screen, size = Region(0, 0, 120, 40), Region(0, 0, 60, 10)
    assert corner_for(size, screen, Region(5, 5, 3, 1), 2)[0] == 2
    assert corner_for(size, screen, Region(100, 35, 3, 1), 0)[0] == 1


def test_boxes_are_no_wider_than_can_be_read() -> None:
    assert box_width(60) == 56
    assert box_width(300) == 70
