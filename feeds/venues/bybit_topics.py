"""Bybit's subscriptions: the topics of a symbol in one request, and what follows where the venue refuses one of them.

    {"success":false,"ret_msg":"error:handler not found,topic:allLiquidation.AUSDT","req_id":"AUSDT","op":"subscribe"}

One bad topic rejects a whole request, so the others are asked for again without it. The request's `req_id` is echoed
(Bybit documentation, v5 websocket connect); here it is the symbol, behind which a second request says its topics.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from feeds.events import Market
from feeds.symbols import Instrument
from feeds.venue import Decoded, Rejected, Reply
from feeds.venues.reading import shown

_LIQUIDATIONS = "allLiquidation"
_KINDS: dict[Market, tuple[str, ...]] = {"perp": (_LIQUIDATIONS, "publicTrade", "tickers"), "spot": ("publicTrade",)}


def subscription(symbol: str, market: Market) -> str:
    """The request for all topics of a symbol."""
    return _request(symbol, symbol, _KINDS[market])


def refusal(message: Mapping[str, Any], market: Market, instruments: Mapping[str, Instrument]) -> Sequence[Decoded]:
    """What a refused request means: whose liquidations are missing, and the request for the other topics."""
    said, words, identity = str(message.get("ret_msg")), shown(message.get("ret_msg")), message.get("req_id")
    symbol, _, kinds = identity.partition("/") if isinstance(identity, str) else ("", "", "")
    instrument = instruments.get(symbol)
    if instrument is None:
        return (Rejected(f"Bybit refused the subscription of {shown(identity)}: {words}"),)
    asked = tuple(kind for kind in _KINDS[market] if not kinds or kind in kinds.split(","))
    left = tuple(kind for kind in asked if f"{kind}.{symbol}" not in said)
    if left == asked:  # the refusal names none of the topics: nothing tells which would be accepted
        left = ()
    lost = [kind for kind in asked if kind not in left]
    unseen = instrument.coin if _LIQUIDATIONS in lost else ""
    rejected = Rejected(f"Bybit refused {', '.join(lost)} of {symbol}: {words}", unseen=unseen)
    return (rejected, Reply(_request(f"{symbol}/{','.join(left)}", symbol, left))) if left else (rejected,)


def _request(identity: str, symbol: str, kinds: Sequence[str]) -> str:
    message = {"req_id": identity, "op": "subscribe", "args": [f"{kind}.{symbol}" for kind in kinds]}
    return msgspec.json.encode(message).decode()
