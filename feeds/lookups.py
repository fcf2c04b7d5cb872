"""Threads for name look-ups: one hung resolver holds up neither another venue's look-up nor the end of the program."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from typing import Any


class LookUps(ThreadPoolExecutor):
    """An executor with a thread of its own for every call, which nobody waits for at the end.

    The event loop accepts only this class as its default executor, and waits at its end for calls under way: a resolver
    that can't be reached takes up to half a minute.
    """

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        """Run the call in a new thread."""
        future: Future[Any] = Future()
        Thread(target=_call, args=(future, fn, args, kwargs), name="look-up", daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for nothing."""


def _call(future: "Future[Any]", fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = fn(*args, **kwargs)
    except BaseException as error:  # the thread's boundary: whoever awaits the call gets it
        future.set_exception(error)
    else:
        future.set_result(result)
