"""Alerts in the monitor, as a person reads them after pressing keys."""

from dataclasses import replace
from pathlib import Path

import pytest

from scoring.settings.alerts import AlertRule
from tests.tui.desk_fixture import alerting_of, at, working
from tests.tui.scripted import COINS, ScriptedSource, ScriptedTape, mark
from tests.tui.waiting import until
from tui.notify.settings import NotifySettings

pytestmark = pytest.mark.anyio
SIZES = [(80, 24), (120, 40), (200, 60)]


async def test_what_fires_is_told_in_the_status_bar_and_counted_until_it_is_looked_at(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        assert "high: BTC price 101.00 (above 100)" in await at(screen, 1, 101.0)
        assert "a 1 new alert" in screen.text
        text = await screen.press("a")
        assert "ALERTS  1 fired, 2 rules" in text
        assert "new alert" not in text


@pytest.mark.parametrize("size", SIZES)
async def test_a_shows_what_fired_and_how_each_rule_stands(tmp_path: Path, size: tuple[int, int]) -> None:
    async with working(tmp_path, size=size) as screen:
        rules = (await screen.press("a")).splitlines()
        assert any("high" in row and "armed" in row for row in rules)
        assert any("hot" in row and "waiting for data" in row for row in rules)
        text = await at(screen, 60, 101.0)
        assert "BTC  high price 101.00 (above 100)" in " ".join(text.replace("warning", "").split(" ")).replace(
            "   ", "  "
        )
        assert "cooling 5m00s" in text
        assert "LADDER" in await screen.press("a")


async def test_a_rule_that_never_had_data_says_why(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        assert "never known: no funding rate yet" in await screen.press("a")
        text = await screen.press("down", "enter")
        assert "subjects    never known: no funding rate yet" in text
        assert "ALERTS" in await screen.press("escape")


async def test_enter_shows_why_an_alert_fired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    async with working(tmp_path) as screen:
        await at(screen, 1, 101.0)
        text = await screen.press("a", "enter")
        assert "WHY IT FIRED" in text
        assert "condition   above 100" in text
        assert "before      99.0000, 1 s earlier" in text
        assert "source      binance mark price" in text
        assert "copied" in await screen.press("y")
        assert "condition   above 100" in (tmp_path / "liqtop" / "copied.txt").read_text()
        assert "ALERTS" in await screen.press("escape")


async def test_z_keeps_the_chosen_rule_quiet_for_a_quarter_of_an_hour(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        text = await screen.press("a", "z")
        assert "high is quiet for 15 min" in text
        assert "snoozed 15m00s" in text
        await at(screen, 10, 101.0)
        assert "ALERTS  0 fired" in await at(screen, 10, 80.0)
        await at(screen, 900, 80.0)
        assert "ALERTS  1 fired" in await at(screen, 10, 101.0)


async def test_z_again_wakes_it(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        assert "high is awake again" in await screen.press("a", "z", "z")
        assert "ALERTS  1 fired" in await at(screen, 10, 101.0)


async def test_capital_z_keeps_all_quiet_until_it_wakes_them(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        assert "all rules are quiet until Z wakes them" in await screen.press("Z")
        await at(screen, 100_000, 101.0)
        assert "ALERTS  0 fired" in await screen.press("a")
        assert "all rules are snoozed: Z wakes them" in await screen.press("z")
        await at(screen, 1, 80.0)
        assert "all rules are awake again" in await screen.press("Z")
        assert "ALERTS  1 fired" in await at(screen, 1, 101.0)


async def test_z_elsewhere_says_where_it_works(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        assert "chosen on the alerts screen" in await screen.press("z")


async def test_a_held_picture_holds_no_alert_back(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        await screen.press("p")
        text = await at(screen, 5, 101.0)
        assert "high: BTC price 101.00" in text
        assert screen.app.view.price.value == 99.0


async def test_the_cursor_stays_on_its_rule_when_another_alert_comes(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        await screen.press("a", "G")
        await at(screen, 1, 101.0)
        assert "hot is quiet" in await screen.press("z")


async def test_the_bell_rings_live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    async with working(tmp_path) as screen:
        monkeypatch.setattr(screen.app, "write", written.append)
        await at(screen, 1, 101.0)
        until(lambda: screen.app.tick() or written)
        assert written == ["\x07"]


@pytest.mark.parametrize("told", [False, True])
async def test_the_demo_is_told_on_the_screen_alone_unless_the_config_says_otherwise(told: bool) -> None:
    alerting = alerting_of("DEMO", NotifySettings(demo_and_replay=told))
    assert (alerting.board().here_alone == "DEMO") is not told


async def test_without_a_bell_of_the_demo_nothing_is_written(tmp_path: Path) -> None:
    async with working(tmp_path, ScriptedSource()) as screen:
        await at(screen, 1, 101.0)
        text = await screen.press("a")
        assert "ALERTS  1 fired, 2 rules  DEMO: on the screen alone" in text
        assert "told by     DEMO: on the screen alone" in await screen.press("enter")


async def test_after_a_jump_in_a_tape_what_holds_is_no_news(tmp_path: Path) -> None:
    async with working(tmp_path, ScriptedTape()) as screen:
        await at(screen, 1, 98.0)
        await screen.press("}")
        await at(screen, 1, 101.0)
        await at(screen, 1, 102.0)
        assert "ALERTS  0 fired" in await screen.press("a")


async def test_an_empty_config_is_told_what_a_rule_looks_like(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        screen.app.desk.alerting.go_by((), alerting_of().engine._settings, NotifySettings())
        assert 'when = "above 5M"' in await screen.press("a")


async def test_in_ascii_the_screens_are_ascii(tmp_path: Path) -> None:
    async with working(tmp_path) as screen:
        screen.app.controls = replace(screen.app.controls, ascii=True)
        await at(screen, 1, 101.0)
        for keys in (("a",), ("enter",), ("escape", "J"), ("escape", "5", "enter"), ("l",)):
            assert (await screen.press(*keys)).isascii(), keys


@pytest.mark.parametrize(
    ("rules", "coins"),
    [
        ({"one": AlertRule(metric="price", when="above 1", coins=("ETH",))}, ("ETH",)),
        ({"all": AlertRule(metric="price", when="above 1")}, COINS),
        ({"feed": AlertRule(metric="feed", when="becomes dead")}, ("BTC",)),
        ({"other": AlertRule(metric="price", when="above 1", coins=("XRP",))}, ("BTC",)),
    ],
)
async def test_only_the_coins_of_rules_are_looked_at(rules: dict[str, AlertRule], coins: tuple[str, ...]) -> None:
    assert alerting_of(**rules).coins(COINS) == coins


async def test_a_coin_is_looked_at_once_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with working(tmp_path) as screen:
        looks: list[str] = []
        look = screen.app.session.look
        monkeypatch.setattr(screen.app.session, "look", lambda coin: looks.append(coin) or look(coin))
        for _ in range(8):
            await at(screen, 0.25)
        assert looks == ["BTC"] * 2


async def test_many_coins_take_turns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with working(tmp_path, all=AlertRule(metric="price", when="above 1")) as screen:
        monkeypatch.setattr("tui.desk.MOST_LOOKS", 2)
        looks: list[str] = []
        look = screen.app.session.look
        monkeypatch.setattr(screen.app.session, "look", lambda coin: looks.append(coin) or look(coin))
        await screen.send(mark(1.0, coin="WIF"))
        await at(screen, 1)
        await at(screen, 0.25)
        assert sorted(looks) == sorted(COINS)
