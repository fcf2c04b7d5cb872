"""The monitor: keys become controls, and a clock of a few frames a second paints what the session sees."""

from tui import environment  # noqa: F401 - Textual reads it when it is imported

# isort: split
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
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
from tui.commands import BY_NAME, COMMANDS, shown
from tui.controls import Controls
from tui.inspecting import explain_at
from tui.language import language_of
from tui.desk import Desk
from tui.keeping import attend
from tui.notify.settings import NotifySettings
from tui.panes.lines import LinePane
from tui.panes.spans import thrifty
from tui.scenes import choose_scenario, scenario_names, seek_at
from tui.screens.main import MainScreen
from tui.session import Session
from tui.settings import DisplaySettings
from tui.steering import focus, scroll, show_coin
from tui.switching import Switch, choose_list, list_names
from tui.theme import THEMES, colour_depth, palette, screen_theme
from tui.views.alerts import alerts
from tui.views.journal import journal

NOTICE_SECONDS = 6.0
"""How long a message stays in the status bar."""
RATE_SECONDS = 2.0
"""Over how long the bytes to the terminal are counted."""
TAB_MARKS = "▸>!…~"
"""What may stand beside a coin in its tab."""
_PALETTE = "palette"


class LiqtopApp(App[None], inherit_bindings=False):
    """The screen of one session. `frames_per_second` 0: it paints only when told to (`tick`)."""

    CSS_PATH = "app.tcss"
    TITLE = "liqtop"
    ALLOW_SELECT = False
    COMMAND_PALETTE_BINDING = BY_NAME[_PALETTE].keys[0]
    BINDINGS = [  # noqa: RUF012 - Textual declares it
        Binding(",".join(command.keys), f"command('{command.name}')", command.title, priority=command.always)
        for command in COMMANDS
        if command.name != "palette"
    ]

    def __init__(
        self,
        session: Session,
        *,
        theme: str = THEMES[0],
        frames_per_second: float = 4.0,
        controls: Controls | None = None,
        clock: Callable[[], float] = time.monotonic,
        when_painted: Callable[[], None] | None = None,
        switch: Switch | None = None,
        desk: Desk | None = None,
    ) -> None:
        depth = colour_depth()
        super().__init__(driver_class=_driver_class(), ansi_color=depth != "full")
        self.style_palette = dict(palette(theme, depth))
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
        self._clock = clock
        self._frames_per_second = frames_per_second
        self._notice_until = 0.0
        self._counted = (clock(), 0)
        self._when_painted = when_painted
        self._frames: Timer | None = None
        self._unlisted: Mapping[str, str] = {}

    def get_default_screen(self) -> Screen[Any]:
        """The main screen, instead of an empty one."""
        return self.main

    def on_mount(self) -> None:
        """Start the clock of frames."""
        self.app_resume_signal.subscribe(self, lambda _: self.main.refresh())
        self._beat(self._frames_per_second)
        if self._when_painted is not None:
            self.call_after_refresh(self._when_painted)

    def _beat(self, frames_per_second: float) -> None:
        if self._frames is not None:
            self._frames.stop()
        self._frames_per_second = frames_per_second
        self._frames = self.set_interval(1 / frames_per_second, self.tick) if frames_per_second else None

    def _wear(self, theme: str) -> None:
        """Look like this. The panes and screens share the palette, so that it is changed in place."""
        self._theme_name = theme
        depth = colour_depth()
        colours = screen_theme(theme, depth)
        self.register_theme(colours)
        self.theme = colours.name
        self.style_palette.update(palette(theme, depth))

    def wear_next(self) -> str:
        """Look like the next theme; returns its name."""
        self._theme_name = THEMES[(THEMES.index(self._theme_name) + 1) % len(THEMES)]
        self._wear(self._theme_name)
        self.main.repaint()
        return self._theme_name

    def dress(self, display: DisplaySettings) -> None:
        """Look as these settings say, from now on."""
        self._wear(display.theme)
        self.main.repaint()
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
        """One frame: take events in, and paint unless the terminal lags behind. Raises `SourceCrashed`."""
        self.view = self.session.frame(self.controls)
        attend(self)
        if self.session.ended and not self.controls.notice and self.session.mode != "LIVE":
            back = f"; {shown(BY_NAME['back'].keys[0])} goes back" if self.session.is_tape else ""
            self.say(f"end of the data{back}")
        if self.session.unlisted is not self._unlisted:
            self._unlisted = self.session.unlisted
            if self._unlisted:
                self.say("   ".join(self._unlisted.values()))
        self._update_controls()
        if not getattr(self._driver, "backed_up", False) and self.screen is self.main:
            self.main.paint(self.view, self.controls, self.session.beside_view(self.controls))

    def _update_controls(self) -> None:
        now, speed = self._clock(), self.session.speed
        notice = self.controls.notice if now < self._notice_until else ""
        rate = self.controls.bytes_per_second
        written: int | None = getattr(self._driver, "bytes_written", None)
        since, count = self._counted
        if written is not None and now - since >= RATE_SECONDS:
            rate = (written - count) / (now - since)
            self._counted = (now, written)
        speed = float("inf") if speed is None else speed
        self.controls = replace(self.controls, notice=notice, speed=speed, bytes_per_second=rate)

    def say(self, notice: str) -> None:
        """Tell the reader something in the status bar, for a few seconds."""
        self.controls = replace(self.controls, notice=notice)
        self._notice_until = self._clock() + NOTICE_SECONDS

    def write(self, sequence: str) -> None:
        """Send the terminal something that is not painted."""
        if self._driver is not None:
            self._driver.write(sequence)

    def action_command(self, name: str) -> None:
        """Run the command of a key."""
        if (steer := BY_NAME[name].steer) is not None:
            self.steer(steer(self.controls, self.session.coins))
        else:
            ACTIONS[name](self)
        self.tick()

    def steer(self, controls: Controls) -> None:
        """Obey new controls. Another coin, window or zoom while paused is a new picture, held from now on."""
        before = self.controls
        if controls.scroll != before.scroll and controls.focus == before.focus:
            controls = replace(controls, scroll=self.main.settled(self.view, before, controls))
        asked, was = ((one.coin, one.window_minutes, one.zoom) for one in (controls, before))
        if controls.paused_at_ms is not None and asked != was:
            controls = replace(controls, paused_at_ms=self.session.source.now_ms())
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
        if message.pane.focusable:
            self.steer(focus(message.pane.id or "", self.controls))
            self.steer(scroll(message.rows)(self.controls, self.session.coins))
            self.tick()

    def on_line_pane_clicked(self, message: LinePane.Clicked) -> None:
        """A click on a coin's tab shows the coin, one on the seek bar goes there, one on a number explains it."""
        if message.pane.id == "seek":
            seek_at(self, message.x)
            return
        coin = message.word.strip(TAB_MARKS)
        if message.pane.id in ("header", "overview") and coin in self.session.coins:
            home = self.controls.home if message.pane.id == "overview" else self.controls.focus
            self.steer(show_coin(coin, focus(home, self.controls)))
            self.tick()
        else:
            explain_at(self, message.pane.id or "", message.x, message.y)

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette has the commands that the keys have."""
        for command in COMMANDS:
            if command.name != _PALETTE:
                keys = " ".join(shown(key) for key in command.keys)
                yield SystemCommand(
                    command.title, f"{command.help}  {keys}", partial(self.action_command, command.name)
                )
        for name in scenario_names(self):
            yield SystemCommand(f"Demo scenario: {name}", "Begin it.", partial(choose_scenario, name, self))
        for name in list_names(self):
            title = f"Switch coin list: {name or 'the coins of the command line'}"
            yield SystemCommand(title, "Watch these coins.", partial(self._choose_list, name))

    def _choose_list(self, name: str) -> None:
        choose_list(name, self)
        self.tick()

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        """Write updates our way."""
        super()._display(screen, thrifty(renderable))


def _driver_class() -> type[Driver] | None:
    if sys.platform == "win32":
        return None
    from tui.driver import SafeDriver

    return SafeDriver
