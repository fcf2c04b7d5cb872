"""Another coin list, or the config read again, while the monitor runs: what follows for the session and the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from feeds.source import Source
from tui import reload
from tui.alerting import alert_rules
from tui.exits import BadUsage
from tui.language import label
from tui.settings import Settings
from tui.watchlists import Watchlists

if TYPE_CHECKING:
    from tui.app import LiqtopApp

Open = Callable[[Settings, Sequence[str], Source], Source | None]
"""Opens the source that takes the place of one that runs; None where that one goes on (a tape)."""


@dataclass(slots=True)
class Switch:
    """What can be switched. `running`: the settings in effect, with the exchanges of the watched list.

    `scenario`: what the demo plays, of these `scenarios`; "" and none where this is no demo.
    """

    lists: Watchlists
    running: Settings
    open: Open
    scenario: str = ""
    scenarios: tuple[str, ...] = ()


def next_list(app: LiqtopApp) -> None:
    """Watch the next of the config's lists."""
    if (switch := _switch(app)) is not None:
        _take(switch.lists.next(), switch, app)


def choose_list(name: str, app: LiqtopApp) -> None:
    """Watch the list of this name."""
    if (switch := _switch(app)) is not None:
        _take(switch.lists.choose(name), switch, app)


def list_names(app: LiqtopApp) -> tuple[str, ...]:
    """The lists that can be chosen."""
    return app.switch.lists.names if app.switch is not None else ()


def reload_config(app: LiqtopApp) -> None:
    """Read the config again, and go on by what it says now; with a mistake in it nothing changes."""
    if (switch := _switch(app)) is None:
        return
    before, was = switch.lists.loaded.settings, switch.lists.watched
    try:
        lists = switch.lists.reread()
    except BadUsage as error:
        app.say(reload.problem(error.lines, app.controls))
        return
    running = reload.in_effect(lists.loaded.settings, switch.running)
    changes = reload.differences(before, lists.loaded.settings, was, lists.watched, app.controls)
    later = reload.pending(lists.loaded.settings, running)
    old = switch.running
    switch.running = running.on(lists.watched.venues)
    if reload.judges_anew(old, running):
        app.session.judge_by(running)
    moved = app.session.mode == "LIVE" and reload.connects_anew(old, switch.running)
    if lists.watched.coins != was.coins or moved:
        _watch(lists, switch, app)
    switch.lists = lists
    app.desk.alerting.go_by(alert_rules(lists.loaded), running.alerting, running.notify)
    app.main.take_layouts(running.layouts)
    if running.display != old.display:
        app.dress(running.display)
    app.controls = replace(app.controls, list_name=lists.watched.list_name)
    app.say(reload.sentence(changes, later, app.controls))


def begin_scenario(name: str, app: LiqtopApp) -> None:
    """Begin this scenario of the demo: the same coins and seed, and a market that has seen nothing."""
    if (switch := _switch(app)) is None:
        return
    if name not in switch.scenarios:
        app.say(label("scenarios are for the demo only; this is {mode}", app.controls, mode=app.session.mode))
        return
    switch.scenario = name
    _watch(switch.lists, switch, app)
    app.controls = replace(app.controls, scenario=name, paused_at_ms=None)
    app.say(label("demo scenario {name}: the market begins anew", app.controls, name=name))


def _take(lists: Watchlists, switch: Switch, app: LiqtopApp) -> None:
    watched = lists.watched
    before = switch.lists.watched
    if (watched.coins, watched.venues) != (before.coins, before.venues):
        switch.running = reload.in_effect(lists.loaded.settings, switch.running).on(watched.venues)
        _watch(lists, switch, app)
    switch.lists = lists
    app.controls = replace(app.controls, list_name=watched.list_name)
    controls = app.controls
    on = f" {label('on {venues}', controls, venues=', '.join(watched.venues))}" if watched.venues else ""
    if watched.list_name:
        name = label("list {name}", controls, name=watched.list_name)
    else:
        name = label("the command line's coins", controls)
    app.say(f"{name}: {' '.join(watched.coins)}{on}{_of_what(app)}")


def _of_what(app: LiqtopApp) -> str:
    """What a list means where no exchange is asked."""
    if app.session.is_tape:
        return f"; {label('a tape has only what was recorded', app.controls)}"
    return f"; {label('the demo begins anew', app.controls)}" if app.session.mode == "DEMO" else ""


def _watch(lists: Watchlists, switch: Switch, app: LiqtopApp) -> None:
    coins = lists.watched.coins
    source = switch.open(switch.running, coins, app.session.source)
    app.session.watch(coins, source, switch.running.network.venues)
    if app.controls.coin not in coins:
        app.steer(replace(app.controls, coin=coins[0], scroll=0, zoom=0))


def _switch(app: LiqtopApp) -> Switch | None:
    if app.switch is None:
        app.say(label("this monitor was started without a config", app.controls))
    return app.switch
