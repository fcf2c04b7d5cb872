"""The tour: what it says of each pane, and how it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.controls import SCREENS
from tui.steering import focus

if TYPE_CHECKING:
    from tui.app import LiqtopApp


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the tour. `shows`: what is there, `use`: what a trader does with it, a sentence each.

    `commands`: whose keys belong to it. `always`: it is told of where it has no place on the screen too.
    """

    pane: str
    title: str
    shows: str
    use: str
    commands: tuple[str, ...] = ()
    always: bool = True


STOPS: tuple[Stop, ...] = (
    Stop(
        "header",
        "The header",
        "The coin's price with its change, funding, open interest and cascade state, and how each exchange's feed is.",
        "Read it first: a feed that isn't live means that sums are missing something, and stale is not the present.",
        ("next_coin", "find", "pause"),
    ),
    Stop(
        "ladder",
        "The ladder",
        "Around the price, row by row: what was liquidated in the window, and how much the map estimates waits there.",
        "See at which prices positions were closed by force, and which levels near the price are still loaded.",
        ("shorter", "longer", "finer", "coarser"),
    ),
    Stop(
        "above",
        "Clusters above",
        "Bands above the price where liquidations of shorts are dense, nearest first, with distance and record.",
        "A cluster is a magnet, not a target: weigh its size against its distance and its record.",
        ("lens", "preset", "units"),
    ),
    Stop(
        "below",
        "Clusters below",
        "The same below the price, where longs would be liquidated.",
        "Keep a stop out of a dense band: that is where everybody else's stop is.",
        ("lens", "preset", "units"),
    ),
    Stop(
        "cascade",
        "The cascade",
        "Whether forced orders set off further ones now, for each direction, and the measurements behind the state.",
        "Don't stand in its way while it ignites or cascades; after it is exhausted the leverage is gone for a while.",
        ("corrected",),
    ),
    Stop(
        "checklist",
        "The checklist",
        "What speaks for or against an entry, long and short, each with its value, age and reason, and the verdict.",
        "Read the verdict, then the lines that fail or warn; too little data is an answer too.",
        ("choose", "journal"),
    ),
    Stop(
        "tape",
        "The tape",
        "The latest liquidations and large trades, newest first.",
        "Feel the pace: who is being closed out, where and how large.",
        ("copy",),
    ),
    Stop(
        "chart",
        "The chart",
        "The window's price line with liquidations on it, and the course of open interest, funding and flow.",
        "See what the price did when positions were closed, and whether open interest came back.",
        ("shorter", "longer"),
    ),
    Stop(
        "reports",
        "What the exchanges report",
        "Open interest, funding, long/short, flow, depth and options of each exchange.",
        "Look whether exchanges agree: a number that only one of them has is worth less.",
        ("venues",),
        always=False,
    ),
    Stop(
        "seek",
        "The seek bar",
        "Where in the recording the picture is, and where cascades were.",
        "Go back to what came before a cascade and look at it again.",
        ("back", "ahead", "slower", "faster", "step"),
        always=False,
    ),
    Stop(
        "status",
        "The status bar",
        "What is wrong with a feed, else the keys of every day; at the right what was left out and what is sent.",
        "If a feed is named here, believe the other exchanges, not the sum.",
        ("feeds", "alerts"),
    ),
)
"""In the order of reading."""

LAST = Stop(
    "",
    "Where to go next",
    "Every number on the screen can say what it is, where it comes from and how old it is.",
    "Look at all coins on one screen, at what each exchange reports, and at what fired; help has every key.",
    ("inspect", "overview", "venues", "alerts", "help"),
)
"""The end of the tour."""


def stops_of(placed: Sequence[str]) -> tuple[Stop, ...]:
    """The stops for the panes that have a place, those that are always told of, and the end."""
    return (*(stop for stop in STOPS if stop.always or stop.pane in placed), LAST)


def tour(app: LiqtopApp) -> None:
    """Go through the panes, none of them maximised; afterwards the screen is as before."""
    from tui.screens.tour import TourScreen

    controls = app.controls
    was = controls.maximised
    if controls.focus in SCREENS or was:
        app.steer(
            replace(focus(controls.home if controls.focus in SCREENS else controls.focus, controls), maximised=False)
        )
        app.tick()

    def left(_: None) -> None:
        app.steer(replace(app.controls, maximised=was))
        app.tick()

    app.push_screen(TourScreen(app), left)
