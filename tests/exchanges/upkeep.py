"""What an exchange does to its sockets by the clock: ping frames, cutting the silent, closing the old."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from .journal import Journal
from .session import Session


def duties(session: Session, journal: Journal) -> list[Coroutine[None, None, None]]:
    """The tasks to run as long as the socket is open; each ends by itself or is cancelled."""
    upkeep = session.upkeep
    work = [_enforce_budget(session)]
    if upkeep.ping_seconds is not None:
        work.append(_ping(session, journal, upkeep.ping_seconds, upkeep.pong_seconds))
    if upkeep.client_silence_seconds is not None:
        work.append(_cut(session, upkeep.client_silence_seconds, lambda: session.received_s))
    if upkeep.idle_seconds is not None:
        work.append(_cut(session, upkeep.idle_seconds, lambda: max(session.received_s, session.sent_s)))
    if upkeep.life_seconds is not None:
        work.append(_retire(session, upkeep.life_seconds))
    return work


async def _enforce_budget(session: Session) -> None:
    await session.overrun.wait()
    await session.end(1008, "Too many requests")


async def _ping(session: Session, journal: Journal, every_seconds: float, pong_seconds: float | None) -> None:
    with suppress(ConnectionClosed):
        while True:
            await asyncio.sleep(every_seconds)
            if session.frozen:
                return
            pong = await session.socket.ping()
            try:
                await asyncio.wait_for(pong, pong_seconds)
            except TimeoutError:
                await session.end(1008, "Pong timeout")
                return
            session.log.pongs += 1
            journal.changed()


async def _cut(session: Session, after_seconds: float, last_s: Callable[[], float]) -> None:
    while (left := last_s() + after_seconds - session.clock()) > 0:
        await asyncio.sleep(left)
    await session.end(1000, "idle")


async def _retire(session: Session, life_seconds: float) -> None:
    await asyncio.sleep(life_seconds)
    await session.end(1001, "24 hours")
