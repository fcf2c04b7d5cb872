"""Bare clients of the local exchanges, with no more than a websocket and an HTTP request in them."""

import asyncio
import gzip
import json
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from .exchanges import Exchanges


def dial(venue: Exchanges, place: str, **options: Any) -> connect:
    """A client of HOST/PATH behind the gateway."""
    return connect(f"{venue.websocket_url}/{place}", proxy=None, ping_interval=None, close_timeout=0.2, **options)


async def heard(client: ClientConnection) -> Any:
    """The next message, unzipped where it is binary and parsed where it is JSON."""
    async with asyncio.timeout(2):
        message = await client.recv()
    text = gzip.decompress(message).decode() if isinstance(message, bytes) else message
    return json.loads(text) if text.startswith(("{", "[")) else text


async def ask(client: ClientConnection, message: object) -> Any:
    await client.send(message if isinstance(message, str) else json.dumps(message))
    return await heard(client)


async def binance_subscribe(client: ClientConnection, *streams: str) -> Any:
    return await ask(client, {"method": "SUBSCRIBE", "params": streams, "id": 1})


async def bybit_subscribe(client: ClientConnection, *topics: str) -> Any:
    return await ask(client, {"req_id": "7", "op": "subscribe", "args": topics})


async def closed_with(client: ClientConnection) -> int | None:
    """The close code once the server has closed; 1006 where it gave none."""
    async with asyncio.timeout(2):
        await client.wait_closed()
    return client.close_code


async def get(venue: Exchanges, target: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and whatever body arrived of a plain GET of HOST/PATH?QUERY."""
    return await _call(venue, f"GET /{target} HTTP/1.1\r\nHost: here\r\n\r\n")


async def post(venue: Exchanges, target: str, body: object) -> tuple[int, dict[str, str], bytes]:
    """The same of a POST, its body as JSON unless it is a text, in two pieces that arrive one after the other."""
    text = body if isinstance(body, str) else json.dumps(body)
    head = f"POST /{target} HTTP/1.1\r\nHost: here\r\nContent-Length: {len(text.encode())}\r\n\r\n"
    return await _call(venue, head + text[:5], text[5:])


async def _call(venue: Exchanges, *pieces: str) -> tuple[int, dict[str, str], bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", venue.port)
    for piece in pieces:
        writer.write(piece.encode())
        await writer.drain()
    try:
        async with asyncio.timeout(2):
            head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
        await writer.wait_closed()
    status, *lines = head.decode().split("\r\n")
    return int(status.split()[1]), {k.lower(): v for k, v in (one.split(": ", 1) for one in lines)}, body


async def get_json(venue: Exchanges, target: str) -> Any:
    status, _, body = await get(venue, target)
    assert status == 200
    return json.loads(body)


async def post_json(venue: Exchanges, target: str, body: object) -> Any:
    status, _, answer = await post(venue, target, body)
    assert status == 200
    return json.loads(answer)
