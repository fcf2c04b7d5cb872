"""Whatever answers at an exchange's address: the attempt ends as a failure that names it, and nothing else ends."""

import asyncio
import contextlib
import gzip
from collections.abc import AsyncIterator, Callable

import pytest

from feeds.rest import Rest, RestError
from feeds.retry import Failure, judge
from feeds.settings import ConnectionSettings, FeedsSettings, NetworkSettings
from feeds.socket import Socket
from feeds.venue import Connection

pytestmark = pytest.mark.anyio

PLAN = Connection("binance", "perp", "binance perp", "wss://host/path", ("hello",), 100.0, None, 45.0, 86_400.0)


def head(status: str, *headers: bytes, body: bytes = b"") -> bytes:
    lines = (b"HTTP/1.1 " + status.encode(), *headers, b"Content-Length: %d" % len(body))
    return b"\r\n".join((*lines, b"", body))


ANSWERS = {
    "nothing": b"",
    "garbage": b"\x00\xff\xfe garbage\r\n\r\n",
    "endless header": b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
    "no header": b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
    "length in words": b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    "broken chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
    "broken gzip": head("500 Oops", b"Content-Encoding: gzip", body=b"abc"),
    "bomb": head("200 OK", b"Content-Encoding: gzip", body=gzip.compress(bytes(80_000_000), 1)),
    "wait in superscript": head("429 No", b"Retry-After: \xb2"),
    "wait twice": head("429 No", b"Retry-After: 1", b"Retry-After: 2"),
    "wait for ever": head("503 No", b"Retry-After: " + b"9" * 400),
    "sent to a web page": head("302 Found", b"Location: https://portal.invalid/login"),
    "sent to no address": head("302 Found", b"Location: ws://[bad/"),
    "sent to no port": head("302 Found", b"Location: ws://127.0.0.1:99999/"),
    "sent to no name": head("302 Found", b"Location: ws://" + b"a" * 70 + b".invalid/"),
    "sent in circles": head("302 Found", b"Location: /again"),
    "wrong key": b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Accept: no\r\n\r\n",
}


@contextlib.asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[FeedsSettings]:
    """Settings whose gateway answers everything so."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await reader.read(4096)
            writer.write(answer)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield to(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        await server.wait_closed()


def to(port: int, scheme: str = "http") -> FeedsSettings:
    return FeedsSettings(
        network=NetworkSettings(gateway=f"{scheme}://127.0.0.1:{port}"), connection=ConnectionSettings(open_seconds=2.0)
    )


async def attempt(settings: FeedsSettings, on_frame: Callable[[bytes], bool] = lambda frame: False) -> Failure:
    return await Socket(PLAN, settings, on_frame).run()


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_a_socket_that_can_not_be_opened_is_tried_again(answer: bytes) -> None:
    async with answering(answer) as settings:
        failure = await attempt(settings)
    verdict = judge(failure, 300.0)
    assert verdict.outcome in ("retry", "refused")
    assert not verdict.reason.endswith(": ")
    assert verdict.wait_seconds is None or 0 < verdict.wait_seconds <= 3 * 86_400


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
async def test_a_call_without_a_usable_answer_is_a_rest_error(answer: bytes) -> None:
    async with answering(answer) as settings, Rest(settings) as rest:
        with pytest.raises(RestError) as raised:
            await rest.ask("https://host/path")
    assert judge(raised.value.failure, 300.0).outcome in ("retry", "refused")


async def test_a_plain_server_at_a_tls_address_is_a_network_failure() -> None:
    async with answering(b"no TLS here") as settings:
        port = int(settings.network.gateway.rpartition(":")[2])
        assert (await attempt(to(port, "https"))).kind == "network"
        async with Rest(to(port, "https")) as rest:
            with pytest.raises(RestError, match="SSL"):
                await rest.ask("https://host/path")


@pytest.mark.parametrize(
    "network",
    [
        NetworkSettings(gateway="http://[::1"),
        NetworkSettings(gateway="http://127.0.0.1:99999"),
        NetworkSettings(hosts={"host": "a" * 70 + ".invalid"}),
        NetworkSettings(proxy="nonsense"),
        NetworkSettings(proxy="socks4://127.0.0.1:1"),
    ],
)
async def test_addresses_that_can_not_be_are_failures_too(network: NetworkSettings) -> None:
    settings = FeedsSettings(network=network)
    assert (await attempt(settings)).kind in ("address", "network")
    async with Rest(settings) as rest:
        with pytest.raises(RestError):
            await rest.ask("https://host/path")
