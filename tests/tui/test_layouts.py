"""Layouts, two coins side by side, and panes without a place, after real key presses and read as text."""

from dataclasses import replace

import pytest

from tests.tui.opened import Screen, opened
from tests.tui.scripted import START_MS, ScriptedSource, mark
from tui.controls import PANES, SCREENS
from tui.layout_settings import OwnLayout
from tui.screens.arranging.presets import LAYOUTS

pytestmark = pytest.mark.anyio
SIZES = [(60, 20), (80, 24), (100, 30), (120, 40), (200, 60)]


def same(screen: Screen) -> bool:
    """Whether what would be copied is what is seen, but for bars that only their colour shows."""
    text = screen.app.main.text.replace("█", " ")
    seen = "\n".join(line.rstrip() for line in screen.text.replace("█", " ").splitlines())
    return "\n".join(line.rstrip() for line in text.splitlines()).strip() == seen.strip()


@pytest.mark.parametrize("size", SIZES)
async def test_w_goes_through_every_layout_and_says_its_name(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        for name in (*LAYOUTS[1:], LAYOUTS[0]):
            text = await screen.press("w")
            assert f"layout {name}" in text
            assert screen.app.controls.layout == name
            assert same(screen)
            assert max(map(len, text.splitlines())) <= size[0]
            assert screen.focused() in screen.app.controls.shown


@pytest.mark.parametrize("size", SIZES)
async def test_price_cascade_and_verdicts_are_read_in_every_layout_at_every_size(size: tuple[int, int]) -> None:
    async with opened(size) as screen:
        for _ in LAYOUTS:
            text = await screen.press("w")
            assert "71,452.3" in text
            assert "CASCADE" in text
            assert "INSUFFICIENT" in text or " WAIT" in text or " OK" in text or "NO ENTRY" in text


@pytest.mark.parametrize(
    ("presses", "titles", "absent"),
    [
        (1, ("LADDER", "TAPE"), ("CLUSTERS", "OPEN INTEREST")),
        (2, ("TAPE", "CASCADE", "LADDER"), ("CLUSTERS",)),
        (3, ("CHECKLIST", "CLUSTERS ABOVE", "CLUSTERS BELOW"), ("LADDER",)),
        (4, ("CHART", "LADDER"), ("CLUSTERS",)),
        (5, ("CASCADE", "CHECKLIST"), ("LADDER", "TAPE")),
    ],
)
async def test_each_layout_has_the_panes_of_its_work(
    presses: int, titles: tuple[str, ...], absent: tuple[str, ...]
) -> None:
    async with opened((120, 40)) as screen:
        text = await screen.press(*"w" * presses)
        assert [title for title in titles if title not in text] == []
        assert [title for title in absent if title in text] == []


async def test_a_pane_without_a_place_gets_the_screen_when_its_key_is_pressed() -> None:
    async with opened((120, 40)) as screen:
        text = await screen.press("7")
        assert "›CHART" in text
        assert "LADDER" not in text
        assert "›CHART" in await screen.press("m")
        assert "LADDER" in await screen.press("m")
        await screen.press("7")
        assert "›LADDER" in await screen.press("1")
        assert "TAPE" in screen.text
        await screen.press("7")
        assert "LADDER" in await screen.press("escape")


async def test_tab_passes_over_panes_that_are_not_on_the_screen() -> None:
    async with opened((120, 40)) as screen:
        visited = []
        for _ in PANES:
            await screen.press("tab")
            visited.append(screen.focused())
        assert visited == ["above", "below", "cascade", "checklist", "tape", "ladder", "above"]
        await screen.press("1", "shift+tab")
        assert screen.focused() == "tape"


async def test_tab_reaches_every_pane_while_one_has_the_whole_screen() -> None:
    async with opened((120, 40)) as screen:
        await screen.press("m", "shift+tab")
        assert screen.focused() == "chart"
        assert "TAPE" in await screen.press("shift+tab")


async def test_another_layout_shows_itself_whatever_had_the_focus() -> None:
    async with opened((120, 40)) as screen:
        for keys in (("7",), ("2", "m"), ("v",), ("6",)):
            await screen.press(*keys)
            text = await screen.press("w")
            assert screen.focused() in screen.app.controls.shown
            assert "VENUES" not in text
            assert sum(name in screen.app.controls.shown for name in PANES) > 1


async def test_a_resize_that_takes_a_panes_place_gives_the_focus_to_another() -> None:
    async with opened((200, 60)) as screen:
        await screen.press("7")
        assert "LADDER" in screen.text
        await screen.pilot.resize_terminal(120, 40)
        await screen.pilot.pause()
        assert "›LADDER" in screen.text
        assert "CHART" not in screen.text
        assert screen.focused() == "ladder"


@pytest.mark.parametrize("layout", LAYOUTS)
async def test_screens_and_maximising_work_in_every_layout(layout: str) -> None:
    async with opened((120, 40)) as screen:
        await screen.press(*"w" * LAYOUTS.index(layout))
        before = screen.app.main.text
        for key, name in zip("ovfaJ", SCREENS, strict=True):
            text = await screen.press(key)
            assert name.upper() in text
            assert same(screen)
            await screen.press("escape")
        await screen.press("5", "m")
        assert "CHECKLIST" in screen.text
        assert "CASCADE" not in screen.text
        await screen.press("m", "w", *"w" * (len(LAYOUTS) - 1))
        assert [line[:20] for line in screen.app.main.text.splitlines()[3:9]] != []
        assert before.splitlines()[0][:10] == screen.app.main.text.splitlines()[0][:10]
        assert same(screen)


async def test_scrolling_ends_in_another_layout_as_well() -> None:
    async with opened((120, 40)) as screen:
        await screen.press("w", "6", "G")
        last = screen.app.controls.scroll
        assert 0 < last < 40
        await screen.press("j")
        assert screen.app.controls.scroll == last


async def test_a_layout_of_ones_own_comes_behind_those_that_ship() -> None:
    async with opened((120, 40)) as screen:
        screen.app.main.take_layouts({"mine": OwnLayout(columns=(("tape",), ("ladder",)), widths=(40, 60))})
        assert screen.app.main.layouts == (*LAYOUTS, "mine")
        text = await screen.press(*"w" * len(LAYOUTS))
        line = next(line for line in text.splitlines() if "LADDER" in line)
        assert line.index("TAPE") < line.index("LADDER")
        assert "CHECKLIST" not in text
        screen.app.main.take_layouts({})
        screen.app.tick()
        await screen.pilot.pause()
        assert "CHECKLIST" in screen.text


async def test_d_shows_the_next_coin_of_the_list_beside_this_one() -> None:
    async with opened((160, 40)) as screen:
        text = await screen.press("d")
        line = next(line for line in text.splitlines() if "71,452.3" in line)
        assert line.index("BTC") < line.index("71,452.3") < line.index("ETH") < line.index("4,000.00")
        assert text.count("LADDER") == 2
        assert text.count("CHECKLIST") == 2
        assert text.count("›") == 1
        assert same(screen)
        assert (await screen.press("d")).count("LADDER") == 1


async def test_two_coins_change_places_and_the_arrows_pass_over_the_second() -> None:
    async with opened((160, 40)) as screen:
        await screen.press("d", "D")
        assert (screen.app.controls.coin, screen.app.controls.beside) == ("ETH", "BTC")
        await screen.press("right")
        assert (screen.app.controls.coin, screen.app.controls.beside) == ("WIF", "BTC")
        await screen.press("right")
        assert screen.app.controls.coin == "ETH"
        await screen.press("slash", "b", "t", "enter")
        assert (screen.app.controls.coin, screen.app.controls.beside) == ("BTC", "ETH")


async def test_both_coins_are_held_while_paused() -> None:
    async with opened((160, 40)) as screen:
        await screen.press("d", "p")
        text = await screen.send(mark(80_000.0), mark(5_000.0, coin="ETH"))
        assert "71,452.3" in text
        assert "5,000.00" not in text
        assert "5,000.00" in await screen.press("p")


async def test_a_terminal_too_narrow_for_two_coins_is_told_and_nothing_changes() -> None:
    async with opened((159, 40)) as screen:
        before = screen.pane("ladder")
        text = await screen.press("d")
        assert "two coins side by side need 160 columns; this terminal has 159" in text
        assert screen.app.controls.beside == ""
        assert screen.pane("ladder") == before


async def test_narrowed_the_second_coin_makes_room_and_widened_it_is_back() -> None:
    async with opened((160, 40)) as screen:
        await screen.press("d")
        await screen.pilot.resize_terminal(120, 40)
        await screen.pilot.pause()
        assert screen.text.count("LADDER") == 1
        assert "TAPE" in screen.text
        await screen.pilot.resize_terminal(170, 40)
        await screen.pilot.pause()
        assert screen.text.count("LADDER") == 2


async def test_a_second_coin_that_is_no_longer_watched_goes_away() -> None:
    async with opened((160, 40)) as screen:
        await screen.press("d")
        screen.app.session.watch(("BTC", "WIF"))
        screen.app.tick()
        await screen.pilot.pause()
        assert screen.app.controls.beside == ""
        assert screen.text.count("LADDER") == 1


async def test_a_maximised_pane_of_two_coins_is_the_left_ones() -> None:
    async with opened((160, 40)) as screen:
        text = await screen.press("d", "m")
        assert text.count("LADDER") == 1
        assert (await screen.press("m")).count("LADDER") == 2
        assert "layout ladder" in await screen.press("w")
        assert screen.text.count("LADDER") == 1


async def test_the_digits_of_glance_are_those_of_the_price() -> None:
    source = ScriptedSource()
    async with opened((120, 40), source) as screen:
        screen.app.controls = replace(screen.app.controls, layout="glance")
        screen.app.tick()
        await screen.pilot.pause()
        eight = screen.pane("glance")
        assert "█" in eight
        await screen.send(mark(71_452.4, START_MS))
        assert screen.pane("glance") != eight
