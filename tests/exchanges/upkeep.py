"""What an exchange does to its sockets by the clock: ping frames, cutting the silent, closing the old."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress

from websockets.exceptions import ConnectionClosed

from .dialect import Dialect
from .journal import Journal
from .session import Session


def duties(session: Session, journal: Journal, dialect: Dialect) -> list[Coroutine[None, None, None]]:
    """The tasks to run as long as the socket is open; each ends by itself or is cancelled."""
    upkeep = session.upkeep
    work = [_enforce_budget(session), _question(session, journal, dialect)]
    if upkeep.ping_seconds is not None:
        work.append(_ping(session, journal, upkeep.ping_seconds, upkeep.pong_seconds))
    if upkeep.client_silence_seconds is not None:
        work.append(_cut(session, upkeep.client_silence_seconds, lambda: session.received_s))
    if upkeep.idle_seconds is not None:
        work.append(_cut(session, upkeep.idle_seconds, lambda: max(session.received_s, session.sent_s)))
    if upkeep.quiet_seconds is not None:
        work.append(_cut(session, upkeep.quiet_seconds, lambda: session.sent_s))
    if upkeep.subscribe_seconds is not None:
        work.append(_expect_subscription(session, upkeep.subscribe_seconds))
    if upkeep.beat_seconds is not None:
        work.append(_beat(session, dialect, upkeep.beat_seconds))
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


async def _question(session: Session, journal: Journal, dialect: Dialect) -> None:
    await session.asking.wait()
    with suppress(ConnectionClosed):
        while True:
            every = session.question_seconds
            await asyncio.sleep(every or 0.0)
            session.answered.clear()
            if not await session.tell(dialect.question(session)):
                return
            try:
                await asyncio.wait_for(session.answered.wait(), session.upkeep.answer_seconds or every)
            except TimeoutError:
                await session.end(1000, "heartbeat unanswered")
                return
            session.log.pongs += 1
            journal.changed()


async def _beat(session: Session, dialect: Dialect, every_seconds: float) -> None:
    with suppress(ConnectionClosed):
        while True:
            await asyncio.sleep(every_seconds)
            for text in () if session.silent else dialect.beat(session):
                await session.tell(text)


async def _expect_subscription(session: Session, within_seconds: float) -> None:
    await asyncio.sleep(within_seconds)
    if not session.log.subscribed:
        await session.end(1000, "no subscription")


async def _cut(session: Session, after_seconds: float, last_s: Callable[[], float]) -> None:
    while (left := last_s() + after_seconds - session.clock()) > 0:
        await asyncio.sleep(left)
    await session.end(1000, "idle")


async def _retire(session: Session, life_seconds: float) -> None:
    await asyncio.sleep(life_seconds)
    await session.end(1001, "24 hours")
