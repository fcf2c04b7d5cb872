"""The monitor: keys become controls, and a clock of a few frames a second paints what the session sees."""

from tui import environment  # noqa: F401 - Textual reads it when it is imported

# isort: split
import gc
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.driver import Driver
from textual.screen import Screen
from textual.timer import Timer

from scoring.settings.alerts import AlertingSettings
from scoring.view import EMPTY
from tui.actions import ACTIONS, paste
from tui.alerting import Alerting
from tui.commands import BY_NAME, COMMANDS, PALETTE
from tui.controls import Controls
from tui.desk import Desk
from tui.frames import is_held, paint, take
from tui.governor import bytes_a_second
from tui.hints import Hints
from tui.language import language_of
from tui.notify.settings import NotifySettings
from tui.painting import Painting
from tui.palette import palette_commands
from tui.panes.lines import LinePane
from tui.panes.spans import thrifty
from tui.pointing import clicked, turned
from tui.screens.main import MainScreen
from tui.session import Session
from tui.settings import DisplaySettings
from tui.steering import focus
from tui.switching import Switch
from tui.theme import THEMES, Rising, colour_depth, palette, screen_theme
from tui.views.alerts import alerts
from tui.views.journal import journal

NOTICE_SECONDS = 6.0
"""How long a message stays in the status bar."""
SETTLED_SECONDS = (0.5, 10.0)
"""After so long what is there stays: modules and screens, then the past. To look for garbage in it would take 0.1 s."""


class LiqtopApp(App[None], inherit_bindings=False):
    """The screen of one session. `frames_per_second` 0: it paints only when told to (`tick`).

    `bandwidth`: bytes a second that the terminal may be sent, None for any number.
    """

    CSS_PATH = "app.tcss"
    TITLE = "liqtop"
    ALLOW_SELECT = False
    COMMAND_PALETTE_BINDING = BY_NAME[PALETTE].keys[0]
    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding(",".join(command.keys), f"command('{command.name}')", command.title, priority=command.always)
        for command in COMMANDS
        if command.name != PALETTE
    ]

    def __init__(
        self,
        session: Session,
        *,
        theme: str = THEMES[0],
        rising: Rising = "green",
        frames_per_second: float = 4.0,
        bandwidth: float | None = None,
        controls: Controls | None = None,
        clock: Callable[[], float] = time.monotonic,
        when_painted: Callable[[], None] | None = None,
        switch: Switch | None = None,
        desk: Desk | None = None,
        hints: Hints | None = None,
    ) -> None:
        depth = colour_depth()
        native = None if depth == "full" else True  # None: as the theme has it
        super().__init__(driver_class=_driver_class(), ansi_color=native)
        self._rising: Rising = rising
        self.style_palette = dict(palette(theme, depth, rising))
        self.switch = switch
        self._wear(theme)
        self.session = session
        self.controls = replace(controls or Controls(coin=session.coins[0]), mode=session.mode)
        self.view = EMPTY
        self.desk = desk or Desk(session, Alerting((), AlertingSettings(), NotifySettings(), session.mode, {}))
        self.main = MainScreen(
            self.style_palette,
            {
                "alerts": lambda *place: alerts(self.desk.alerting.board(), *place),
                "journal": lambda *place: journal(self.desk.journal(), *place),
            },
        )
        self.main.take_layouts(switch.running.layouts if switch is not None else {})
        self.hints = hints or Hints(None)
        self.clock = clock
        self._frames_per_second = frames_per_second
        self.notice_until = 0.0
        self.painting = Painting(self.style_palette, bandwidth, clock)
        self.brush = self.painting.brush
        self._when_painted = when_painted
        self._frames: Timer | None = None
        self.unlisted: Mapping[str, str] = {}

    def get_default_screen(self) -> Screen[Any]:
        """The main screen, instead of an empty one."""
        return self.main

    def on_mount(self) -> None:
        """Start the clock of frames."""
        self.app_resume_signal.subscribe(self, lambda _: self.main.refresh())
        self._beat(self._frames_per_second)
        if self._frames_per_second:
            for seconds in SETTLED_SECONDS:
                self.set_timer(seconds, gc.freeze)
        if self._when_painted is not None:
            self.call_after_refresh(self._when_painted)

    def _beat(self, frames_per_second: float) -> None:
        if self._frames is not None:
            self._frames.stop()
        self._frames_per_second = frames_per_second
        self._frames = self.set_interval(1 / frames_per_second, self.beat) if frames_per_second else None

    def _wear(self, theme: str) -> None:
        """Look like this. The panes and screens share the palette, so that it is changed in place."""
        self._theme_name = theme
        depth = colour_depth()
        colours = screen_theme(theme, depth)
        self.register_theme(colours)
        self.theme = colours.name
        self.style_palette.update(palette(theme, depth, self._rising))

    def wear_next(self) -> str:
        """Look like the next theme; returns its name."""
        self._theme_name = THEMES[(THEMES.index(self._theme_name) + 1) % len(THEMES)]
        self._wear(self._theme_name)
        self.main.repaint()
        return self._theme_name

    def dress(self, display: DisplaySettings) -> None:
        """Look as these settings say, from now on."""
        self._rising = display.rising
        self._wear(display.theme)
        self.main.repaint()
        self.painting.budget = bytes_a_second(display.bandwidth)
        if self._frames_per_second:
            self._beat(display.frames_per_second)
        self.steer(
            replace(
                self.controls,
                ascii=display.ascii,
                layout=display.layout,
                language="en" if display.ascii else language_of(display.language),
                local_time=display.local_time,
                window_minutes=display.window_minutes,
            )
        )

    def tick(self) -> None:
        """One frame that was asked for: taken anew, and painted at once. Raises `SourceCrashed`."""
        if self.screen_stack:  # there is none once it quits
            take(self, eased=False)
            paint(self)

    def beat(self) -> None:
        """One frame of the clock's: painted where something may have changed and the line bears it."""
        if self.screen_stack:
            take(self, eased=True)
            if self.painting.is_due(self.controls, is_held(self)):
                paint(self)

    @property
    def driver(self) -> Driver | None:
        """What writes to the terminal."""
        return self._driver

    def say(self, notice: str) -> None:
        """Tell the reader something in the status bar, for a few seconds."""
        self.controls = replace(self.controls, notice=notice)
        self.notice_until = self.clock() + NOTICE_SECONDS

    def write(self, sequence: str) -> None:
        """Send the terminal something that is not painted."""
        if self._driver is not None:
            self._driver.write(sequence)

    def action_command(self, name: str) -> None:
        """Run the command of a key."""
        self.hints.followed(name)
        if (steer := BY_NAME[name].steer) is not None:
            self.steer(steer(self.controls, self.session.coins))
        else:
            ACTIONS[name](self)
        self.tick()

    def steer(self, controls: Controls) -> None:
        """Obey new controls."""
        before = self.controls
        if controls.scroll != before.scroll and controls.focus == before.focus:
            controls = replace(controls, scroll=self.main.settled(self.view, before, controls))
        self.controls = controls
        if controls.focus != before.focus:
            self.main.pane(controls.focus).focus()

    def on_main_screen_focused(self, message: MainScreen.Focused) -> None:
        """A click moved the focus."""
        if message.pane != self.controls.focus:
            self.steer(focus(message.pane, self.controls))
            self.tick()

    def on_main_screen_resized(self) -> None:
        """Fill the panes at their new sizes."""
        self.tick()

    def on_main_screen_pasted(self, message: MainScreen.Pasted) -> None:
        """What is pasted into the panes is read as tables."""
        if self.screen is self.main:
            paste(self, message.text)

    def on_line_pane_wheel(self, message: LinePane.Wheel) -> None:
        """The wheel scrolls the pane under it, which takes the focus."""
        turned(self, message)

    def on_line_pane_clicked(self, message: LinePane.Clicked) -> None:
        """A click on a coin's tab shows the coin, one on the seek bar goes there, one on a number explains it."""
        clicked(self, message)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette has the commands that the keys have."""
        yield from palette_commands(self)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Write updates our way."""
        super()._display(screen, thrifty(renderable))


def _driver_class() -> type[Driver] | None:
    if sys.platform == "win32":
        return None
    from tui.driver import SafeDriver

    return SafeDriver
