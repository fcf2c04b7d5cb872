"""Whatever a venue sends: nothing crashes, no number that is none gets through, and each refusal says why."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.venues import VENUES
from tests.exchanges import frames
from tests.feeds.decoding import NOW, SYMBOLS
from tests.feeds.garbled import Fresh, check_all, checked, flipped

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


def fresh(venue: str) -> Fresh:
    return lambda: VENUES[venue].decoder("perp", SYMBOLS)


@pytest.mark.parametrize(("venue", "frame"), GOOD)
def test_wrong_values_cut_frames_and_what_is_no_message_are_harmless(venue: str, frame: dict[str, Any]) -> None:
    check_all(fresh(venue), frame)


@given(st.sampled_from(GOOD), st.data())
@settings(max_examples=300)
def test_flipped_bytes_are_harmless(good: tuple[str, dict[str, Any]], data: st.DataObject) -> None:
    venue, frame = good
    checked(fresh(venue), flipped(frame, data))
