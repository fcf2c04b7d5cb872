"""One venue's sockets are opened one after the other, because venues count connects per second and address."""

import asyncio
import time

_SECONDS = 0.4  # OKX documentation: 3 connects a second; the other venues allow more


class Turns:
    """Hands out moments to connect at, evenly spaced."""

    def __init__(self) -> None:
        self._next = 0.0

    async def take(self) -> None:
        """Return when it is the caller's turn."""
        now = time.monotonic()
        turn = max(now, self._next)
        self._next = turn + _SECONDS
        if turn > now:
            await asyncio.sleep(turn - now)
