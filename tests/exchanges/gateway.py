"""The one loopback server behind which all exchanges live, at /HOST/PATH?QUERY for websockets, GETs and POSTs alike."""

import asyncio
from collections.abc import Mapping

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from .answers import NOT_FOUND, Answers, response
from .dialect import Dialect
from .faults import AcceptAndClose, AckAndSilent, Answer, FaultBoard, HalfOpen, Hang, SocketFault
from .journal import Journal, SocketLog
from .outbox import Outbox
from .session import Address, Opening, Session, Socket
from .upkeep import duties


class Gateway:
    """Opens sockets, applies the faults, answers REST. Errors of its own are kept in `crashes` for the test to see."""

    def __init__(
        self,
        dialects: Mapping[str, Dialect],
        outbox: Outbox,
        journal: Journal,
        faults: FaultBoard,
        connects_per_second: Mapping[str, int | None],
    ) -> None:
        self.crashes: list[Exception] = []
        self._dialects = dialects
        self._outbox = outbox
        self._journal = journal
        self._faults = faults
        self._answers = Answers(dialects, journal, faults)
        self._connects_per_second = connects_per_second
        self._planned: dict[Session, SocketFault] = {}
        self._stopping = asyncio.Event()
        self._server: Server | None = None

    async def start(self) -> int:
        """Listen on a free port of 127.0.0.1 and return it."""
        self._server = await serve(
            self._converse,
            "127.0.0.1",
            0,
            process_request=self._request,
            create_connection=Socket,
            compression=None,
            ping_interval=None,
            open_timeout=None,
            close_timeout=0.5,
        )
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def stop(self) -> None:
        """Let go of every socket and call, also of those that hang."""
        assert self._server is not None
        self._stopping.set()
        for session in self._outbox.sessions:
            if session.frozen:
                session.socket.transport.abort()
        self._server.close()
        await self._server.wait_closed()

    async def _request(self, connection: ServerConnection, request: Request) -> Response | None:
        assert isinstance(connection, Socket)
        address = Address.parse(request.path)
        try:
            if request.headers.get("Upgrade", "").lower() == "websocket":
                return await self._handshake(connection, address)
            answer = self._answers.to(request.method, address, connection.posted, _now())
            return await self._hang(connection) if answer is None else answer
        except Exception as crash:  # the server would answer 500 and log it; the test has to fail
            self.crashes.append(crash)
            raise

    async def _handshake(self, socket: Socket, address: Address) -> Response | None:
        """None: go on with the websocket, whose session is ready."""
        dialect, opening = self._place(address)
        if dialect is None or opening is None:
            self._journal.strays.append(f"{address.host}{address.path}")
            self._journal.changed()
            return response(NOT_FOUND)
        log = SocketLog(opening.endpoint, address.host, address.path, address.query, _now())
        self._journal.sockets.append(log)
        fault = self._faults.next_socket(opening.endpoint)
        if fault is None and self._too_many_connects(log):
            fault = Answer(429, "Too many connections", content_type="text/plain")
        if opening.refused:
            socket.transport.abort()
            fault = Hang()
        if isinstance(fault, Answer):
            log.status = fault.status
            self._journal.changed()
            return response(fault)
        if isinstance(fault, Hang):
            self._journal.changed()
            return await self._hang(socket)
        identity = f"{dialect.venue}-{len(self._journal.sockets):04d}"
        socket.session = Session(socket, identity, opening, dialect.upkeep(opening.endpoint), log)
        if fault is not None:
            self._planned[socket.session] = fault
        return None

    def _place(self, address: Address) -> tuple[Dialect | None, Opening | None]:
        dialect = next((one for one in self._dialects.values() if address.host in one.websocket_hosts), None)
        return dialect, dialect.open(address) if dialect else None

    def _too_many_connects(self, log: SocketLog) -> bool:
        most = self._connects_per_second.get(log.endpoint)
        recent = [one for one in self._journal.sockets if one.endpoint == log.endpoint and one.at_s > log.at_s - 1.0]
        return most is not None and len(recent) > most

    async def _hang(self, socket: Socket) -> Response:
        """Answer nothing until the client gives up or the gateway stops."""
        stopping = asyncio.create_task(self._stopping.wait())
        gone = asyncio.create_task(socket.wait_closed())
        await asyncio.wait([stopping, gone], return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        gone.cancel()
        socket.transport.abort()
        return response(NOT_FOUND)

    async def _converse(self, connection: ServerConnection) -> None:
        assert isinstance(connection, Socket)
        session = connection.session
        assert session is not None
        session.log.status = 101
        self._outbox.sessions.append(session)
        self._journal.changed()
        try:
            async with asyncio.TaskGroup() as tasks:
                running = [
                    tasks.create_task(duty)
                    for duty in duties(session, self._journal, self._outbox.dialect_of(session.opening.endpoint))
                ]
                await self._read(session)
                for task in running:
                    task.cancel()
        except Exception as crash:  # the server would only log it and close with 1011; the test has to fail
            self.crashes.append(crash)
            raise
        finally:
            self._outbox.sessions.remove(session)
            session.log.closed_at_s = _now()
            session.log.close_code = connection.close_code
            self._journal.changed()

    async def _read(self, session: Session) -> None:
        try:
            if not await self._meet_fault(session):
                return
            hello = self._outbox.dialect_of(session.opening.endpoint).hello(session)
            if hello is not None:
                await session.tell(hello)
            await self._outbox.subscribe(session, session.opening.streams)
            async for message in session.socket:
                session.arrived()
                session.log.received.append(message if isinstance(message, str) else message.decode(errors="replace"))
                session.log.received_at_s.append(_now())
                self._journal.changed()
                if session.overrun.is_set():
                    break
                await self._react(session, session.log.received[-1])
            await session.socket.wait_closed()
        except ConnectionClosed:
            return

    async def _meet_fault(self, session: Session) -> bool:
        """Apply the fault planned for this socket; False: there is nothing left to talk about."""
        match self._planned.pop(session, None):
            case AcceptAndClose(code, reason):
                await session.end(code, reason)
                return False
            case HalfOpen():
                session.freeze()
                await session.socket.wait_closed()
                return False
            case AckAndSilent():
                session.silent = True
        return True

    async def _react(self, session: Session, text: str) -> None:
        reaction = self._outbox.dialect_of(session.opening.endpoint).react(session, text)
        if reaction.close is not None:
            for reply in reaction.replies:
                await session.tell(reply)
            await session.end(*reaction.close)
            return
        if reaction.answered:
            session.answered.set()
        if reaction.question_seconds is not None:
            session.ask_every(reaction.question_seconds)
        if reaction.wrapped is not None:
            session.wrapped = reaction.wrapped
        for stream in reaction.unsubscribe:
            session.streams.pop(stream, None)
            session.log.unsubscribed.append(stream)
        await self._outbox.subscribe(session, reaction.subscribe, reaction.replies)
        session.log.pings_answered += reaction.pings_answered
        self._journal.changed()


def _now() -> float:
    return asyncio.get_running_loop().time()
