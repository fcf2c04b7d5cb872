"""A webhook on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Hook:
    """A server that answers with these codes in turn, and keeps what it was sent."""

    def __init__(self, codes: list[int]) -> None:
        self.codes = codes
        self.heads: list[str] = []
        self.bodies: list[bytes] = []
        self.address = ""

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = int(next(line.split(":")[1] for line in head.lower().split("\r\n") if line.startswith("content-l")))
        self.heads.append(head)
        self.bodies.append(await reader.readexactly(length))
        writer.write(
            f"HTTP/1.1 {self.codes[len(self.heads) - 1]} x\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n".encode()
        )
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@asynccontextmanager
async def hook(*codes: int) -> AsyncIterator[Hook]:
    one = Hook(list(codes))
    server = await asyncio.start_server(one.answer, "127.0.0.1", 0)
    async with server:
        one.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/s3cret"
        yield one
