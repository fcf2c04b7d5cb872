"""What Deribit's protocol says beside data: its heartbeat, and the answers to our requests.

    {"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}
    {"jsonrpc":"2.0","id":100,"result":["trades.BTC-PERPETUAL.100ms","ticker.BTC-PERPETUAL.100ms"],"usIn":1,"usOut":2}
    {"jsonrpc":"2.0","id":100,"error":{"code":10028,"message":"too_many_requests","data":null}}

A `test_request` has to be answered, or the venue closes the socket (Deribit documentation, public/set_heartbeat). A
channel that does not exist is missing from the result of its subscription, without an error.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from feeds.venue import Acknowledged, Control, Pong, Rejected, Reply
from feeds.venues.reading import Rejection, fields, shown

SUBSCRIPTION_IDS = 100
"""Requests from this id on are subscriptions."""

_TEST = Reply('{"jsonrpc":"2.0","id":2,"method":"public/test","params":{}}')


def control(message: Mapping[str, Any]) -> Control:
    """What a message that brings no data means; raises `Rejection` for one that is not known."""
    if message.get("method") == "heartbeat":
        kind = fields(message.get("params"), "params").get("type")
        return _TEST if kind == "test_request" else Pong()
    number = message.get("id")
    asked = type(number) is int and number >= SUBSCRIPTION_IDS
    if isinstance(error := message.get("error"), dict):
        return Rejected(f"Deribit answered {shown(error.get('code'))}: {shown(error.get('message'))}", ends=asked)
    result = message.get("result")
    if isinstance(result, list):
        return _subscribed([name for name in result if isinstance(name, str)])
    if result == "ok":
        return Acknowledged()
    if isinstance(result, dict):
        return Pong()
    raise Rejection("unknown message", f"expected a known message, found {shown(dict(message))}")


def _subscribed(channels: Sequence[str]) -> Control:
    """Whether the accepted channels come in pairs, as they were asked for: trades and ticker of each instrument."""
    pairs = [(name, *name.partition(".")[::2]) for name in channels]
    trades = {rest for _, kind, rest in pairs if kind == "trades"}
    tickers = {rest for _, kind, rest in pairs if kind == "ticker"}
    if not channels:
        return Rejected("Deribit accepted none of the channels that were asked for", ends=True)
    if missing := sorted(tickers - trades):
        return Rejected(f"Deribit left out the trades of {shown(missing)}")
    return Acknowledged()
