"""A resolver that hangs holds up nobody."""

import asyncio
import threading

from feeds.lookups import LookUps


def test_the_end_waits_for_no_look_up() -> None:
    hung, over = threading.Event(), threading.Event()

    def resolve() -> None:
        hung.set()
        over.wait(10)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(LookUps())
        calls = [loop.run_in_executor(None, resolve) for _ in range(50)]
        assert await loop.run_in_executor(None, hung.wait, 5)
        for call in calls:
            call.cancel()

    asyncio.run(run())
    assert not over.is_set()
    over.set()


def test_what_a_look_up_raises_is_raised() -> None:
    async def run() -> str:
        loop = asyncio.get_running_loop()
        loop.set_default_executor(LookUps())
        try:
            await loop.run_in_executor(None, int, "x")
        except ValueError as error:
            return str(error)
        return ""

    assert "invalid literal" in asyncio.run(run())
