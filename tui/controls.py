"""What the reader has chosen: the only way a key changes what the next view shows."""

from dataclasses import dataclass
from typing import Literal

from scoring.view import Lens, Preset

PANES = ("ladder", "above", "below", "cascade", "checklist", "tape", "chart")
"""The panes of the main screen in the order of Tab and of the keys 1 to 7."""
SCREENS = ("overview", "venues", "feeds", "alerts", "journal")
"""What takes the whole screen while it has the focus."""
SORTS = ("list", "price change", "imbalance", "funding", "OI change", "liquidations", "long", "short")
"""What the overview can be sorted by; `list` is the order of the config."""

Units = Literal["relative", "modelled", "calibrated"]
Scanning = Literal["none", "running", "resting", "done", "failed"]
"""How the scan of a tape stands; it rests where it has taken its share of the machine, until it is asked to go on."""
LENSES: tuple[Lens, ...] = ("12h", "24h", "3d", "7d", "30d")
PRESETS: tuple[Preset, ...] = ("observed", "retail", "flat", "untilted")
UNITS: tuple[Units, ...] = ("relative", "modelled", "calibrated")


@dataclass(frozen=True, slots=True)
class TapeSpan:
    """The time of a tape, UNIX ms. `marks`: when a cascade was told, and what; `busy`: USD liquidated, start to end.

    `scanned`: the share of the tape that marks and sums are known of; `scan`: how their scan stands. None in `busy`:
    not seen. `at_ms`: where the replay is or goes to, `since_ms`: from when on it was played without a break.
    `seeking`: the share that is played of what comes before a moment gone to; None once it is there. `ended`: all is
    played.
    """

    start_ms: int
    end_ms: int
    marks: tuple[tuple[int, str], ...] = ()
    busy: tuple[float | None, ...] = ()
    scanned: float = 0.0
    scan: Scanning = "none"
    at_ms: int = 0
    since_ms: int = 0
    seeking: float | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Controls:
    """The chosen coin, window, zoom and focus. `zoom` 0 is the automatic step; +1 is one step finer, -1 coarser.

    `lens`, `preset` and `units`: how far back the estimated map looks, which leverage it assumes, and in what its
    masses are written.

    `focus` is a pane or one of `SCREENS`; `home` is the pane to go back to from the screen. `scroll` moves the focused
    pane's rows down by so many; on the overview it is the chosen row. `notice` is the last message to the reader,
    `bytes_per_second` what the terminal is sent, `list_name` the config's list that the tabs come from,
    `unseen_alerts` how many fired since the alerts were looked at. `corrected`: the cascade also shows what sampling
    feeds left out. `layout`: the name of the arrangement of panes, `beside`: the second coin of two side by side.
    `language`: of labels. `thrift`: how much decoration the terminal's line leaves no room for, 0 none to 3 most.
    `tape`: the time of the tape that is replayed, None otherwise; `scenario`: the demo's, "" elsewhere. `hint`: what a
    newcomer may try next.
    `bandwidth`: how many bytes a second the terminal may be sent, None for any number.
    """

    coin: str = "BTC"
    window_minutes: int = 240
    zoom: int = 0
    lens: Lens = "24h"
    preset: Preset = "observed"
    units: Units = "relative"
    focus: str = "ladder"
    home: str = "ladder"
    maximised: bool = False
    paused_at_ms: int | None = None
    scroll: int = 0
    sort: str = SORTS[0]
    mode: str = "LIVE"
    speed: float = 1.0
    ascii: bool = False
    local_time: bool = False
    list_name: str = ""
    notice: str = ""
    bytes_per_second: float | None = None
    unseen_alerts: int = 0
    corrected: bool = False
    layout: str = "standard"
    beside: str = ""
    language: str = "en"
    thrift: int = 0
    tape: TapeSpan | None = None
    scenario: str = ""
    hint: str = ""
    shown: tuple[str, ...] = PANES
    bandwidth: float | None = None
