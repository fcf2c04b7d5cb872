"""One thing that arrived, raw, with our receive time: what sources produce, tapes keep and decoders read."""

from typing import Literal

import msgspec

from feeds.events import Market

Kind = Literal["frame", "listing", "answer", "status", "note"]


class Record(msgspec.Struct, frozen=True):
    """A raw arrival.

    `kind` frame: `payload` is a websocket message as it came. listing: an instrument list's answer, `stream` its URL.
    answer: a poll's answer, `stream` the poll's key. status: a status event's JSON, from whoever held the connection.
    note: a sentence about the recording.
    """

    received_ms: int
    kind: Kind
    venue: str
    market: Market
    stream: str
    payload: bytes
