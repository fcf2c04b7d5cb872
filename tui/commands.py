"""Every key and command of the monitor, once: bindings, help screen, palette and hints all read this list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from scoring.window import WINDOWS
from tui.controls import PANES, SCREENS, SORTS, Controls

Steer = Callable[[Controls, Sequence[str]], Controls]
"""The controls after a key, from those before it and the watched coins."""

FINEST = 6
"""How many steps finer or coarser than the automatic one the ladder can be."""
PAGE = 10
"""Rows of a page up or down."""
FAR = 1_000_000
"""Further than any pane scrolls: the end."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command with the keys that run it.

    `steer` is all of it where it only changes the controls; otherwise the app has an action of the command's name.
    `hint` is the status bar's word for it, empty where it has none. `always`: it works on top of any screen.
    """

    name: str
    keys: tuple[str, ...]
    title: str
    help: str
    group: str
    steer: Steer | None = None
    hint: str = ""
    always: bool = False


def next_pane(by: int) -> Steer:
    """Move the focus `by` panes on, around the end; from a screen back to the pane before."""

    def steer(controls: Controls, _: Sequence[str]) -> Controls:
        if controls.focus in SCREENS:
            return focus(controls.home, controls)
        return focus(PANES[(PANES.index(controls.focus) + by) % len(PANES)], controls)

    return steer


def focus(pane: str, controls: Controls) -> Controls:
    """The focus goes to a pane or a screen, which starts unscrolled."""
    if pane == controls.focus:
        return controls
    home = controls.focus if pane in SCREENS and controls.focus in PANES else controls.home
    return replace(controls, focus=pane, home=home, scroll=0)


def toggle(screen: str) -> Steer:
    """Show a screen, or the panes again where it is shown."""
    return lambda controls, _: focus(controls.home if controls.focus == screen else screen, controls)


def next_sort(controls: Controls, _: Sequence[str]) -> Controls:
    """Sort the overview by the next of its columns, and show it."""
    if controls.focus != "overview":
        return focus("overview", controls)
    at = SORTS.index(controls.sort) if controls.sort in SORTS else -1
    return replace(controls, sort=SORTS[(at + 1) % len(SORTS)], scroll=0)


def next_coin(by: int) -> Steer:
    """Show the next of the watched coins, around the end."""

    def steer(controls: Controls, coins: Sequence[str]) -> Controls:
        if not coins:
            return controls
        at = coins.index(controls.coin) if controls.coin in coins else -by
        return show_coin(coins[(at + by) % len(coins)], controls)

    return steer


def show_coin(coin: str, controls: Controls) -> Controls:
    """Show a coin, its ladder at the automatic step around the price."""
    if coin == controls.coin:
        return controls
    scroll = controls.scroll if controls.focus == "overview" else 0
    return replace(controls, coin=coin, scroll=scroll, zoom=0)


def next_window(by: int) -> Steer:
    """Take the next longer or shorter window, stopping at the last."""

    def steer(controls: Controls, _: Sequence[str]) -> Controls:
        at = WINDOWS.index(controls.window_minutes) if controls.window_minutes in WINDOWS else 0
        return replace(controls, window_minutes=WINDOWS[min(max(at + by, 0), len(WINDOWS) - 1)])

    return steer


def zoom(by: int) -> Steer:
    """Make the ladder's rows finer or coarser, around the price again."""
    return lambda controls, _: replace(controls, zoom=min(max(controls.zoom + by, -FINEST), FINEST), scroll=0)


def scroll(by: int) -> Steer:
    """Move the focused pane's rows; only the ladder goes above its first."""

    def steer(controls: Controls, _: Sequence[str]) -> Controls:
        least = -FAR if controls.focus == "ladder" else 0
        return replace(controls, scroll=min(max(controls.scroll + by, least), FAR))

    return steer


def _focus_commands() -> list[Command]:
    return [
        Command(
            f"pane_{name}",
            (str(number),),
            f"Pane: {title}",
            f"Focus {title}.",
            "Panes",
            lambda controls, _, name=name: focus(name, controls),  # type: ignore[misc]
        )
        for number, (name, title) in enumerate(zip(PANES, PANE_TITLES, strict=True), 1)
    ]


PANE_TITLES = ("the ladder", "clusters above", "clusters below", "the cascade", "the checklist", "the tape")
"""What the panes are called in sentences, in the order of `PANES`."""

COMMANDS: tuple[Command, ...] = (
    Command("help", ("?",), "Help", "Show every key.", "Program", hint="help"),
    Command("next_pane", ("tab",), "Next pane", "Focus the next pane.", "Panes", next_pane(1), hint="pane"),
    Command("previous_pane", ("shift+tab",), "Previous pane", "Focus the pane before.", "Panes", next_pane(-1)),
    *_focus_commands(),
    Command(
        "maximise",
        ("m",),
        "Maximise pane",
        "Give the focused pane the whole screen, or take it back.",
        "Panes",
        lambda controls, _: replace(controls, maximised=not controls.maximised),
    ),
    Command("up", ("up", "k"), "Scroll up", "Move the focused pane one row up.", "Scroll", scroll(-1)),
    Command("down", ("down", "j"), "Scroll down", "Move the focused pane one row down.", "Scroll", scroll(1)),
    Command("page_up", ("pageup",), "Page up", "Move the focused pane ten rows up.", "Scroll", scroll(-PAGE)),
    Command("page_down", ("pagedown",), "Page down", "Move the focused pane ten rows down.", "Scroll", scroll(PAGE)),
    Command(
        "start",
        ("g", "home"),
        "Scroll to start",
        "Show the first row of the focused pane; the ladder goes back to the price.",
        "Scroll",
        lambda controls, _: replace(controls, scroll=0),
    ),
    Command("end", ("G", "end"), "Scroll to end", "Show the last row of the focused pane.", "Scroll", scroll(FAR)),
    Command(
        "shorter",
        ("[",),
        "Shorter window",
        "Add up liquidations over a shorter window.",
        "Ladder",
        next_window(-1),
        "window",
    ),
    Command(
        "longer",
        ("]",),
        "Longer window",
        "Add up liquidations over a longer window.",
        "Ladder",
        next_window(1),
        "window",
    ),
    Command("finer", ("+", "="), "Finer steps", "Divide the ladder into finer price steps.", "Ladder", zoom(1), "zoom"),
    Command(
        "coarser", ("-",), "Coarser steps", "Divide the ladder into coarser price steps.", "Ladder", zoom(-1), "zoom"
    ),
    Command("find", ("/",), "Find coin", "Type a coin's name to show it.", "Coins", hint="coin"),
    Command(
        "overview",
        ("o",),
        "Overview",
        "Show every coin of the list on one row, or the panes again.",
        "Screens",
        toggle("overview"),
        "overview",
    ),
    Command(
        "venues",
        ("v",),
        "Venues",
        "Show what each exchange reports of the coin, or the panes again.",
        "Screens",
        toggle("venues"),
        "venues",
    ),
    Command(
        "feeds",
        ("f",),
        "Feeds",
        "Show the state of every stream and what was left out, or the panes again.",
        "Screens",
        toggle("feeds"),
        "feeds",
    ),
    Command("sort", ("s",), "Sort overview", "Sort the overview by its next column.", "Screens", next_sort),
    Command("choose", ("enter",), "Show coin", "Show the coin that is chosen on the overview.", "Screens"),
    Command(
        "main",
        ("escape",),
        "Back to the panes",
        "Leave a screen or a maximised pane.",
        "Screens",
        lambda controls, _: replace(focus(controls.home, controls), maximised=False),
    ),
    Command("next_coin", ("right", "."), "Next coin", "Show the next coin of the list.", "Coins", next_coin(1)),
    Command("previous_coin", ("left", "comma"), "Previous coin", "Show the coin before.", "Coins", next_coin(-1)),
    Command(
        "pause",
        ("p", "space"),
        "Pause",
        "Hold the picture; the data keeps flowing. A tape waits.",
        "Time",
        hint="pause",
    ),
    Command("slower", ("<",), "Slower replay", "Play a tape more slowly.", "Time"),
    Command("faster", (">",), "Faster replay", "Play a tape faster.", "Time"),
    Command("step", ("n",), "Step", "Play one record of the tape, and wait behind it.", "Time"),
    Command("back", ("{",), "Back in the tape", "Go a minute back in the tape.", "Time"),
    Command("ahead", ("}",), "Ahead in the tape", "Go a minute ahead in the tape.", "Time"),
    Command("copy", ("y",), "Copy pane", "Copy the focused pane as text.", "Copy", hint="copy"),
    Command("copy_all", ("Y",), "Copy all", "Copy all tables of the coin as text.", "Copy"),
    Command("paste", ("P",), "Paste", "Read pasted tables; pasting into the panes does the same.", "Copy"),
    Command("palette", ("ctrl+p",), "Commands", "Find a command by its name.", "Program"),
    Command("leave", ("q",), "Quit", "Leave the monitor.", "Program", hint="quit"),
    Command("interrupt", ("ctrl+c",), "Quit at once", "Leave the monitor from any screen.", "Program", always=True),
)

BY_NAME = {command.name: command for command in COMMANDS}

_SHOWN = {"comma": ",", "up": "↑", "down": "↓", "left": "←", "right": "→", "pageup": "page up", "pagedown": "page down"}


def shown(key: str) -> str:
    """A key as a person reads it."""
    return _SHOWN.get(key, key)


def _hints() -> tuple[tuple[str, str], ...]:
    keys: dict[str, str] = {}
    for command in COMMANDS:
        if command.hint:
            keys[command.hint] = f"{keys.get(command.hint, '')} {shown(command.keys[0])}".lstrip()
    return tuple((key, word) for word, key in keys.items())


HINTS = _hints()
"""Keys and the word for what they do, for the status bar."""
