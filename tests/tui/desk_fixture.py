"""A monitor with rules and a journal, on a scripted market."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from scoring.alerts.rule import rules_of
from scoring.settings.alerts import AlertingSettings, AlertRule
from tests.tui.opened import Screen
from tests.tui.scripted import ScriptedSource, mark, session_of
from tui.alerting import Alerting
from tui.app import LiqtopApp
from tui.controls import Controls
from tui.desk import Desk
from tui.journal_file import JournalFile
from tui.journal_settings import JournalTable
from tui.journal_store import JournalStore
from tui.journaling import Journaling
from tui.notify.settings import NotifySettings

AT_ONCE = AlertingSettings(quiet_seconds=0)
RULES = {
    "high": AlertRule(metric="price", when="above 100", coins=("BTC",), cooldown_minutes=5),
    "hot": AlertRule(metric="funding_8h", when="above 0.05%", coins=("BTC",)),
}


def alerting_of(mode: Any = "LIVE", notify: NotifySettings | None = None, **rules: AlertRule) -> Alerting:
    chosen = rules_of(rules or RULES, AT_ONCE, {})
    return Alerting(chosen, AT_ONCE, notify or NotifySettings(), mode, {})


class LiveScript(ScriptedSource):
    """The same, said to be live."""

    mode: Any = "LIVE"


@asynccontextmanager
async def working(
    folder: Path, source: ScriptedSource | None = None, size: tuple[int, int] = (120, 40), **given: Any
) -> AsyncIterator[Screen]:
    """A monitor that looks at the price of BTC: 99 to begin with."""
    source = source or LiveScript()
    session = session_of(source)
    session.start()
    mode = session.mode
    file = JournalFile(JournalStore(JournalTable(path=str(folder / "journal.jsonl")).file(mode)))
    desk = Desk(session, alerting_of(mode, **given), Journaling(file, JournalTable(), mode))
    app = LiqtopApp(session, frames_per_second=0, clock=lambda: 0.0, desk=desk, controls=Controls(coin="BTC"))
    try:
        async with app.run_test(size=size) as pilot:
            screen = Screen(app, pilot, source)
            await at(screen, 1, 99.0)  # the frame that lays the panes out has looked already
            yield screen
    finally:
        session.stop()
        desk.close()


async def at(screen: Screen, seconds: float, price: float | None = None) -> str:
    """So many seconds later, with this price of BTC."""
    screen.source.at_ms += round(seconds * 1000)
    await screen.send(*([mark(price, screen.source.at_ms)] if price is not None else []))
    return screen.text
