"""Runs a source without a screen: to its end, for some seconds of its market's time, or until a signal asks to stop."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Collection, Mapping, Sequence

from feeds.block import TapeError
from feeds.events import AnyEvent
from feeds.source import Source
from feeds.unlisted import Lister
from tui.headless.output import narrate

Take = Callable[[Sequence[AnyEvent]], None]
_STOP = ("SIGTERM", "SIGHUP")


def run(
    source: Source,
    take: Take,
    *,
    seconds: float | None = None,
    interrupt_ends: bool = False,
    coins: Collection[str] = (),
) -> None:
    """Give every batch of events to `take` until the source ends, `seconds` have passed, or SIGTERM or SIGHUP comes.

    Seconds are the wall's and end a live source; a tape and the demo count their own, and end by themselves. Where
    `interrupt_ends`, Ctrl+C is an ordinary end too; otherwise it raises `KeyboardInterrupt`. What stops `take` (a
    closed pipe, a full disk) stops the source and is raised: `OSError` or `TapeError`. Coins that no exchange lists are
    told on stderr; where none of `coins` is listed there is nothing to wait for.
    """
    asyncio.run(
        _Run(source, take, seconds, frozenset(coins)).until_over((*_STOP, "SIGINT") if interrupt_ends else _STOP)
    )


class _Run:
    def __init__(self, source: Source, take: Take, seconds: float | None, coins: frozenset[str]) -> None:
        self._source = source
        self._coins = coins
        if isinstance(source, Lister):
            source.on_unlisted = self._unlisted
        self._take = take
        self._seconds = seconds
        self._over = False
        self._failure: OSError | TapeError | None = None
        self._limit: asyncio.Timeout | None = None

    async def until_over(self, signals: Sequence[str]) -> None:
        loop = asyncio.get_running_loop()
        for name in signals:
            with contextlib.suppress(NotImplementedError, AttributeError):  # Windows has neither
                loop.add_signal_handler(getattr(signal, name), self._stop)
        seconds = self._seconds if self._source.mode == "LIVE" else None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds) as self._limit:
                await self._source.run(self._emit)
        if self._failure:
            raise self._failure

    def _emit(self, events: Sequence[AnyEvent]) -> bool:
        if self._over:
            return False
        try:
            self._take(events)
        except (OSError, TapeError) as error:  # raised again outside of the source, which would wrap it in a group
            self._failure = error
            self._stop()
        return not self._over

    def _unlisted(self, found: Mapping[str, str]) -> None:
        for reason in found.values():
            narrate(f"liqtop: {reason}")
        if self._coins and self._coins <= found.keys():
            self._stop()

    def _stop(self) -> None:
        self._over = True
        if self._limit is not None:
            self._limit.reschedule(-1)
