"""The monitor in real pseudo-terminals, in the demo's busiest minute: bytes, frames, processor, memory, keys.

The busiest minute is the one from ten seconds after the start of `--scenario cascade`, in which the cascade begins:
7,814 events of the default coins, against 7,290 in the busiest one of the default story, 25 s after its start.
"""

import argparse
import random
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import partial
from statistics import median, quantiles

from tests.bench.terminal import Terminal, attend

DEMO = ("demo", "--scenario", "cascade")
USUAL = (120, 40)
BUDGETS = ("2k", "4k")
QUIET_SECONDS = 10.0
"""From the first paint to the busiest minute."""
LOAD_SECONDS = 4.0
"""From its start a monitor that runs beside others has so long to live through the demo's past."""
MINUTE = 60.0
PAUSED_SECONDS = 20.0
KEYS = 220
KEY_WAIT_SECONDS = 1.0

AIM_BYTES = 6_000
AIM_CORE = 8.0
AIM_KEY_MS = 100.0
AIM_PAINT_SECONDS = 0.6

KINDS: dict[str, tuple[tuple[bytes, ...], ...]] = {
    "pane": ((b"\t",), (b"\x1b[Z",), (b"2",), (b"4",), (b"6",), (b"1",)),
    "scroll": ((b"2",), (b"1",), (b"j",), (b"j",), (b"k",), (b"G",), (b"g",)),
    "window": ((b"[",), (b"]",)),
    "zoom": ((b"+",), (b"-",)),
    "coin": ((b"\x1b[C",), (b"\x1b[D",)),
    "screen": ((b"o",), (b"o",), (b"v",), (b"v",), (b"f",), (b"f",), (b"m",), (b"m",)),
    "lens": ((b"l",), (b"u",)),
    "help": ((b"?",), (b"\x1b",)),
}  # fmt: skip
"""Keys of each kind, to be pressed in this order: each of them changes what is shown."""


def said(met: bool) -> str:
    return "met" if met else "MISSED"


def line(name: str, one: Terminal, aim: str = "", alone: bool = False) -> None:
    counted, seconds = one.counted, one.counted.seconds
    painted = f"{one.painted:.2f} s" if alone and one.painted else ""
    figures = f"{counted.written / seconds:8,.0f} {counted.frames / seconds:9.1f} {100 * counted.cpu / seconds:6.1f} %"
    print(f"{name:>16} {painted:>12} {figures} {one.peak / 1e6:5.0f} MB   {aim}", flush=True)


def usual(minute: float) -> None:
    """The usual size, alone."""
    with closing(Terminal(*USUAL, DEMO)) as one:
        attend([one], 30.0, lambda: one.painted is not None)
        attend([one], QUIET_SECONDS)
        one.begin()
        attend([one], minute)
        counted = one.end()
        core, painted = 100 * counted.cpu / counted.seconds, one.painted or 99.0
        sent = f"{AIM_BYTES:,} B/s {said(counted.written <= AIM_BYTES * counted.seconds)}"
        share = f"{AIM_CORE:g} % {said(core <= AIM_CORE)}"
        first = f"first paint {AIM_PAINT_SECONDS:g} s {said(painted <= AIM_PAINT_SECONDS)}"
        line("120x40", one, f"aim {sent}, {share}, {first}", alone=True)


def others(minute: float) -> None:
    """Other sizes, thin lines and a held picture: side by side, begun one after the other."""
    words = [((80, 24), ()), ((200, 60), ()), *((USUAL, ("--bandwidth", budget)) for budget in BUDGETS), (USUAL, ())]
    with ExitStack() as stack:
        opened: list[Terminal] = []
        due: list[tuple[float, Callable[[], object]]] = []
        began = time.monotonic()
        for size, further in words:
            one = stack.enter_context(closing(Terminal(*size, (*DEMO, *further))))
            opened.append(one)
            first = time.monotonic() - began + LOAD_SECONDS + QUIET_SECONDS
            due += [(first, one.begin), (first + minute, one.end)]
            attend(opened, LOAD_SECONDS)
        held = opened[-1]
        first = due[-2][0]
        due[-2:] = [(first, partial(held.type, b"p")), (first + 3, held.begin), (first + 3 + PAUSED_SECONDS, held.end)]
        for at, act in sorted(due, key=lambda one: one[0]):
            attend(opened, began + at - time.monotonic())
            act()
        for (columns, rows), one in zip([(80, 24), (200, 60)], opened, strict=False):
            line(f"{columns}x{rows}", one)
        for budget, one in zip(BUDGETS, opened[2:], strict=False):
            most = 1000 * float(budget[:-1])
            line(
                f"120x40, {budget}",
                one,
                f"aim {most:,.0f} B/s {said(one.counted.written <= most * one.counted.seconds)}",
            )
        silent = held.counted
        aim = f"{silent.written} bytes in {silent.seconds:.0f} s, aim none {said(silent.written == 0)}"
        line("120x40, paused", held, aim)


def keys(number: int) -> None:
    """How long keys wait for the first byte of their answer."""
    chance = random.Random(7)
    waits: dict[str, list[float]] = {kind: [] for kind in KINDS}
    lost = 0
    with closing(Terminal(*USUAL, DEMO)) as one:
        attend([one], 30.0, lambda: one.painted is not None)
        attend([one], QUIET_SECONDS)
        while sum(map(len, waits.values())) + lost < number:
            kind = chance.choice(list(KINDS))
            for (key,) in KINDS[kind]:
                attend([one], chance.uniform(0.05, 0.3))
                pressed, one.last = time.monotonic(), 0.0
                one.type(key)
                attend([one], KEY_WAIT_SECONDS, lambda: one.last > 0)
                if one.last:
                    waits[kind].append(1000 * (one.last - pressed))
                else:
                    lost += 1
    every = sorted(wait for kind in waits.values() for wait in kind)
    late = quantiles(every, n=100)[98]
    print(f"\n{len(every)} keys at random moments: p50 {median(every):.0f} ms, p99 {late:.0f} ms, ", end="")
    print(f"the slowest {every[-1]:.0f} ms, {lost} unanswered; ", end="")
    print(f"aim p99 {AIM_KEY_MS:.0f} ms {said(late <= AIM_KEY_MS and not lost)}")
    told = (f"{kind} {median(times):.0f}/{max(times):.0f}" for kind, times in waits.items() if times)
    print(f"  p50/slowest, ms: {'  '.join(told)}", flush=True)


def main(quick: bool = False) -> None:
    """Print the table; `quick`: in less than two minutes, for a look."""
    minute = 25.0 if quick else MINUTE
    when = f"{' '.join(DEMO)}, {minute:.0f} s from {QUIET_SECONDS:.0f} s on"
    print(f"\nThe monitor on the demo's busiest minute ({when}), 4 frames a second")
    print(f"{'':>16} {'first paint':>12} {'bytes/s':>8} {'frames/s':>9} {'core':>8} {'memory':>8}")
    usual(minute)
    others(minute)
    keys(60 if quick else KEYS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="half a minute of it, and fewer keys")
    main(parser.parse_args().quick)
