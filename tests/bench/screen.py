"""The monitor in a real pseudo-terminal: first paint, bytes a second, share of a core, at three sizes."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from dataclasses import dataclass

import psutil
import pyte

SIZES = ((80, 24), (120, 40), (200, 60))
WARM_UP_SECONDS = 6.0
SECONDS = 20.0
PAINTED = "LADDER"


@dataclass(frozen=True, slots=True)
class Cost:
    first_paint: float | None
    bytes_per_second: float
    cpu_percent: float
    peak_mb: float


def start(columns: int, rows: int, arguments: list[str]) -> tuple[int, int]:
    """Start liqtop in a pseudo-terminal of that size; returns its process and the terminal's other end."""
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", COLUMNS=str(columns), LINES=str(rows))
        os.execv(sys.executable, [sys.executable, "-m", "tui.cli", *arguments])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    return process, terminal


def measure(columns: int, rows: int, arguments: list[str]) -> Cost:
    """Run the monitor for a while, reading all that it writes."""
    began = time.monotonic()
    process, terminal = start(columns, rows, arguments)
    watched = psutil.Process(process)
    screen = pyte.Screen(columns, rows)
    stream = pyte.ByteStream(screen)
    first_paint, counted, cpu_before, peak = None, 0, 0.0, 0.0
    warm = False
    try:
        while (now := time.monotonic() - began) < WARM_UP_SECONDS + SECONDS:
            ready, _, _ = select.select([terminal], [], [], 0.05)
            data = os.read(terminal, 65536) if ready else b""
            if first_paint is None and data:
                stream.feed(data)
                if any(PAINTED in line for line in screen.display):
                    first_paint = now
            if not warm and now >= WARM_UP_SECONDS:
                warm, cpu_before = True, sum(watched.cpu_times()[:2])
            counted += len(data) if warm else 0
            peak = max(peak, watched.memory_info().rss / 1e6)
        cpu = sum(watched.cpu_times()[:2]) - cpu_before
    finally:
        os.kill(process, signal.SIGTERM)
        os.waitpid(process, 0)
        os.close(terminal)
    return Cost(first_paint, counted / SECONDS, 100 * cpu / SECONDS, peak)


def main() -> None:
    """Print the table."""
    print(f"\nThe monitor on the demo, {SECONDS:.0f} s after {WARM_UP_SECONDS:.0f} s, 4 frames a second")
    print(f"{'size':>8} {'events':>12} {'first paint':>12} {'bytes/s':>9} {'core':>7} {'memory':>8}")
    for rate, label in ((1.0, "as it comes"), (35.0, "~1,000/s")):
        for columns, rows in SIZES:
            cost = measure(columns, rows, ["demo", "--rate", str(rate)])
            paint = "none" if cost.first_paint is None else f"{cost.first_paint:.2f} s"
            size = f"{columns}x{rows}"
            figures = f"{cost.bytes_per_second:9,.0f} {cost.cpu_percent:5.1f} % {cost.peak_mb:5.0f} MB"
            print(f"{size:>8} {label:>12} {paint:>12} {figures}")
    print("aim: first paint under 0.6 s, under 10,000 bytes/s, under 10 % of a core at 1,000 events/s")


if __name__ == "__main__":
    main()
