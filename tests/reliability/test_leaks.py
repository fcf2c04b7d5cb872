"""A line that is lost again and again leaves nothing behind: no task, no thread, no descriptor."""

import asyncio
import threading

import psutil  # type: ignore[import-untyped]
import pytest

from feeds.events import Disconnected, Liquidation
from tests.exchanges import Exchanges
from tests.feeds.watching import QUICK, watching
from tests.reliability.scene import liquidation, now_ms

pytestmark = pytest.mark.anyio

LOSSES, WARM = 8, 3


def held() -> tuple[int, int, int]:
    """Tasks, threads and descriptors of this process."""
    return len(asyncio.all_tasks()), threading.active_count(), psutil.Process().num_fds()


async def test_lines_that_are_lost_many_times_leave_nothing_behind() -> None:
    """Counted each time the line is up and has told something."""
    eager = QUICK.model_copy(update={"backoff_first_seconds": 0.02, "backoff_most_seconds": 0.05})
    counted = []
    async with Exchanges() as exchanges, watching(exchanges.url, connection=eager) as watched:
        for number in range(1, LOSSES + 1):
            at_ms = now_ms()
            await exchanges.queue("binance", "perp", *liquidation("binance", number, 70_000, at_ms))
            await watched.until(lambda at_ms=at_ms: watched.of(Liquidation, at_ms=at_ms), seconds=10.0)  # type: ignore[misc]
            counted.append(held())
            await exchanges.drop("binance", "perp")
            await watched.until(
                lambda number=number: len(watched.of(Disconnected, stream="binance perp")) >= number  # type: ignore[misc]
            )
    for what in range(3):
        early = max(each[what] for each in counted[:WARM])
        late = min(each[what] for each in counted[WARM:])
        assert late <= early, counted
