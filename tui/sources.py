"""From what was asked for on the command line to a source: the exchanges, a tape, or the demo market."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from feeds.record import Record
from feeds.settings import FeedsSettings
from feeds.source import Source
from tui.config_problems import suggestion
from tui.exits import BadUsage

if TYPE_CHECKING:
    from feeds.store import Reader

SAMPLE = "sample"
"""The word for the recording that ships with liqtop, in place of a tape's path."""


class Memory(Protocol):
    """Where the past of live exchanges is: a store, or its reader; and who is told that it can't be read."""

    def open(self) -> Reader | None:
        """What can be read, and written where it is a store; None where there is nothing."""
        ...

    def tell(self, line: str) -> None:
        """Tell the reader this line."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which source, and how fast. Neither `demo` nor `tape`: live.

    `speed` 1 is the market's own pace, None as fast as possible. `start`: HH:MM (UTC) on the tape.
    `rate`: how busy the demo's market is, in times the usual. `seconds`: how much of the market's time; None is all
    there is.
    """

    demo: bool = False
    seed: int = 1
    scenario: str = "story"
    rate: float = 1.0
    tape: str | None = None
    speed: float | None = None
    start: str | None = None
    seconds: float | None = None

    @property
    def live(self) -> bool:
        """Whether exchanges are asked."""
        return not self.demo and self.tape is None


def open_source(
    choice: Choice,
    settings: FeedsSettings,
    coins: Sequence[str] = (),
    recorder: Callable[[Record], None] | None = None,
    successor_of: Source | None = None,
    memory: Memory | None = None,
) -> Source:
    """The chosen source; raises `BadUsage` where there is no such tape, time or scenario.

    `successor_of`: the source of the same kind that it takes the place of. `memory`: where live exchanges have a past.
    """
    if choice.demo and choice.tape is not None:
        raise BadUsage("--demo and --replay exclude each other")
    if choice.demo:
        return _demo(choice, settings, coins, recorder)
    if choice.tape is not None:
        return _replay(choice, settings)
    return _live(settings, coins, recorder, successor_of, memory)


def _live(
    settings: FeedsSettings,
    coins: Sequence[str],
    recorder: Callable[[Record], None] | None,
    successor_of: Source | None,
    memory: Memory | None,
) -> Source:
    from feeds.live import LiveSource

    if memory is None:
        last = successor_of if isinstance(successor_of, LiveSource) else None
        return LiveSource(settings, coins, recorder=recorder, successor_of=last)
    from feeds.stored import StoredSource

    before = successor_of if isinstance(successor_of, StoredSource) else None
    live = LiveSource(settings, coins, recorder=recorder, successor_of=None if before is None else before.source)
    venues = settings.network.venues
    return StoredSource(live, memory.open, coins, venues, tell=memory.tell, successor_of=before)


def _demo(
    choice: Choice, settings: FeedsSettings, coins: Sequence[str], recorder: Callable[[Record], None] | None
) -> Source:
    from feeds.demo import DemoSource
    from feeds.demo.script import SCENARIOS

    if choice.scenario not in SCENARIOS:
        known = ", ".join(SCENARIOS)
        raise BadUsage(
            f"--scenario: unknown {choice.scenario!r}, known: {known}{suggestion(choice.scenario, SCENARIOS)}"
        )
    return DemoSource(
        settings,
        coins=coins,
        seed=choice.seed,
        speed=choice.speed,
        seconds=choice.seconds,
        scenario=choice.scenario,
        rate=choice.rate,
        recorder=recorder,
    )


def _replay(choice: Choice, settings: FeedsSettings) -> Source:
    from feeds.replay import ReplaySource
    from feeds.tape import TapeError

    path = tape_path(choice.tape or "")
    try:
        start_ms = _start_ms(path, choice.start) if choice.start else None
        return ReplaySource(path, settings, speed=choice.speed, start_ms=start_ms, seconds=choice.seconds)
    except TapeError as error:
        raise BadUsage(str(error)) from None


def tape_path(name: str) -> Path:
    """The tape of that path, or the shipped sample; raises `BadUsage` where there is none."""
    if name == SAMPLE:
        from feeds.sample import sample_path

        return sample_path()
    path = Path(name)
    if not path.is_file():
        raise BadUsage(f"no such tape: {name} (the word {SAMPLE!r} means the recording that ships with liqtop)")
    return path


def _start_ms(path: Path, clock: str) -> int:
    """The first time the tape shows this clock time; raises `BadUsage` where it never does."""
    from feeds.tape import TapeReader

    reader = TapeReader(path)
    try:
        wanted = datetime.strptime(clock, "%H:%M").time()
    except ValueError:
        raise BadUsage(f"--at: expected a time such as 16:55, found {clock!r}") from None
    if reader.first_ms is None or reader.last_ms is None:
        raise BadUsage(f"{path}: the tape is empty")
    first, last = (datetime.fromtimestamp(ms / 1000, UTC) for ms in (reader.first_ms, reader.last_ms))
    moment = datetime.combine(first.date(), wanted, UTC)
    if moment < first.replace(second=0, microsecond=0):
        moment += timedelta(days=1)
    if moment > last:
        raise BadUsage(f"--at: the tape runs from {first:%Y-%m-%d %H:%M} to {last:%Y-%m-%d %H:%M} UTC, not at {clock}")
    return max(int(moment.timestamp() * 1000), reader.first_ms)
