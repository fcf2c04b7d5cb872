"""A monitor for a pty: a market that moves all the time, and a pipe that tells how far source and screen have come.

`python -m tests.tui.shown [descriptor]` writes a line "events-emitted events-shown" to the descriptor, 100 a second.
"""

import asyncio
import os
import sys

from feeds.source import Emit
from tests.tui.scripted import START_MS, ScriptedSource, liquidation, mark, session_of, trade
from tui.app import LiqtopApp

TRADES = 50


class MovingSource(ScriptedSource):
    """Jumps through the whole ladder a hundred times a second."""

    def __init__(self, report: int | None) -> None:
        super().__init__()
        self.emitted = 0
        self.app: LiqtopApp
        self._report = report

    async def run(self, emit: Emit) -> None:
        while True:
            self.at_ms += 10
            price = 70_000.0 + 37 * (self.emitted % 101)
            emit([mark(price, self.at_ms), liquidation("long", 1_000 + self.emitted, price, self.at_ms)])
            emit([trade(self.emitted + number, price, self.at_ms) for number in range(TRADES)])
            self.emitted += TRADES + 2
            if self._report is not None:
                os.write(self._report, f"{self.emitted} {self.app.view.counts.events}\n".encode())
            await asyncio.sleep(0.01)


def main() -> int:
    source = MovingSource(int(sys.argv[1]) if len(sys.argv) > 1 else None)
    source.at_ms = START_MS
    session = session_of(source)
    source.app = LiqtopApp(session, frames_per_second=20)
    session.start()
    try:
        source.app.run()
    finally:
        session.stop()
    return source.app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
