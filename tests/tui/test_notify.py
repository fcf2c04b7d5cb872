"""Alerts beside the screen: what reaches the terminal, the command and the webhook."""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from scoring.view.alerts import Observed
from tests.tui.fired_fixture import fired
from tests.tui.hook_server import hook
from tui.notify import desktop
from tui.notify.notifier import Notifier
from tui.notify.settings import NotifySettings
from tui.notify.terminal import MOST_CHARACTERS, osc_9, osc_777, plain


@given(st.text(), st.text())
def test_no_text_ends_its_sequence_or_begins_another(title: str, text: str) -> None:
    """Only the sequence's own escape and its own end are control characters."""
    for sequence in (osc_9(title, text, {}), osc_777(title, text, {})):
        inside = sequence[1:-1]
        assert (sequence[0], sequence[-1]) == ("\x1b", "\x07")
        assert not [one for one in inside if ord(one) < 32 or 0x7F <= ord(one) < 0xA0]


def test_a_terminal_is_told_in_both_dialects() -> None:
    assert osc_9("flush", "BTC 6M", {}) == "\x1b]9;liqtop: flush BTC 6M\x07"
    assert osc_777("a;b", "c;d", {}) == "\x1b]777;notify;a,b;c;d\x07"


def test_tmux_passes_the_sequence_on() -> None:
    """Wrapped, with every escape in it doubled."""
    assert osc_9("", "x", {"TMUX": "/tmp/tmux-0"}) == "\x1bPtmux;\x1b\x1b]9;liqtop: x\x07\x1b\\"


def test_a_long_text_is_cut() -> None:
    assert len(plain("x" * 999)) == MOST_CHARACTERS


def test_the_places_of_a_command_are_filled_once() -> None:
    """What is filled in is not read for places again, nor as an option, nor by a shell."""
    words = desktop.words_of(["say", "--to={title}", "{text}", "{other}"], "{text}", "-rf; $(rm) \n x")
    assert words == ["say", "--to={text}", " -rf; $(rm) x", "{other}"]


@pytest.mark.anyio
async def test_a_command_gets_its_words_as_they_are(tmp_path: Path) -> None:
    out = tmp_path / "out"
    script = "import sys, json; json.dump(sys.argv[2:], open(sys.argv[1], 'w'))"
    words = desktop.words_of([sys.executable, "-c", script, str(out), "{title}", "{text}"], "a b", "$HOME `id` 'q'")
    assert await desktop.run(words, 20) == ""
    assert json.loads(out.read_text()) == ["a b", "$HOME `id` 'q'"]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("words", "seconds", "problem"),
    [
        (["/absent/program"], 5, "desktop alert: /absent/program: No such file or directory"),
        ([sys.executable, "-c", "import sys; sys.exit('no\\x1b[31m bus')"], 20, "ended with 1: no [31m bus"),
        ([sys.executable, "-c", "import time; time.sleep(60)"], 0.2, "took longer than 0.2 s and was ended"),
        (["true", "a\0b"], 5, "desktop alert: true: embedded null byte"),
    ],
)
async def test_a_command_that_fails_is_one_line(words: list[str], seconds: float, problem: str) -> None:
    told = await desktop.run(words, seconds)
    assert told.endswith(problem)
    assert told.isprintable()


class Told:
    """Where a notifier writes and reports; `until` waits for so many reports."""

    def __init__(self) -> None:
        self.written: list[str] = []
        self.reports: list[str] = []
        self._more = asyncio.Event()

    def report(self, line: str) -> None:
        self.reports.append(line)
        self._more.set()

    async def until(self, enough: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not enough():
                await self._more.wait()
                self._more.clear()


def notifier(told: Told, **settings: object) -> Notifier:
    return Notifier(NotifySettings.model_validate(settings), told.written.append, told.report, {})


@pytest.mark.anyio
async def test_the_terminal_hears_one_bell_and_each_alert() -> None:
    told = Told()
    both = [fired(deliver=("bell", "osc9")), fired(deliver=("bell", "osc777"), observed=Observed("ETH", 6.2e6))]
    notifier(told).put(both)
    assert told.written == [
        "\x07",
        "\x1b]9;liqtop: BTC liquidations_long_60s ≥6.2M (above 5M)\x07",
        "\x1b]777;notify;liqtop warning: flush;ETH liquidations_long_60s 6.2M (above 5M)\x07",
    ]


@pytest.mark.anyio
async def test_slow_ways_are_worked_off_aside_and_failures_told() -> None:
    """The command fails for both alerts; the webhook, which is not there either, doesn't wait for it."""
    told = Told()
    one = notifier(told, desktop=("/absent/program", "{text}"), webhook=SecretStr(""))
    one.put([fired(deliver=("desktop", "webhook")), fired(deliver=("desktop",))])
    assert told.reports == []
    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(one.run())
        await told.until(lambda: len(told.reports) == 3)
        work.cancel()
    assert sorted(told.reports) == [
        *["desktop alert: /absent/program: No such file or directory"] * 2,
        "webhook alert: no address in [notify] webhook",
    ]


@pytest.mark.anyio
async def test_what_is_too_much_is_left_out_and_told() -> None:
    told = Told()
    one = notifier(told, desktop=("/absent/program",), waiting=2)
    one.put([fired(deliver=("desktop",))] * 5)
    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(one.run())
        await told.until(lambda: len(told.reports) == 3)
        work.cancel()
    assert told.reports[-1] == "desktop alerts: 3 left out, more came than it could take"


@pytest.mark.anyio
async def test_the_webhook_gets_the_whole_card() -> None:
    told = Told()
    async with hook(200) as server, asyncio.TaskGroup() as tasks:
        one = notifier(told, webhook=server.address)
        one.put([fired(deliver=("webhook",))])
        work = tasks.create_task(one.run())
        async with asyncio.timeout(20):
            while not server.bodies:
                await asyncio.sleep(0)
        work.cancel()
    sent = json.loads(server.bodies[0])
    assert sent["text"] == "liqtop warning: flush: BTC liquidations_long_60s ≥6.2M (above 5M)"
    assert (sent["alert"]["rule"], sent["alert"]["observed"]["value"]) == ("flush", 6.2e6)


def test_the_settings_never_show_the_address() -> None:
    settings = NotifySettings(webhook=SecretStr("https://example.org/s3cret"))
    assert "s3cret" not in f"{settings!r} {settings} {settings.model_dump()}"
