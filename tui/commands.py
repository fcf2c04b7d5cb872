"""Every key and command of the monitor, once: bindings, help screen, palette and hints all read this list."""

from dataclasses import dataclass, replace

from tui.controls import PANES
from tui.steering import (
    FAR,
    PAGE,
    Steer,
    back,
    focus,
    maximise,
    next_coin,
    next_lens,
    next_pane,
    next_preset,
    next_sort,
    next_units,
    next_window,
    scroll,
    swap,
    toggle,
    zoom,
)

PALETTE = "palette"
"""The name of the command that Textual itself runs."""


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


PANE_TITLES = (
    "the ladder", "clusters above", "clusters below", "the cascade", "the checklist", "the tape", "the chart",
)  # fmt: skip
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
        maximise,
    ),
    Command("layout", ("w",), "Next layout", "Arrange the panes another way: the config's layouts in turn.", "Panes"),
    Command(
        "split",
        ("d",),
        "Two coins",
        "Show a second coin beside this one where the terminal is wide enough.",
        "Panes",
    ),
    Command("swap", ("D",), "Swap coins", "Let the two coins change places; keys go to the left one.", "Panes", swap),
    Command(
        "inspect",
        ("i",),
        "Explain numbers",
        "Go through the pane's numbers: what each is, its source and age.",
        "Panes",
        hint="explain",
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
    Command(
        "lens",
        ("l",),
        "Next lens",
        "Let the estimated map look back 12 h, 24 h, 3 d, 7 d or 30 d.",
        "Estimated map",
        next_lens,
    ),
    Command(
        "preset",
        ("x",),
        "Next leverage mix",
        "Assume another mix of leverage: observed, retail, flat, or observed without the flow's tilt.",
        "Estimated map",
        next_preset,
    ),
    Command(
        "units",
        ("u",),
        "Units of estimates",
        "Write estimates as shares, as modelled USD, or calibrated by what came true.",
        "Estimated map",
        next_units,
    ),
    Command(
        "corrected",
        ("c",),
        "Corrected sums",
        "Show beside the counted liquidations what sampling feeds probably left out, or only the counted ones.",
        "Cascade",
        lambda controls, _: replace(controls, corrected=not controls.corrected),
    ),
    Command("find", ("/",), "Find coin", "Type a coin's name to show it.", "Coins", hint="coin"),
    Command(
        "overview",
        ("o",),
        "Overview",
        "Show every coin of the list on one row, or the panes again.",
        "Screens",
        toggle("overview"),
        "screens",
    ),
    Command(
        "venues",
        ("v",),
        "Venues",
        "Show what each exchange reports of the coin, or the panes again.",
        "Screens",
        toggle("venues"),
        "screens",
    ),
    Command(
        "feeds",
        ("f",),
        "Feeds",
        "Show the state of every stream and what was left out, or the panes again.",
        "Screens",
        toggle("feeds"),
        "screens",
    ),
    Command(
        "alerts",
        ("a",),
        "Alerts",
        "Show what fired and how each rule stands, or the panes again.",
        "Screens",
        toggle("alerts"),
        "screens",
    ),
    Command(
        "journal",
        ("J",),
        "Journal",
        "Show the checklists that were kept and what became of them, or the panes again.",
        "Screens",
        toggle("journal"),
    ),
    Command(
        "snooze", ("z",), "Snooze rule", "Alerts: keep the chosen rule quiet for 15 minutes, or wake it.", "Alerts"
    ),
    Command("snooze_all", ("Z",), "Snooze all rules", "Keep all alerts quiet until this key wakes them.", "Alerts"),
    Command("sort", ("S",), "Sort overview", "Sort the overview by its next column.", "Screens", next_sort),
    Command(
        "choose",
        ("enter",),
        "Open",
        "Open the chosen coin, alert, rule or entry; on the checklist: keep it in the journal.",
        "Screens",
    ),
    Command(
        "main",
        ("escape",),
        "Back to the panes",
        "Leave a screen or a maximised pane.",
        "Screens",
        back,
    ),
    Command("next_coin", ("right", "."), "Next coin", "Show the next coin of the list.", "Coins", next_coin(1)),
    Command("previous_coin", ("left", "comma"), "Previous coin", "Show the coin before.", "Coins", next_coin(-1)),
    Command("next_list", ("L",), "Next coin list", "Watch the next of the config's coin lists.", "Coins"),
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
    Command(
        "previous_mark",
        ("(",),
        "Previous cascade",
        "Go back in the tape to just before a cascade, or before its heaviest minute where there is none.",
        "Time",
    ),
    Command(
        "next_mark",
        (")",),
        "Next cascade",
        "Go ahead in the tape to just before a cascade, or before its heaviest minute where there is none.",
        "Time",
    ),
    Command("copy", ("y",), "Copy pane", "Copy the focused pane as text.", "Copy", hint="copy"),
    Command("copy_all", ("Y",), "Copy all", "Copy all tables of the coin as text.", "Copy"),
    Command("export", ("e",), "Export", "Write all tables of the coin to files, as text, TSV and JSON.", "Copy"),
    Command("screenshot", ("s",), "Screenshot", "Write the screen to an SVG file.", "Copy"),
    Command("paste", ("P",), "Paste", "Read pasted tables; pasting into the panes does the same.", "Copy"),
    Command(
        "theme", ("T",), "Next theme", "Look another way: dark, light, colourblind, contrast, terminal.", "Program"
    ),
    Command("scenario", ("E",), "Next demo scenario", "Demo: begin the next scenario.", "Time"),
    Command("reload", ("R",), "Reload config", "Read the config again, and go on by what it says now.", "Program"),
    Command(PALETTE, ("ctrl+p",), "Commands", "Find a command by its name.", "Program"),
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
