"""Scenarios of the demo chosen while it runs: by key and palette, with real markets."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from feeds.demo.script import SCENARIOS
from feeds.source import Source
from tests.tui.opened import opened
from tests.tui.waiting import until
from tui.app import LiqtopApp
from tui.controls import Controls
from tui.session import Session
from tui.settings import Settings
from tui.sources import Choice, open_source
from tui.switching import Switch, next_list
from tui.watchlists import watchlists_of
from tui.words import reader_of

pytestmark = pytest.mark.anyio

CONFIG = '[lists.default]\ncoins = ["BTC", "ETH"]\n[lists.other]\ncoins = ["SOL"]\n'


class Demo:
    """A demo that runs, and which scenarios and seeds were opened."""

    def __init__(self, app: LiqtopApp, pilot: Pilot[None], opened: list[Choice]) -> None:
        self.app = app
        self.pilot = pilot
        self.opened = opened

    def priced(self) -> bool:
        self.app.tick()
        return self.app.view.price.value is not None

    @property
    def text(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())


@asynccontextmanager
async def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Demo]:
    monkeypatch.chdir(tmp_path)
    Path("config.toml").write_text(CONFIG)
    lists = watchlists_of(reader_of(), Path("config.toml"), ())
    opened_choices: list[Choice] = []

    def open_(settings: Settings, coins: Sequence[str], last: Source | None) -> Source:
        choice = Choice(demo=True, seed=7, speed=1.0, scenario=switch.scenario)
        opened_choices.append(choice)
        return open_source(choice, settings, coins)

    switch = Switch(lists, lists.settings, open_, "story", SCENARIOS)
    settings = lists.settings
    session = Session(open_(settings, lists.watched.coins, None), settings, settings, lists.watched.coins)
    session.start()
    controls = replace(Controls(coin="BTC"), scenario="story")
    app = LiqtopApp(session, frames_per_second=0, clock=lambda: 0.0, switch=switch, controls=controls)
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            one = Demo(app, pilot, opened_choices)
            until(one.priced)
            yield one
    finally:
        session.stop()


async def test_e_begins_the_next_scenario_with_the_same_seed_and_a_new_market(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo(tmp_path, monkeypatch) as one:
        before = one.app.session.beginnings
        await one.pilot.press("E")
        assert one.app.controls.scenario == "calm"
        assert "demo scenario calm: the market begins anew" in one.text
        assert one.app.session.beginnings == before + 1
        until(one.priced)
        await one.pilot.press("E")
        assert [(choice.scenario, choice.seed) for choice in one.opened] == [("story", 7), ("calm", 7), ("build-up", 7)]


async def test_after_the_last_scenario_comes_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo(tmp_path, monkeypatch) as one:
        await one.pilot.press(*["E"] * len(SCENARIOS))
        assert one.app.controls.scenario == "story"


async def test_the_palette_has_each_scenario_and_begins_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo(tmp_path, monkeypatch) as one:
        entries = {entry.title: entry for entry in one.app.get_system_commands(one.app.screen)}
        assert [f"Demo scenario: {name}" in entries for name in SCENARIOS] == [True] * len(SCENARIOS)
        entries["Demo scenario: cascade"].callback()
        assert one.app.controls.scenario == "cascade"
        until(one.priced)
        await one.pilot.pause()


async def test_another_coin_list_keeps_the_scenario(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo(tmp_path, monkeypatch) as one:
        await one.pilot.press("E")
        next_list(one.app)
        until(one.priced)
        assert one.app.controls.coin == "SOL"
        assert one.opened[-1].scenario == one.app.controls.scenario == "calm"
        await one.pilot.press("E")
        until(one.priced)
        assert one.app.session.coins == ("SOL",)
        assert one.opened[-1].scenario == "build-up"


async def test_a_new_scenario_is_not_paused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with demo(tmp_path, monkeypatch) as one:
        await one.pilot.press("p", "E")
        assert one.app.controls.paused_at_ms is None


async def test_without_a_config_nothing_can_be_switched() -> None:
    async with opened() as screen:
        assert "this monitor was started without a config" in await screen.press("E")


async def test_elsewhere_than_in_the_demo_e_says_what_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with demo(tmp_path, monkeypatch) as one:
        assert one.app.switch is not None
        one.app.switch.scenarios = ()
        await one.pilot.press("E")
        assert "scenarios are for the demo only; this is" in one.text
        assert len(one.opened) == 1
