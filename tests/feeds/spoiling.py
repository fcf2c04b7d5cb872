"""Spoiling good frames and answers in every place: nothing may crash, and no number that is none may get through."""

import json
import math
from collections.abc import Iterator
from typing import Any

import msgspec

from feeds.events import Market, Status, Undecodable, to_json
from feeds.symbols import SymbolTable
from feeds.venue import Venue
from tests.feeds.decoding import NOW

_WRONG: list[object] = [
    None, True, [], {}, 0, -5, 5, 1e308, 10**400, "", "nan", "inf", "-inf", "-1", "0", "abc", "1e999", "١٢", "NOSUCH",
    "x" * 10_000, "\x1b[31mBTC", "[red]BTC[/]", "\u202eBTC",
]  # fmt: skip
_NO_MESSAGES = [b"", b"null", b"[]", b"1", b'"x"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b'{"data":{}}']


def spoiled(whole: object) -> Iterator[bytes]:
    """The same JSON with another value in the place of each leaf."""
    for path in _leaves(whole):
        for value in _WRONG:
            copy = json.loads(json.dumps(whole))
            place = copy
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = value
            yield json.dumps(copy).encode()


def _leaves(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in items for found in _leaves(item, (*path, key))] or [path]


def check(venue: Venue, market: Market, symbols: SymbolTable, frame: bytes) -> list[object]:
    """The events of a frame, each of them sound."""
    events = list(venue.decoder(market, symbols).decode(frame, NOW))
    for event in events:
        if isinstance(event, Undecodable):
            assert event.kind
            assert event.reason.isprintable()
            assert 0 < len(event.reason) < 500
        elif isinstance(event, msgspec.Struct) and not isinstance(event, Status):
            told = msgspec.structs.asdict(event)
            assert all(math.isfinite(value) for value in told.values() if isinstance(value, float))
            assert all(told[name] > 0 for name in ("price", "quantity", "notional_usd") if name in told)
            assert 0 < event.at_ms < 4_102_444_800_000  # type: ignore[attr-defined]
            to_json(event)  # type: ignore[arg-type]
    return events


def spoil(venue: Venue, market: Market, symbols: SymbolTable, frame: dict[str, Any]) -> None:
    """A good frame is good; with any wrong value it does no harm; cut anywhere it is malformed."""
    text = json.dumps(frame, separators=(",", ":")).encode()
    good = check(venue, market, symbols, text)
    assert good
    assert not any(isinstance(event, Status) for event in good)
    for spoiled_text in spoiled(frame):
        check(venue, market, symbols, spoiled_text)
    for length in range(len(text)):
        (event,) = check(venue, market, symbols, text[:length])
        assert isinstance(event, Undecodable)
        assert event.kind == "malformed"
    for nothing in _NO_MESSAGES:
        check(venue, market, symbols, nothing)
