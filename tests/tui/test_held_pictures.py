"""A held picture and the moment it says it is of: whatever makes it anew, neither lags behind the other."""

import pytest

from scoring.settings import ScoringSettings
from tests.tui.opened import Screen, opened
from tests.tui.scripted import START_MS, mark

pytestmark = pytest.mark.anyio
LATER_MS = START_MS + 12_000


async def paused_and_later(screen: Screen) -> None:
    """Paused, and 12 s later at other prices that the picture doesn't show."""
    await screen.press("p")
    screen.source.at_ms = LATER_MS
    text = await screen.send(mark(80_000.0, LATER_MS), mark(5_000.0, LATER_MS, coin="ETH"))
    assert "71,452.3" in text
    assert "PAUSED 17:46:40" in text


@pytest.mark.parametrize("key", ["l", "x"])
async def test_another_lens_or_preset_while_paused_is_a_picture_of_its_own_moment(key: str) -> None:
    async with opened() as screen:
        await paused_and_later(screen)
        before = screen.app.controls
        text = await screen.press(key)
        assert (screen.app.controls.lens, screen.app.controls.preset) != (before.lens, before.preset)
        assert "80,000" in text
        assert "PAUSED 17:46:52" in text


async def test_a_second_coin_while_paused_is_of_the_same_moment_as_the_first() -> None:
    async with opened((160, 40)) as screen:
        await paused_and_later(screen)
        text = await screen.press("d")
        assert "5,000.00" in text
        assert "80,000" in text
        assert "71,452.3" not in text.splitlines()[0]
        assert "PAUSED 17:46:52" in text


async def test_a_first_coin_that_is_taken_anew_while_paused_takes_the_second_along() -> None:
    async with opened((160, 40)) as screen:
        await screen.press("d")
        await paused_and_later(screen)
        text = await screen.press("+")
        assert "80,000" in text
        assert "5,000.00" in text


async def test_what_is_judged_anew_while_paused_is_of_the_moment_it_is_judged() -> None:
    async with opened() as screen:
        await paused_and_later(screen)
        screen.app.session.judge_by(ScoringSettings())
        screen.app.tick()
        await screen.pilot.pause()
        assert "80,000" in screen.text
        assert "PAUSED 17:46:52" in screen.text
        assert screen.app.controls.paused_at_ms == LATER_MS


async def test_a_held_picture_stays_of_its_moment_while_nothing_is_asked() -> None:
    async with opened() as screen:
        await paused_and_later(screen)
        held = screen.app.view
        screen.source.at_ms += 60_000
        screen.app.beat()
        assert screen.app.view == held
        assert held.at_ms == screen.app.controls.paused_at_ms
        assert held.at_ms < START_MS + 1_000
