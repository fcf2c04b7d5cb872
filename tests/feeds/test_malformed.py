"""Whatever a venue sends: nothing crashes, no number that is none gets through, and each refusal says why."""

import json
import math
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import Status, Undecodable, to_json
from feeds.venues import VENUES
from tests.exchanges import frames
from tests.feeds.decoding import NOW, SYMBOLS

GOOD: list[tuple[str, dict[str, Any]]] = [
    ("binance", dict(frames.binance_liquidation("BTCUSDT", "SELL", "0.5", "70000", NOW)[1])),
    ("binance", dict(frames.binance_trade("BTCUSDT", "70000", "2", NOW, buyer_is_maker=True)[1])),
    ("binance", dict(frames.binance_mark_price("BTCUSDT", "1", "2", "0.0001", NOW, NOW)[1])),
    ("bybit", dict(frames.bybit_liquidations("ROSEUSDT", NOW, ("Buy", "500", "0.0125"))[1])),
    ("bybit", dict(frames.bybit_trade("BTCUSDT", "Sell", "0.25", "70004", NOW)[1])),
    ("bybit", dict(frames.bybit_ticker("BTCUSDT", NOW, "snapshot")[1])),
    ("okx", dict(frames.okx_liquidations("BTC-USDT-SWAP", ("net", "sell", "13", "70000", NOW))[1])),
    ("okx", dict(frames.okx_trade("BTC-USDT-SWAP", "buy", "0.5", "70006", NOW)[1])),
    ("okx", dict(frames.okx_mark_price("BTC-USDT-SWAP", "70005", NOW)[1])),
    ("okx", dict(frames.okx_funding("BTC-USDT-SWAP", "0.0002", NOW, NOW, NOW + 1)[1])),
]
NUMBERS = ["nan", "-1", "0", "inf", "-inf", "", "abc", "1e999", None, True, [], {}, -5, 0, 1e308, "١٢", 10**18, 10**400]
NAMES = [None, 5, "", "x" * 10_000, [], {}, "NOSUCH", "\x1b[31mBTC", "[red]BTC[/]", "\u202eBTC"]


def spots(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The paths of all leaves."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in items for found in spots(item, (*path, key))] or [path]


def changed(frame: dict[str, Any], path: tuple[object, ...], value: object) -> dict[str, Any]:
    copy = json.loads(json.dumps(frame))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return copy  # type: ignore[no-any-return]


def check(venue: str, frame: bytes) -> list[object]:
    events = list(VENUES[venue].decoder("perp", SYMBOLS).decode(frame, NOW))
    for event in events:
        if isinstance(event, Undecodable):
            assert event.reason
            assert event.kind
            assert event.reason.isprintable()
            assert len(event.reason) < 500
        elif isinstance(event, msgspec.Struct) and not isinstance(event, Status):
            numbers = [value for value in msgspec.structs.asdict(event).values() if isinstance(value, float)]
            assert all(math.isfinite(value) for value in numbers)
            for name in ("price", "quantity", "notional_usd", "mark", "index"):
                assert (value := getattr(event, name, None)) is None or value > 0, name
            to_json(event)  # type: ignore[arg-type]
    return events


@pytest.mark.parametrize(("venue", "frame"), GOOD)
def test_the_frames_are_good_to_begin_with(venue: str, frame: dict[str, Any]) -> None:
    events = check(venue, json.dumps(frame).encode())
    assert events
    assert not any(isinstance(event, Status) for event in events)


@pytest.mark.parametrize(("venue", "frame"), GOOD)
def test_any_wrong_value_anywhere_is_harmless(venue: str, frame: dict[str, Any]) -> None:
    for path in spots(frame):
        for value in NUMBERS + NAMES:
            check(venue, json.dumps(changed(frame, path, value)).encode())


@pytest.mark.parametrize(("venue", "frame"), GOOD)
def test_a_frame_cut_anywhere_is_malformed(venue: str, frame: dict[str, Any]) -> None:
    text = json.dumps(frame, separators=(",", ":")).encode()
    for length in range(len(text)):
        (event,) = check(venue, text[:length])
        assert isinstance(event, Undecodable)
        assert event.kind == "malformed"


@pytest.mark.parametrize("venue", ["binance", "bybit", "okx"])
@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"null",
        b"[]",
        b"1",
        b'"x"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b'{"topic":[]}',
        b'{"data":{}}',
    ],
)
def test_what_is_no_message_is_harmless(venue: str, frame: bytes) -> None:
    check(venue, frame)


@given(st.sampled_from(GOOD), st.data())
@settings(max_examples=300)
def test_flipped_bytes_are_harmless(good: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    venue, frame = good
    text = bytearray(json.dumps(frame, separators=(",", ":")).encode())
    for place, value in data.draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(0, 255)), max_size=6)):
        text[place] = value
    check(venue, bytes(text))
