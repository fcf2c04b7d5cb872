"""What the decoders share: judging a number, and saying why a frame or a row was left out."""

from typing import Any

import msgspec

from feeds.events import Market, Undecodable

MOST = 1e15
LEAST = 1e-15
"""No price, size or notional of a listed instrument is beyond these; what is, is garbage that would overflow a sum."""
LATEST_MS = 4_102_444_800_000
"""The year 2100: no time on the wire is as late."""


class Rejection(Exception):
    """A row that can't become an event: its kind and the reason, with what was expected and what was found."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
        self.reason = reason


def positive(value: object, name: str) -> float:
    """`value` as a number above zero, within reason; raises `Rejection` for anything else."""
    number = finite(value, name)
    if number <= LEAST:
        raise Rejection("invalid number", f"expected {name} above 0, found {shown(value)}")
    return number


def not_negative(value: object, name: str) -> float:
    """`value` as a number that may be zero, within reason; raises `Rejection` for anything else."""
    number = finite(value, name)
    if number < 0:
        raise Rejection("invalid number", f"expected {name} of at least 0, found {shown(value)}")
    return number


def finite(value: object, name: str) -> float:
    """`value` (number or text) as a number within reason; raises `Rejection` for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Rejection("wrong type", f"expected a number as {name}, found {shown(value)}")
    try:
        number = float(value)
    except (ValueError, OverflowError):  # JSON allows integers that no float can hold
        raise Rejection("invalid number", f"expected a number as {name}, found {shown(value)}") from None
    if not -MOST < number < MOST:
        raise Rejection("invalid number", f"expected {name} below {MOST:g}, found {shown(value)}")
    return number


def milliseconds(value: object, name: str) -> int:
    """`value` as a UNIX time in milliseconds (1970 to 2100); raises `Rejection` for anything else."""
    number = finite(value, name)
    if not 0 < number < LATEST_MS:
        raise Rejection("invalid number", f"expected {name} as UNIX milliseconds, found {shown(value)}")
    return int(number)


def text(value: object, name: str) -> str:
    """`value` as a non-empty text of at most 64 characters; raises `Rejection` for anything else."""
    if not isinstance(value, str) or not 0 < len(value) <= 64:
        raise Rejection("wrong type", f"expected a short text as {name}, found {shown(value)}")
    return value


def shown(value: object) -> str:
    """`value` as a message may quote it: printable, at most 40 characters."""
    words = repr(value)
    return words if len(words) <= 40 else words[:37] + "..."


def parse(frame: bytes) -> Any:
    """The frame as plain JSON; raises `Rejection` where it is none."""
    try:
        return msgspec.json.decode(frame)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Rejection("malformed", f"expected JSON, found {shown(frame[:40])}: {error}") from None


def fields(row: object, name: str) -> dict[str, Any]:
    """`row` as a JSON object; raises `Rejection` for anything else."""
    if not isinstance(row, dict):
        raise Rejection("wrong type", f"expected an object as {name}, found {shown(row)}")
    return row


def left_out(
    venue: str, market: Market, received_ms: int, kind: str, reason: str, at_ms: int | None = None
) -> Undecodable:
    """The status that stands in place of a frame or row that can't be used."""
    return Undecodable(
        venue=venue,
        market=market,
        at_ms=received_ms if at_ms is None else at_ms,
        received_ms=received_ms,
        stream=f"{venue} {market}",
        kind=kind,
        reason=reason,
    )
