"""Hints for a newcomer: one at a time in the status bar, each gone for good once it was followed or seen enough."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec
import platformdirs

from scoring.view import MarketView
from tui.commands import BY_NAME, shown
from tui.controls import SCREENS, Controls
from tui.language import label
from tui.views.trouble import troubled

HINT_SECONDS = 40.0
"""How long a hint stays before the next one has its turn."""
SESSIONS = 3
"""In so many sessions a hint is shown; then it was seen often enough."""
MOST_BYTES = 10_000
"""So much of the file is read: ours is shorter, and the rest of another would be no JSON."""


@dataclass(frozen=True, slots=True)
class Hint:
    """What to try: `text` with the keys of the first `keys` of `commands`; any of them means that it was followed."""

    text: str
    commands: tuple[str, ...]
    keys: int = 1

    @property
    def name(self) -> str:
        """What it is called in the file."""
        return self.commands[0]

    @property
    def keys_of(self) -> tuple[str, ...]:
        """The commands whose keys are told."""
        return self.commands[: self.keys]


HINTS: tuple[Hint, ...] = (
    Hint("{key} shows every key", ("help",)),
    Hint("{key} goes to the next pane", ("next_pane", "previous_pane")),
    Hint("{key} explains a number", ("inspect",)),
    Hint("{key} changes the window", ("shorter", "longer"), keys=2),
    Hint("{key} shows all coins", ("overview",)),
)
"""In the order in which they are given."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the reader knows: hints that were followed, and in how many sessions each was shown."""

    followed: frozenset[str] = frozenset()
    shown: dict[str, int] = field(default_factory=dict)

    def wants(self, hint: Hint) -> bool:
        """Whether a hint may still be given."""
        return hint.name not in self.followed and self.shown.get(hint.name, 0) < SESSIONS


class Hints:
    """The hints of one session. `seen` None: no hints. `keep` is called with what is new to be remembered."""

    def __init__(self, seen: Seen | None, keep: Callable[[Seen], None] = lambda _: None) -> None:
        self._seen = seen or Seen()
        self._keep = keep
        self._left = [hint for hint in HINTS if seen is not None and seen.wants(hint)]
        self._shown_for: float | None = None
        self._last = 0.0

    def followed(self, command: str) -> None:
        """A command was run: its hint is not needed any more."""
        for hint in HINTS:
            if command in hint.commands and hint in self._left:
                if hint == self._left[0]:
                    self._shown_for = None
                self._left.remove(hint)
                self._remember(replace(self._seen, followed=self._seen.followed | {hint.name}))

    def carried(self, view: MarketView, controls: Controls, now: float, free: bool = True) -> Controls:
        """The controls with the hint of this moment (`now` in seconds), or without one while something matters more.

        `free`: no other screen is before the panes, so that their keys do what the hint says.
        """
        quiet = free and not (controls.notice or view.notes or troubled(view) or controls.focus in SCREENS)
        passed, self._last = max(now - self._last, 0.0), now
        text = ""
        if quiet and view.price.value is not None and (hint := self._present(passed, bool(controls.hint))):
            keys = " ".join(shown(BY_NAME[name].keys[0]) for name in hint.keys_of)
            text = label(hint.text, controls, key=keys)
        return controls if text == controls.hint else replace(controls, hint=text)

    def _present(self, passed: float, was_shown: bool) -> Hint | None:
        """The hint whose turn it is; each has it once a session, and one that is hidden meanwhile loses no time."""
        if self._shown_for is not None and was_shown:
            self._shown_for += passed
        if self._shown_for is not None and self._shown_for >= HINT_SECONDS:
            del self._left[0]
            self._shown_for = None
        if not self._left:
            return None
        hint = self._left[0]
        if self._shown_for is None:
            self._shown_for = 0.0
            times = {**self._seen.shown, hint.name: self._seen.shown.get(hint.name, 0) + 1}
            self._remember(replace(self._seen, shown=times))
        return hint

    def _remember(self, seen: Seen) -> None:
        self._seen = seen
        self._keep(seen)


def hints_file() -> Path:
    """Where it is remembered what was seen."""
    return platformdirs.user_state_path("liqtop", appauthor=False) / "hints.json"


def open_hints(wanted: bool, path: Path | None = None) -> Hints:
    """The hints for this reader. None where the file can't be read or written, so that none comes for ever."""
    if not wanted:
        return Hints(None)
    file = path or hints_file()
    try:
        seen = _read(file)
        _keep(seen, file)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Hints(None)

    def keep(now: Seen) -> None:
        with suppress(OSError):
            _keep(now, file)

    return Hints(seen, keep)


def _read(path: Path) -> Seen:
    """What the file says, nothing where there is none; raises `OSError` or `MsgspecError` where it is no such file."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return Seen()
    return msgspec.json.decode(raw, type=Seen)


def _keep(seen: Seen, path: Path) -> None:
    """Write it whole or not at all, for the user's eyes alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(msgspec.json.encode(seen))
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
