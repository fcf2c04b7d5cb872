"""What keys do with alerts and the journal: open a card, snooze a rule, keep a checklist; and what both have to say."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from scoring.view.alerts import Fired
from scoring.view.journal import Entry
from tui import copying
from tui.format import clean, span, to_ascii
from tui.format import price as price_text
from tui.language import label
from tui.screens.card import CardScreen
from tui.screens.freeze import FreezeScreen, Frozen
from tui.views import alerts, journal
from tui.views.fired import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app import LiqtopApp
    from tui.controls import Controls
    from tui.journaling import Journaling
    from tui.views.row import Row


def attend(app: LiqtopApp) -> None:
    """Tell what alerts and the journal have to say: to the terminal, and in the status bar."""
    news = app.desk.news(app.controls)
    for sequence in news.sequences:
        app.write(sequence)
    for line in news.lines:
        app.say(line)
    if news.fired:
        others = len(news.fired) - 1
        more = f", {label('and {n} more', app.controls, n=others)}" if others else ""
        app.say(f"{news.fired[-1].rule}: {sentence(news.fired[-1], app.controls)}{more}")
    controls, count = app.controls, len(news.fired)
    if controls.focus != "alerts":
        app.controls = replace(controls, unseen_alerts=controls.unseen_alerts + count)
    else:
        moved = count if controls.scroll > 0 else 0  # so that the cursor stays on what it is on
        app.controls = replace(controls, unseen_alerts=0, scroll=controls.scroll + moved)


def open_alert(app: LiqtopApp) -> None:
    """Show why the chosen alert fired, or how the chosen rule stands."""
    board = app.desk.alerting.board()
    one = alerts.chosen(board, app.controls)
    if isinstance(one, Fired):
        _card(app, label("WHY IT FIRED", app.controls), partial(alerts.fired_card, one, board, controls=app.controls))
    elif one is not None:
        make = partial(alerts.rule_card, one, app.session.source.now_ms(), controls=app.controls)
        _card(app, label("RULE", app.controls), make)


def open_entry(app: LiqtopApp) -> None:
    """Show the chosen entry of the journal in full."""
    board = app.desk.journal()
    if (one := journal.chosen(board, app.controls)) is not None:
        make = partial(journal.entry_card, one, board, app.session.source.now_ms(), controls=app.controls)
        _card(app, label("JOURNAL", app.controls), make)


def _card(app: LiqtopApp, title: str, make: Callable[[int], list[Row]]) -> None:
    def copy(text: str) -> str:
        return copying.copy(to_ascii(text) if app.controls.ascii else text, app.write).sentence(app.controls)

    app.push_screen(CardScreen(app.style_palette, title, make, copy, app.controls), lambda _: app.tick())


def snooze(app: LiqtopApp) -> None:
    """Keep the chosen rule quiet for a while, or wake it."""
    alerting = app.desk.alerting
    one = alerts.chosen(alerting.board(), app.controls) if app.controls.focus == "alerts" else None
    if one is None:
        app.say(label("z is for a rule or an alert that is chosen on the alerts screen (a)", app.controls))
    else:
        app.say(alerting.snooze(one.rule, app.session.source.now_ms(), app.controls))


def snooze_all(app: LiqtopApp) -> None:
    """Keep all rules quiet, or wake them."""
    app.say(app.desk.alerting.snooze_all(app.session.source.now_ms(), app.controls))


def freeze(app: LiqtopApp) -> None:
    """Keep the checklist that is shown in the journal."""
    journaling = app.desk.journaling
    if journaling is None:
        app.say(label("this monitor was started without a journal", app.controls))
        return
    held_ms, view = app.controls.paused_at_ms, app.view
    if held_ms is not None and not app.session.is_tape:
        view = replace(view, at_ms=held_ms)  # the picture is of this moment, though its ages go on

    def frozen(chosen: Frozen | None) -> None:
        if chosen is not None:
            entry = journaling.freeze(view, *chosen)
            already = label("this very checklist is in the journal already", app.controls)
            app.say(already if entry is None else _kept(entry, journaling, app.controls))
        app.tick()

    where = label("goes to {path}", app.controls, path=journaling.path)
    app.push_screen(FreezeScreen(app.style_palette, view, where, app.controls), frozen)


def _kept(entry: Entry, journaling: Journaling, controls: Controls) -> str:
    """What follows from keeping an entry."""
    side = label("long" if entry.direction == "long" else "short", controls)
    kept = label("{coin} {side} kept", controls, coin=clean(entry.coin), side=side)
    if entry.price is None:
        ungraded = label("it can't be graded: {reason}", controls, reason=clean(entry.price_source))
        return f"{kept}; {ungraded}"
    hours = ", ".join(span(60 * hours) for hours in journaling.hours)
    at = label("at {price}", controls, price=price_text(entry.price))
    return f"{kept} {at}; {label('graded after {hours} (J)', controls, hours=hours)}"
