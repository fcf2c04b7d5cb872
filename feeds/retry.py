"""Whether to try again and when: one pure judgement of a failure, and a generator of waits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["retry", "refused", "fatal"]

_BYBIT_BAN_SECONDS = 600.0  # Bybit documentation, rate limits: stop for at least 10 minutes
_BINANCE_BAN_SECONDS = 120.0  # Binance documentation: a 418 ban lasts from 2 minutes to 3 days
_RATE_LIMIT_SECONDS = 60.0
_LIMIT_CODES = ('"retCode":10006', '"code":"50011"', '"code":-1003', "answered10006", "answered50011", "answered10028")
_POLICY_CLOSE = 1008
_LONGEST_WAIT_SECONDS = 3 * 24 * 3600.0  # Binance documentation: the longest ban


@dataclass(frozen=True, slots=True)
class Failure:
    """How an attempt ended.

    kind http: a status other than success, with `body`'s beginning and the stated `retry_after` seconds. closed: the
    socket was closed with `code`. silent: no market event came. subscription: the venue refused one that the socket is
    of no use without. network: no route, time-out, TLS. address: not usable.
    """

    kind: Literal["http", "closed", "silent", "subscription", "network", "address"]
    reason: str
    code: int | None = None
    body: str = ""
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What follows. `wait_seconds` None: as long as the backoff says. `whole_venue`: holds for all its addresses."""

    outcome: Outcome
    reason: str
    wait_seconds: float | None = None
    whole_venue: bool = False


def judge(failure: Failure, refused_seconds: float) -> Verdict:
    """Retryable, refused (an hour may cure it) or fatal (nothing will until the settings change)."""
    if failure.kind == "address":
        return Verdict("fatal", failure.reason)
    if failure.kind == "http":
        return _judge_http(failure, refused_seconds)
    if failure.kind == "subscription":
        return Verdict("refused", failure.reason, refused_seconds)
    if failure.kind == "closed" and failure.code == _POLICY_CLOSE:
        return Verdict("retry", f"{failure.reason}: too many messages or connections", _RATE_LIMIT_SECONDS)
    return Verdict("retry", failure.reason)


def _judge_http(failure: Failure, refused_seconds: float) -> Verdict:
    code, body = failure.code or 0, failure.body.lower()
    compact = failure.body.replace(" ", "")
    if code == 418:
        return Verdict(
            "refused",
            "banned for too many requests (418)",
            failure.retry_after or _BINANCE_BAN_SECONDS,
            whole_venue=True,
        )
    if code == 429 or any(mark in compact for mark in _LIMIT_CODES):
        return Verdict(
            "refused", f"rate limited ({code})", failure.retry_after or _RATE_LIMIT_SECONDS, whole_venue=True
        )
    if code == 403 and "too frequent" in body:
        return Verdict(
            "refused", "banned for too many requests (403)", failure.retry_after or _BYBIT_BAN_SECONDS, whole_venue=True
        )
    if code == 451 or "restricted location" in body or "your country" in body:
        return Verdict("refused", f"not offered from this location ({code})", refused_seconds, whole_venue=True)
    if code == 403:
        return Verdict("refused", "blocked (403): firewall or location", refused_seconds, whole_venue=True)
    if 400 <= code < 500:
        return Verdict("refused", f"{failure.reason}: the address is not served", refused_seconds)
    return Verdict("retry", failure.reason, failure.retry_after)


def stated_wait(header: str | None) -> float | None:
    """The seconds of a Retry-After header, at most three days; a date, 0 or nonsense counts as not stated."""
    digits = (header or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return None
    return min(float(digits), _LONGEST_WAIT_SECONDS) or None


def waits(first: float, most: float, chance: Callable[[], float]) -> Iterator[float]:
    """Waits in seconds: `first`, then three times as long each time up to `most`, each cut by up to half at random.

    `chance` gives numbers in [0, 1).
    """
    wait = first
    while True:
        yield wait * (1.0 - chance() / 2)
        wait = min(wait * 3, most)
