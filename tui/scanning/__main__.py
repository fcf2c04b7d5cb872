"""The process that scans: takes an order on stdin, tells what it finds on stdout, rests, and ends with its stdin."""

import os
import sys
import threading
import time
from typing import BinaryIO

from feeds.tape import TapeError
from tui.scanning.look import look
from tui.scanning.order import GO_ON, Done, Found, Message, Order, Rests, encode, read_order

_TELL_SECONDS = 0.3
"""How often it tells what it found."""
_NICE = 19


def main() -> int:
    """Scan; the exit code is 0 where all was told."""
    if hasattr(os, "nice"):
        os.nice(_NICE)
    order = read_order(sys.stdin.buffer.readline())
    asked = threading.Semaphore(0)
    threading.Thread(target=_listen, args=(sys.stdin.buffer, asked), daemon=True).start()
    try:
        _scan(order, asked)
    except (TapeError, OSError):
        return 1
    return 0


def _scan(order: Order, asked: threading.Semaphore) -> None:
    told, began = time.monotonic(), time.process_time()
    found: Found | None = None
    for found in look(order):
        if time.monotonic() - told >= _TELL_SECONDS:
            _tell(found)
            told = time.monotonic()
        if time.process_time() - began >= order.seconds:
            _tell(found)
            _tell(Rests())
            asked.acquire()
            began = time.process_time()
    if found is not None:
        _tell(found)
    _tell(Done())


def _tell(message: Message) -> None:
    sys.stdout.buffer.write(encode(message) + b"\n")
    sys.stdout.buffer.flush()


def _listen(orders: BinaryIO, asked: threading.Semaphore) -> None:
    """Whoever started this is gone when it can be heard no more: however it ended, nothing is left running."""
    for line in orders:
        if line == GO_ON:
            asked.release()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main())
