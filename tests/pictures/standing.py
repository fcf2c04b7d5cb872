"""A market that was told up to one moment and stands there, so that every picture of it is the same."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from feeds.demo import DemoSource
from feeds.demo.session import START_MS
from feeds.events import AnyEvent
from feeds.record import Record
from feeds.replay import ReplaySource
from feeds.source import Emit, Mode, Source
from feeds.symbols import SymbolTable
from tui.driving import Seen
from tui.headless.run import run
from tui.recording import Recording
from tui.scanning.look import look
from tui.scanning.order import Order
from tui.session import Session
from tui.settings import DEFAULT_COINS, Settings

_HISTORY_SECONDS = 1200
_WAIT_SECONDS = 60.0
_ROOM = 10_000_000
"""Events that may wait: all of a tale at once."""


@dataclass(frozen=True, slots=True)
class Tale:
    """What a market was told: a scenario of the demo for so many seconds.

    `recorded`: so many seconds of it were recorded, and the tale is a replay of that; 0: it is the demo itself.
    """

    scenario: str
    seconds: float
    recorded: float = 0.0
    coins: tuple[str, ...] = DEFAULT_COINS
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Told:
    """All events of a tale, and the moments of its beginning, its end and that of the recording, UNIX ms.

    `seen`: what a look through the recording finds; None where there is none.
    """

    events: tuple[AnyEvent, ...]
    mode: Mode
    first_ms: int
    at_ms: int
    end_ms: int
    symbols: SymbolTable
    seen: Seen | None = None


@cache
def told(tale: Tale) -> Told:
    """The tale in full, told as fast as it can be."""
    if tale.recorded:
        with TemporaryDirectory() as folder:
            return _replayed(tale, Path(folder) / "tape")
    source = _demo(tale, tale.seconds)
    return Told(_events(source), source.mode, START_MS, source.now_ms(), START_MS, source.symbols)


def _demo(tale: Tale, seconds: float, recorder: Callable[[Record], None] | None = None) -> DemoSource:
    return DemoSource(
        Settings(),
        coins=tale.coins,
        seed=tale.seed,
        start_ms=START_MS,
        speed=None,
        seconds=seconds,
        scenario=tale.scenario,
        history_seconds=_HISTORY_SECONDS,
        recorder=recorder,
    )


def _replayed(tale: Tale, path: Path) -> Told:
    with Recording(path) as recording:
        _events(_demo(tale, tale.recorded, recording.write))
    tape = ReplaySource(path, Settings(), speed=None, seconds=_HISTORY_SECONDS + tale.seconds)
    events = _events(tape)
    order = Order(
        tape=str(path),
        first_ms=tape.first_ms,
        end_ms=tape.last_ms,
        coins=tale.coins,
        settings=Settings().model_dump_json(),
        seconds=_WAIT_SECONDS,
    )
    *_, found = look(order)
    seen = Seen("done", 1.0, found.marks, found.busy)
    return Told(events, tape.mode, tape.first_ms, tape.now_ms(), tape.last_ms, tape.symbols, seen)


def _events(source: Source) -> tuple[AnyEvent, ...]:
    events: list[AnyEvent] = []
    run(source, events.extend)
    return tuple(events)


class Standing:
    """The source of a market that stands."""

    def __init__(self, tale: Told) -> None:
        self.mode: Mode = tale.mode
        self.symbols = tale.symbols
        self.all_told = threading.Event()
        self._tale = tale

    def now_ms(self) -> int:
        return self._tale.at_ms

    async def run(self, emit: Emit) -> None:
        emit(self._tale.events)
        self.all_told.set()
        await asyncio.Event().wait()


class StandingTape(Standing):
    """The same as a recording, of which the tale is the beginning."""

    def __init__(self, tale: Told) -> None:
        super().__init__(tale)
        self.speed: float | None = 10.0
        self.paused = False
        self.on_restart: Callable[[], None] | None = None
        self.on_arrival: Callable[[], None] | None = None
        self.first_ms = self.since_ms = tale.first_ms
        self.end_ms, self.place_ms = tale.end_ms, tale.at_ms
        self.lead_in: float | None = None

    def seek(self, to_ms: int) -> None:
        """It stands."""

    def step(self) -> None:
        """It stands."""

    def begin_again(self) -> None:
        """It stands."""


class Scanned:
    """A look through the recording that is done."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen

    def start(self) -> None: ...

    def go_on(self) -> None: ...

    def again(self, coins: tuple[str, ...]) -> None: ...

    def close(self) -> None: ...


@contextmanager
def session_of(tale: Tale) -> Iterator[Session]:
    """A session on the market of a tale."""
    with opened_on(told(tale), tale.coins) as session:
        yield session


@contextmanager
def opened_on(known: Told, coins: tuple[str, ...]) -> Iterator[Session]:
    """A session on a market that was told all this."""
    source = Standing(known) if known.seen is None else StandingTape(known)
    scan = None if known.seen is None else Scanned(known.seen)
    settings = Settings()
    roomy = settings.model_copy(update={"intake": settings.intake.model_copy(update={"inbox_events": _ROOM})})
    session = Session(source, roomy, settings, coins, clock=lambda: 0.0, scan=scan)
    session.start()
    try:
        assert source.all_told.wait(_WAIT_SECONDS)
        yield session
    finally:
        session.stop()
