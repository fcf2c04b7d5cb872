"""The config read again, and another coin list, while the monitor runs."""

from asyncio import sleep, timeout, to_thread
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import pytest

from feeds.live import LiveSource
from feeds.source import Source
from tests.exchanges import Exchanges, frames
from tests.feeds.watching import now_ms
from tests.tui.opened import Screen
from tests.tui.scripted import START_MS, ScriptedSource, mark
from tui import reload
from tui.app import LiqtopApp
from tui.controls import Controls
from tui.session import Session
from tui.settings import Settings
from tui.switching import Switch
from tui.watchlists import Watchlists, watchlists_of
from tui.words import reader_of

FILE = """\
[lists]
default = ["BTC", "DOGE"]
alts = { coins = ["WIF", "BTC"], venues = ["bybit", "okx"] }
[funding]
long_warn = 0.0003
[display]
theme = "dark"
"""
Lists = Callable[..., Watchlists]


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lists:
    """What words on the command line ask for, with `config.toml` in the working folder."""
    monkeypatch.chdir(tmp_path)
    Path("config.toml").write_text(FILE)

    def made(*words: str, name: str | None = None) -> Watchlists:
        return watchlists_of(reader_of(), Path("config.toml"), words, name)

    return made


def line(before: Watchlists, text: str) -> str:
    """What is said once the file holds this text."""
    Path("config.toml").write_text(text)
    after = before.reread()
    wanted, old = after.loaded.settings, before.loaded.settings
    changes = reload.differences(old, wanted, before.watched, after.watched)
    return reload.sentence(changes, reload.pending(wanted, reload.in_effect(wanted, old)))


def test_the_line_tells_coins_values_and_what_waits_for_a_restart(lists: Lists) -> None:
    text = FILE.replace("DOGE", "POPCAT").replace("0.0003", "0.0004").replace("dark", "light")
    assert line(lists(), text + "[intake]\nlate_seconds = 60\n") == (
        "config reloaded: +POPCAT -DOGE, intake.late_seconds 600.0 -> 60.0, funding.long_warn 0.0003 -> 0.0004, "
        "display.theme dark -> light; restart for: intake.late_seconds"
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", "config unchanged"),
        ('"BTC", "DOGE"', '"DOGE", "BTC"', "config reloaded: the watched coins in another order"),
        ('"WIF", "BTC"', '"WIF", "SOL"', "config reloaded: lists.alts.coins +SOL -BTC"),
        ('"bybit", "okx"', '"bybit"', "config reloaded: lists.alts.venues -okx"),
        ("[funding]", 'memes = ["PEPE"]\n[funding]', "config reloaded: lists.memes.coins PEPE"),
        ("[funding]", '[alerts.up]\nmetric = "price"\nwhen = "above 1"\n[funding]', "config reloaded: alert up added"),
        ("[funding]", "[alerting]\nkept = 9\n[funding]", "config reloaded: alerting.kept 200 -> 9"),
        ("[funding]", "[notify]\nseconds = 9.0\n[funding]", "config reloaded: notify.seconds 10.0 -> 9.0"),
        (
            "[funding]",
            '[journal]\npath = "x"\n[funding]',
            "config reloaded: journal.path none -> x; restart for: journal.path",
        ),
        (
            "[display]",
            "[display]\nmouse = false",
            "config reloaded: display.mouse true -> false; restart for: display.mouse",
        ),
        (
            "[display]",
            "[display]\nhints = false",
            "config reloaded: display.hints true -> false; restart for: display.hints",
        ),
    ],
)
def test_each_kind_of_change_has_its_words(lists: Lists, old: str, new: str, said: str) -> None:
    assert line(lists(), FILE.replace(old, new)) == said


def test_many_changes_are_cut(lists: Lists) -> None:
    text = FILE.replace('"BTC", "DOGE"', ", ".join(f'"C{n}"' for n in range(8)))
    assert line(lists(), text) == "config reloaded: +C0 +C1 +C2 +C3 +C4 +C5 and 4 more"


def test_what_is_read_again_keeps_the_options_of_the_command_line(lists: Lists) -> None:
    first = watchlists_of(reader_of(theme="light"), Path("config.toml"), ())
    assert line(first, FILE.replace("dark", "colourblind")) == "config unchanged"


def test_a_list_that_is_gone_gives_way_to_the_default(lists: Lists) -> None:
    before = lists(name="alts")
    gone = FILE.replace(FILE.splitlines()[2] + "\n", "")
    assert line(before, gone).startswith("config reloaded: +DOGE -WIF, no list alts any more, watching default")


def test_lists_follow_each_other_as_in_the_file(lists: Lists) -> None:
    first = lists()
    assert [one.watched.list_name for one in (first, first.next(), first.next().next())] == [
        "default",
        "alts",
        "default",
    ]
    assert first.next().settings.network.venues == ("bybit", "okx")


def test_coins_of_the_command_line_are_a_list_of_their_own(lists: Lists) -> None:
    named = lists("SOL", "ETH")
    assert named.names == ("", "default", "alts")
    assert named.next().next().next().watched == named.watched


def test_coins_beside_a_list_stay_beside_it(lists: Lists) -> None:
    both = lists("SOL", name="alts")
    assert both.names == ("default", "alts")
    assert both.next().watched.coins == ("BTC", "DOGE")
    assert both.reread().watched.coins == both.next().next().watched.coins == ("SOL", "WIF", "BTC")


class Live(ScriptedSource):
    mode = "LIVE"


class Monitor(Screen):
    """A monitor whose lists can be switched; `sources` are those it was given, the first included."""

    sources: list[Live]
    asked: list[tuple[tuple[str, ...], tuple[str, ...]]]


@asynccontextmanager
async def monitor(chosen: Watchlists) -> AsyncIterator[Monitor]:
    first = Live()
    sources, asked = [first], []

    def successor(settings: Settings, coins: Sequence[str], last: Source) -> Source:
        assert last is sources[-1]
        asked.append((tuple(coins), settings.network.venues))
        sources.append(Live())
        return sources[-1]

    coins = chosen.watched.coins
    session = Session(first, chosen.settings, chosen.settings, coins)
    session.start()
    controls = Controls(coin=coins[0], list_name=chosen.watched.list_name)
    switch = Switch(chosen, chosen.settings, successor)
    app = LiqtopApp(session, frames_per_second=0, controls=controls, clock=lambda: 0.0, switch=switch)
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            screen = Monitor(app, pilot, first)
            screen.sources, screen.asked = sources, asked
            await screen.send(mark(71_452.3))
            yield screen
    finally:
        session.stop()


@pytest.mark.anyio
async def test_l_watches_the_next_list_on_its_exchanges_and_keeps_the_coin_that_is_in_both(lists: Lists) -> None:
    async with monitor(lists()) as screen:
        text = await screen.press("L")
        assert "list alts: WIF BTC on bybit, okx" in text
        assert screen.asked == [(("WIF", "BTC"), ("bybit", "okx"))]
        assert (screen.app.controls.coin, screen.app.controls.list_name) == ("BTC", "alts")
        header = screen.pane("header").splitlines()
        assert "alts" in header[0]
        assert "WIF" in header[0]
        assert "DOGE" not in header[0]
        assert "71,452.3" in header[1]


@pytest.mark.anyio
async def test_the_first_coin_of_a_list_is_shown_where_it_lacks_the_one_before(lists: Lists) -> None:
    async with monitor(lists()) as screen:
        await screen.press(".")
        assert screen.app.controls.coin == "DOGE"
        await screen.press("L")
        assert screen.app.controls.coin == "WIF"


@pytest.mark.anyio
async def test_the_palette_has_every_list_by_its_name(lists: Lists) -> None:
    async with monitor(lists()) as screen:
        found = {one.title: one.callback for one in screen.app.get_system_commands(screen.app.screen)}
        assert {"Switch coin list: default", "Switch coin list: alts", "Reload config"} <= set(found)
        found["Switch coin list: alts"]()
        assert screen.app.session.coins == ("WIF", "BTC")


@pytest.mark.anyio
async def test_r_takes_a_new_theme_and_new_thresholds_without_a_new_connection(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "truecolor")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    async with monitor(lists()) as screen:
        before = dict(screen.app.style_palette)
        Path("config.toml").write_text(FILE.replace("dark", "light").replace("0.0003", "0.0004"))
        text = await screen.press("R")
        assert "config reloaded: funding.long_warn 0.0003 -> 0.0004, display.theme dark -> light" in text
        assert screen.app.style_palette != before
        assert screen.app.session.scoring.funding.long_warn == 0.0004
        assert screen.asked == []
        assert "71,452.3" in screen.text


@pytest.mark.anyio
async def test_r_connects_anew_for_other_coins_or_another_route(lists: Lists) -> None:
    async with monitor(lists()) as screen:
        Path("config.toml").write_text(FILE.replace("DOGE", "POPCAT"))
        assert "config reloaded: +POPCAT -DOGE" in await screen.press("R")
        Path("config.toml").write_text('network.venues = ["okx"]\nlists.default = ["BTC", "POPCAT"]\n')
        assert "network.venues -binance -bybit" in await screen.press("R")
        assert screen.asked[0][0] == ("BTC", "POPCAT")
        assert screen.asked[1] == (("BTC", "POPCAT"), ("okx",))
        assert screen.app.session.source is screen.sources[2]


@pytest.mark.anyio
async def test_a_config_with_mistakes_changes_nothing_and_shows_the_first(lists: Lists) -> None:
    async with monitor(lists()) as screen:
        Path("config.toml").write_text('[display]\ntheme = "drak"\n[lists]\ndefault = []\n')
        text = await screen.press("R")
        assert "config kept as it was: config.toml:2: (display) theme: expected one of" in text
        assert "and 1 more" in screen.app.controls.notice
        assert screen.app.session.coins == ("BTC", "DOGE")
        Path("config.toml").write_text(FILE)
        assert "config unchanged" in await screen.press("R")


@pytest.mark.anyio
async def test_what_waits_for_a_restart_is_named_until_then(lists: Lists) -> None:
    async with monitor(lists()) as screen:
        Path("config.toml").write_text(FILE + "[ladder]\nreach = 0.4\n")
        assert "config reloaded: ladder.reach 0.5 -> 0.4; restart for: ladder.reach" in await screen.press("R")
        assert screen.app.session.scoring.ladder.reach == 0.5
        assert "config unchanged; restart for: ladder.reach" in await screen.press("R")


@pytest.mark.anyio
async def test_a_live_session_goes_over_to_another_list_on_real_sockets(lists: Lists) -> None:
    """What Bybit told of BTC stays, the screen's thread waits for no tenth of a second, and WIF's price comes."""
    async with Exchanges() as venue:
        network = f'[network]\nvenues = ["bybit", "okx"]\ngateway = "{venue.url}"\n'
        Path("config.toml").write_text(network + FILE)
        chosen = lists()
        session = Session(
            LiveSource(chosen.settings, ("BTC", "DOGE")), chosen.settings, chosen.settings, ("BTC", "DOGE")
        )
        session.start()
        try:
            stream, pushed = frames.bybit_liquidations("BTCUSDT", now_ms(), ("Buy", "1", "70000"))
            await venue.subscribed("bybit", "perp", stream)
            await venue.push("bybit", "perp", stream, pushed)
            await _until(lambda: session.frame(Controls()).tape)
            alts = chosen.next()
            since = perf_counter()
            last = session.source
            source = LiveSource(
                alts.settings, alts.watched.coins, successor_of=last if isinstance(last, LiveSource) else None
            )
            session.watch(alts.watched.coins, source, alts.settings.network.venues)
            view = session.frame(Controls())
            assert perf_counter() - since < 0.1
            assert ([row.usd for row in view.tape], view.cascade.blind is None) == ([70_000.0], False)
            ticker = frames.bybit_ticker("WIFUSDT", now_ms(), "snapshot", markPrice="2.5")
            await venue.queue("bybit", "perp", *ticker)
            await _until(lambda: session.frame(Controls(coin="WIF")).price.value)
            await venue.push("bybit", "perp", *ticker)
            await _until(lambda: session.frame(Controls()).cascade.blind is None)
            assert session.frame(Controls()).tape == view.tape
        finally:
            assert await to_thread(session.stop)


async def _until(condition: Callable[[], object]) -> None:
    async with timeout(10):
        while not condition():
            await sleep(0.02)


@pytest.mark.anyio
async def test_a_coin_that_nobody_lists_is_named_on_the_screen(lists: Lists) -> None:
    async with monitor(lists()) as screen:
        screen.app.session.unlisted = {"DOGE": "DOGE is listed on none of the exchanges"}
        screen.app.tick()
        await screen.pilot.pause()
        assert "DOGE is listed on none of the exchanges" in screen.pane("status")
        await screen.press(".")
        assert "DOGE is listed on none of the exchanges" in screen.pane("header")
        assert screen.app.view.at_ms == START_MS


@pytest.mark.anyio
async def test_r_holds_new_alert_rules_against_the_market_at_once(lists: Lists) -> None:
    async with monitor(lists()) as screen:
        rule = '[alerts.up]\nmetric = "price"\nwhen = "above 80k"\ncoins = ["BTC"]\n'
        Path("config.toml").write_text(FILE + rule + "[alerting]\nquiet_seconds = 0.0\n")
        assert "alert up added" in await screen.press("R")
        await screen.send(mark(80_001.0, START_MS + 1000))
        screen.source.at_ms += 1000
        assert "up: BTC price 80,001.0 (above 80k)" in await screen.send()
        Path("config.toml").write_text(FILE)
        assert "alert up gone" in await screen.press("R")
        assert screen.app.desk.alerting.engine.rules == ()
