"""HTX's protocol around the market data: gzip, pings that want an answer, acknowledgements and refusals.

    market socket        {"ping":18212558000}                   answered {"pong":18212558000}
    notification socket  {"op":"ping","ts":"1670903745088"}     answered {"op":"pong","ts":"1670903745088"}
    market socket        {"id":"1","status":"error","err-code":"bad-request","err-msg":"invalid topic","ts":1}
    notification socket  {"op":"sub","topic":"public.*.liquidation_orders","ts":1,"err-code":0}

All frames of the venue are gzipped; answers to it need not be. Error 2014 says that the topic was subscribed before
(HTX documentation, websocket addresses and heartbeats).
"""

import zlib
from collections.abc import Mapping
from typing import Any

import msgspec

from feeds.venue import Acknowledged, Closing, Decoded, Pong, Rejected, Reply
from feeds.venues.reading import Rejection, milliseconds, shown, text

_GZIP = b"\x1f\x8b"
_GZIP_WINDOW = 31  # zlib: the largest window, with a gzip header
_MOST_BYTES = 4 * 1024 * 1024  # unpacked; a busy second of trades is some hundred kilobytes
_DUPLICATE_TOPIC = 2014


def unpacked(frame: bytes) -> bytes:
    """The text of a gzipped frame; a plain one as it is. Raises `Rejection` where it is torn or unpacks to too much."""
    if not frame.startswith(_GZIP):
        return frame
    unpacker = zlib.decompressobj(_GZIP_WINDOW)
    try:
        unpacked = unpacker.decompress(frame, _MOST_BYTES)
    except zlib.error as error:
        raise Rejection("malformed", f"expected gzip, found {shown(frame[:12])}: {error}") from None
    if unpacker.unconsumed_tail:
        raise Rejection("oversized", f"expected at most {_MOST_BYTES} bytes unpacked, found more")
    if not unpacker.eof or unpacker.unused_data:
        raise Rejection("malformed", f"expected one whole gzip member, found {len(frame)} bytes that are none")
    return unpacked


def control(message: Mapping[str, Any]) -> Decoded:
    """What a message without market data says; raises `Rejection` where it is unknown."""
    operation = message.get("op")
    if "ping" in message:
        return Reply(_json({"pong": _stamp(message["ping"])}))
    if operation == "ping":
        return Reply(_json({"op": "pong", "ts": _stamp(message.get("ts"))}))
    if "pong" in message or operation == "pong":
        return Pong()
    if operation == "close":
        return Closing("HTX announced that it closes the socket")
    code = message.get("err-code")
    if operation in ("sub", "unsub", "error") or message.get("status") == "error":
        if operation in ("sub", "unsub") and code in (0, _DUPLICATE_TOPIC):
            return Acknowledged()
        words = f"HTX refused the request, {shown(code)}: {shown(message.get('err-msg'))}"
        return Rejected(words, ends="liquidation_orders" in str(message.get("topic"))[:64])
    if message.get("status") == "ok":
        return Acknowledged()
    raise Rejection("unknown message", f"expected a known message, found the keys {shown(sorted(message))}")


def _stamp(value: object) -> int | str:
    """A ping's stamp, to be said back as it came."""
    if isinstance(value, str):
        return text(value, "the ping's time")
    return milliseconds(value, "the ping's time")


def _json(message: dict[str, object]) -> str:
    return msgspec.json.encode(message).decode()
