"""Deribit's options as one number each: puts per call by open interest and by volume, from one call for a family.

    public/get_book_summary_by_currency?currency=BTC&kind=option
    {"jsonrpc":"2.0","result":[{"instrument_name":"BTC-31MAY24-59000-P","open_interest":569.7,"volume":196.0,
        "volume_usd":98503.18,"mark_iv":50.1,"creation_timestamp":1715947215647}],"usOut":1715947066222272}

`open_interest` and `volume` (of 24 h) are in coins for these options; `usOut` is the time of the answer, in
microseconds (Deribit documentation, public/get_book_summary_by_currency). A name is family-day-strike-P or -C. Null is
what did not trade, and adds nothing.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from feeds.events import AnyEvent, PutCall
from feeds.venue import BadAnswer
from feeds.venues.reading import Rejection, fields, left_out, milliseconds, not_negative, parse, shown, text

_PATH = "/api/v2/public/get_book_summary_by_currency"
_NAME = re.compile(r"([A-Z0-9_]{1,16})-\d{1,2}[A-Z]{3}\d{2}-[\d.d]{1,16}-([PC])", re.ASCII)


def read_options(key: str, payload: bytes, received_ms: int) -> Sequence[AnyEvent]:
    """The put/call ratios of the family that the poll asked for, and what had to be left out. Raises `BadAnswer`."""
    address = urlsplit(key)
    family = dict(parse_qsl(address.query)).get("currency", "")
    if address.path != _PATH or not family:
        raise BadAnswer(f"no such poll: {shown(key)}")
    try:
        answer = fields(parse(payload), "a Deribit answer")
        if isinstance(error := answer.get("error"), dict):
            raise BadAnswer(f"Deribit answered {error.get('code')!s:.10}: {shown(error.get('message'))}")
        rows = answer.get("result")
        if not isinstance(rows, list) or not rows:
            raise Rejection("wrong type", f"expected the options of {family}, found {shown(rows)}")
        at_ms = received_ms if answer.get("usOut") is None else milliseconds(_thousandth(answer["usOut"]), "usOut")
    except Rejection as error:
        raise BadAnswer(f"{address.path}: {error.reason}") from None
    sums = _Sums()
    bad: list[AnyEvent] = []
    for row in rows:
        try:
            sums.add(fields(row, "an option"), family)
        except Rejection as error:
            bad.append(left_out("deribit", "option", received_ms, error.kind, error.reason))
    if not sums.count:
        return bad
    ratios = PutCall(
        venue="deribit",
        market="option",
        symbol=family,
        coin=family,
        at_ms=at_ms,
        received_ms=received_ms,
        open_interest=sums.ratio("open_interest"),
        volume=sums.ratio("volume"),
    )
    return [ratios, *bad]


class _Sums:
    """Open interest and volume of puts and of calls."""

    def __init__(self) -> None:
        self.count = 0
        self._totals = {(kind, name): 0.0 for kind in "PC" for name in ("open_interest", "volume")}

    def add(self, row: Mapping[str, Any], family: str) -> None:
        """Add one option; raises `Rejection` where it is none of the family or has no usable number."""
        name = text(row.get("instrument_name"), "instrument_name")
        match = _NAME.fullmatch(name)
        if match is None or match.group(1) != family:
            raise Rejection("unknown symbol", f"expected an option of {family}, found {shown(name)}")
        kind = match.group(2)
        interest, volume = _amount(row, "open_interest"), _amount(row, "volume")
        self._totals[kind, "open_interest"] += interest
        self._totals[kind, "volume"] += volume
        self.count += 1

    def ratio(self, name: str) -> float | None:
        """Puts per call; None where there are no calls."""
        calls = self._totals["C", name]
        return self._totals["P", name] / calls if calls > 0 else None


def _amount(row: Mapping[str, Any], name: str) -> float:
    return 0.0 if row.get(name) is None else not_negative(row[name], name)


def _thousandth(microseconds: object) -> object:
    """Milliseconds where it is a number; else as it came, for the complaint."""
    return microseconds // 1000 if type(microseconds) is int else microseconds
