"""Waiting for another thread without guessing how long it takes."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
_PAUSE = threading.Event()


def until(ask: Callable[[], Value], seconds: float = 20.0) -> Value:
    """The first answer that is true; fails after so long."""
    end = time.monotonic() + seconds
    while not (answer := ask()):
        assert time.monotonic() < end, "it never came"
        _PAUSE.wait(0.002)
    return answer
