"""What a venue might send by mistake: a good message with something wrong in it, cut short, or no message at all.

Nothing of it may crash, and no number that is none may get through.
"""

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from hypothesis import strategies as st

from feeds.events import Status, Undecodable, to_json
from feeds.venue import Decoded, Decoder
from tests.feeds.decoding import NOW

WRONG: list[object] = [
    None, True, [], {}, 0, -5, 5, 1e308, 10**18, 10**400, "", "nan", "inf", "-inf", "-1", "0", "abc", "1e999", "١٢",
    "NOSUCH", "x" * 10_000, "\x1b[31mBTC", "[red]BTC[/]", "\u202eBTC",
]  # fmt: skip
NO_MESSAGES = [
    b"", b"null", b"[]", b"1", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b'{"channel":[]}',
    b'{"data":{}}', b'{"topic":[]}', b'{"type":{}}', b'{"id":100,"result":[[],{}]}',
    b'{"method":"subscription"}', b'{"error":[]}',
]  # fmt: skip

Fresh = Callable[[], Decoder]


def checked(fresh: Fresh, frame: bytes) -> list[Decoded]:
    """What a fresh decoder makes of a frame, each event held to be one that may be counted."""
    events = list(fresh().decode(frame, NOW))
    for event in events:
        if isinstance(event, Undecodable):
            assert event.kind
            assert event.reason.isprintable()
            assert 0 < len(event.reason) < 500
        elif isinstance(event, msgspec.Struct) and not isinstance(event, Status):
            told = msgspec.structs.asdict(event)
            assert all(math.isfinite(value) for value in told.values() if isinstance(value, float))
            positive = ("price", "quantity", "notional_usd", "mark", "index")
            assert all(told[name] > 0 for name in positive if _is_told(event, name))
            assert 0 < event.at_ms < 4_102_444_800_000
            to_json(event)
    return events


def _is_told(event: msgspec.Struct, name: str) -> bool:
    may_be_zero = name == "notional_usd" and event.__struct_config__.tag == "open_interest"
    return getattr(event, name, None) is not None and not may_be_zero


def compact(frame: object) -> bytes:
    return json.dumps(frame, separators=(",", ":")).encode()


def spots(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all leaves."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in items for found in spots(item, (*path, key))] or [path]


def wrong_values(frame: object) -> Iterator[bytes]:
    """The message with each of its values replaced by each of many that don't belong there."""
    for path in spots(frame):
        for value in WRONG:
            copy = json.loads(compact(frame))
            place = copy
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = value
            yield compact(copy)


def cut(frame: object) -> Iterator[bytes]:
    """The frame cut after each of its bytes."""
    whole = compact(frame)
    return (whole[:length] for length in range(len(whole)))


def check_all(fresh: Fresh, frame: object) -> None:
    """A good frame is good; with any wrong value it is harmless, and so is what is none; cut it is malformed."""
    good = checked(fresh, compact(frame))
    assert good
    assert not any(isinstance(event, Status) for event in good)
    for text in (*NO_MESSAGES, *wrong_values(frame)):
        checked(fresh, text)
    for text in cut(frame):
        (event,) = checked(fresh, text)
        assert isinstance(event, Undecodable)
        assert event.kind == "malformed"


def flipped(frame: object, data: st.DataObject) -> bytes:
    """The frame with up to six of its bytes replaced."""
    whole = bytearray(compact(frame))
    places = st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255))
    for place, value in data.draw(st.lists(places, max_size=6)):
        whole[place] = value
    return bytes(whole)
