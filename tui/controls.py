"""What the reader has chosen: the only way a key changes what the next view shows."""

from dataclasses import dataclass

WINDOWS = (15, 60, 240, 720, 1440)
"""Rolling windows of the ladder, in minutes."""

PANES = ("ladder", "above", "below", "cascade", "checklist", "tape")
"""The panes of the main screen in the order of Tab and of the keys 1 to 6."""


@dataclass(frozen=True, slots=True)
class Controls:
    """The chosen coin, window, zoom and focus. `zoom` 0 is the automatic step; +1 is one step finer, -1 coarser.

    `scroll` moves the focused pane's rows down by so many. `notice` is the last message to the reader,
    `bytes_per_second` what the terminal is sent, `list_name` the config's list that the tabs come from.
    """

    coin: str = "BTC"
    window_minutes: int = 240
    zoom: int = 0
    focus: str = "ladder"
    maximised: bool = False
    paused_at_ms: int | None = None
    scroll: int = 0
    mode: str = "LIVE"
    speed: float = 1.0
    ascii: bool = False
    local_time: bool = False
    list_name: str = ""
    notice: str = ""
    bytes_per_second: float | None = None
