"""The courier: alerts leave in a thread of their own, and what comes back is waited for by nobody."""

import sys
import threading
from pathlib import Path

import pytest

from tests.tui.fired_fixture import fired
from tests.tui.waiting import until
from tui.courier import Courier
from tui.notify.notifier import Notifier
from tui.notify.settings import NotifySettings

WRITES = "import sys; open(sys.argv[1], 'w').write(sys.argv[2])"


@pytest.fixture
def others() -> set[threading.Thread]:
    """Threads of couriers that are none of this test's."""
    return set(of_alerts())


def of_alerts() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == "alerts" and one.is_alive()]


def test_a_bell_comes_back_as_what_the_terminal_is_sent() -> None:
    courier = Courier(NotifySettings(), {})
    courier.put([fired(), fired(deliver=("bell", "osc9"))])
    assert until(courier.sequences)[0] == "\x07"
    courier.close()


def test_a_command_runs_beside_the_screens_thread(tmp_path: Path) -> None:
    out = tmp_path / "out"
    courier = Courier(NotifySettings(desktop=(sys.executable, "-c", WRITES, str(out), "{text}")), {})
    courier.put([fired(deliver=("desktop",))])
    until(lambda: out.exists() and out.read_text())
    assert out.read_text() == "BTC liquidations_long_60s ≥6.2M (above 5M)"
    courier.close()


def test_a_delivery_that_fails_is_told_in_a_line() -> None:
    courier = Courier(NotifySettings(desktop=("/nowhere/at-all",)), {})
    courier.put([fired(deliver=("desktop",))])
    assert until(courier.problems) == ["desktop alert: /nowhere/at-all: No such file or directory"]
    courier.close()


def test_closing_ends_a_command_that_never_would(tmp_path: Path, others: set[threading.Thread]) -> None:
    begun = tmp_path / "begun"
    script = "import sys, threading; open(sys.argv[1], 'w').close(); threading.Event().wait()"
    courier = Courier(NotifySettings(desktop=(sys.executable, "-c", script, str(begun)), seconds=60), {})
    courier.put([fired(deliver=("desktop",))])
    until(begun.exists)
    courier.close()
    until(lambda: set(of_alerts()) <= others)
    courier.put([fired()])
    assert courier.sequences() == []


def test_what_has_no_way_needs_no_thread(others: set[threading.Thread]) -> None:
    courier = Courier(NotifySettings(), {})
    courier.put([fired(deliver=())])
    assert set(of_alerts()) <= others
    courier.close()


def test_an_error_of_ours_is_raised_where_sequences_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_: Notifier) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Notifier, "run", broken)
    courier = Courier(NotifySettings(), {})
    courier.put([fired(deliver=("webhook",))])
    with pytest.raises(RuntimeError, match="the delivery of alerts stopped"):
        until(courier.sequences)
