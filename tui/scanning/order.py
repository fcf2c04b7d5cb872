"""What the monitor and the process that scans a tape tell each other: JSON, one message a line."""

import msgspec

from tui.driving import Seen

SLOTS = 480
"""Into so many equal parts a tape is divided: at least one for each cell of the widest seek bar."""
GO_ON = b"go on\n"
"""What a scan that rests is told to look further. The end of what it is told ends it."""


class Order(msgspec.Struct, frozen=True):
    """What to scan: a tape between two times (UNIX ms), for these coins. `settings`: all of them, as JSON.

    `seconds`: of the processor's time, after which the scan rests.
    """

    tape: str
    first_ms: int
    end_ms: int
    coins: tuple[str, ...]
    settings: str
    seconds: float


class Found(msgspec.Struct, frozen=True, tag=True):
    """All that was found so far, up to a time of the tape. `busy`: as in `TapeSpan`, of the slots up to there."""

    until_ms: int
    marks: tuple[tuple[int, str], ...]
    busy: tuple[float | None, ...]


class Rests(msgspec.Struct, frozen=True, tag=True):
    """It has had its share, and waits."""


class Done(msgspec.Struct, frozen=True, tag=True):
    """All is scanned."""


Message = Found | Rests | Done
encode = msgspec.json.encode
read_order = msgspec.json.Decoder(Order).decode
read_message: "msgspec.json.Decoder[Message]" = msgspec.json.Decoder(Message)


def after(seen: Seen, message: Message, order: Order) -> Seen:
    """What is seen of the tape once this was told."""
    if isinstance(message, Done):
        return Seen("done", 1.0, seen.marks, seen.busy)
    if isinstance(message, Rests):
        return Seen("resting", seen.share, seen.marks, seen.busy)
    length = max(order.end_ms - order.first_ms, 1)
    share = min(max((message.until_ms - order.first_ms) / length, 0.0), 1.0)
    unseen = (None,) * (SLOTS - len(message.busy))
    return Seen("running", share, message.marks, message.busy + unseen)
