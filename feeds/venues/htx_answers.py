"""HTX's REST answers on linear perpetuals: funding, open interest, and how the elite accounts stand.

    swap_funding_rate             "data":{"funding_rate":"0.0001","contract_code":"BTC-USDT","funding_time":"1"}
    swap_historical_funding_rate  "data":{"data":[{"funding_time":"1","contract_code":"BTC-USDT"}]}
    swap_open_interest            "data":[{"volume":78696,"amount":78.6,"value":3823138.2,"contract_code":"BTC-USDT"}]
    swap_his_open_interest        "data":{"tick":[{"volume":27112,"amount_type":1,"ts":1,"value":1321498.5264}]}
    swap_elite_account_ratio      "data":{"list":[{"buy_ratio":0.5,"sell_ratio":0.5,"locked_ratio":0,"ts":1}]}

Each stands in {"status":"ok","data":..,"ts":..}; the last two name the contract beside their list.

Open interest is "the sum of both buy and sell sides", in contracts (`volume`), coins (`amount`) and USDT (`value`), so
all three are halved; in history `amount_type` 1 means that `volume` is contracts, 2 coins. `funding_time` is the coming
settlement; the interval is told by two settlements only, so past ones set it in the symbol table. Ratios: share of
accounts and of positions of the elite traders that are long and short; locked ones are both and left out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from feeds.events import AnyEvent, Basis, Funding, LongShort, OpenInterest
from feeds.symbols import Instrument
from feeds.venue import BadAnswer
from feeds.venues.asked import Asked, rows
from feeds.venues.reading import Rejection, fields, finite, milliseconds, not_negative, parse, shown

HISTORY = "60min"
"""The period that is asked for history; all its rows count, of any other period only the last."""
CONTRACTS = 1
"""`amount_type`: open interest in contracts."""

_BASES: dict[str, Basis] = {
    "swap_elite_account_ratio": "top_accounts",
    "swap_elite_position_ratio": "top_positions",
}
_SIDES_COUNTED = 2.0
_HOUR_MS = 3_600_000
_LONGEST_HOURS = 24.0  # two settlements further apart are not neighbours

_Message = Mapping[str, Any]


def answer(asked: Asked, payload: bytes) -> Sequence[AnyEvent]:
    """The events of an answer, oldest first; raises `BadAnswer` where all of it is unusable."""
    endpoint = asked.path.rpartition("/")[2]
    read = _READERS.get(endpoint)
    if read is None:
        raise BadAnswer(f"no such poll: {asked.path}")
    instrument = asked.instrument("contract_code")
    try:
        message = fields(parse(payload), f"HTX {endpoint}")
        if message.get("status") != "ok":
            words = f"{shown(message.get('err_code'))}: {shown(message.get('err_msg'))}"
            raise BadAnswer(f"HTX answered {shown(message.get('status'))}, {words}")
        return read(asked, instrument, message)
    except Rejection as error:
        raise BadAnswer(f"{asked.path}: {error.reason}") from None


def _funding(asked: Asked, instrument: Instrument, message: _Message) -> Sequence[AnyEvent]:
    row = _of(fields(message.get("data"), "data"), instrument)
    coming, after = row.get("funding_time"), row.get("next_funding_time")
    next_at_ms = None if coming in (None, "") else milliseconds(coming, "funding_time")
    hours = instrument.funding_interval_hours
    if next_at_ms is not None and after not in (None, ""):
        hours = interval_hours(next_at_ms, milliseconds(after, "next_funding_time")) or hours
    return (
        Funding(
            venue="htx",
            market="perp",
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=milliseconds(message.get("ts"), "ts"),
            received_ms=asked.received_ms,
            rate=finite(row.get("funding_rate"), "funding_rate"),
            interval_hours=hours,
            next_at_ms=next_at_ms,
        ),
    )


def _settlements(asked: Asked, instrument: Instrument, message: _Message) -> Sequence[AnyEvent]:
    """No event: the last two settlements set the contract's funding interval."""
    found = rows(fields(message.get("data"), "data").get("data"), "settlements")
    of_contract = [_of(fields(row, "a settlement"), instrument) for row in found]
    times = sorted({milliseconds(row.get("funding_time"), "funding_time") for row in of_contract})
    if len(times) > 1 and (hours := interval_hours(times[-2], times[-1])):
        asked.symbols.add([replace(instrument, funding_interval_hours=hours)])
    return ()


def interval_hours(settlement_ms: int, next_ms: int) -> float | None:
    """The hours between two settlements; None where they can't be neighbours."""
    hours = (next_ms - settlement_ms) / _HOUR_MS
    return hours if 0 < hours <= _LONGEST_HOURS else None


def _open_interest(asked: Asked, instrument: Instrument, message: _Message) -> Sequence[AnyEvent]:
    at_ms = milliseconds(message.get("ts"), "ts")

    def read(row: object) -> OpenInterest:
        told = _of(fields(row, "open interest"), instrument)
        coins = not_negative(told.get("amount"), "amount") * instrument.price_unit
        return _halved(asked, instrument, at_ms, coins, told.get("value"))

    return asked.each(rows(message.get("data"), "data"), read)


def _interest_history(asked: Asked, instrument: Instrument, message: _Message) -> Sequence[AnyEvent]:
    def read(row: object) -> OpenInterest:
        told = fields(row, "a row of open interest")
        in_contracts = told.get("amount_type", CONTRACTS) == CONTRACTS
        unit = instrument.coins_per_unit if in_contracts else instrument.price_unit
        coins = not_negative(told.get("volume"), "volume") * (unit or 0.0)
        return _halved(asked, instrument, milliseconds(told.get("ts"), "ts"), coins, told.get("value"))

    return _oldest_first(asked.each(rows(fields(message.get("data"), "data").get("tick"), "tick"), read))


def _halved(asked: Asked, instrument: Instrument, at_ms: int, coins: float, value: object) -> OpenInterest:
    usd = None if value is None else not_negative(value, "value") / _SIDES_COUNTED
    return asked.open_interest(instrument, at_ms, coins / _SIDES_COUNTED, usd)


def _ratio(asked: Asked, instrument: Instrument, message: _Message) -> Sequence[AnyEvent]:
    basis = _BASES[asked.path.rpartition("/")[2]]

    def read(row: object) -> LongShort:
        told = fields(row, "a ratio")
        longs, shorts = (not_negative(told.get(name), name) for name in ("buy_ratio", "sell_ratio"))
        return asked.long_short(instrument, milliseconds(told.get("ts"), "ts"), basis, longs, shorts)

    events = _oldest_first(asked.each(rows(fields(message.get("data"), "data").get("list"), "list"), read))
    if asked.query.get("period") == HISTORY:
        return events
    earlier = [event for event in events if isinstance(event, LongShort)][:-1]
    return [event for event in events if event not in earlier]


def _oldest_first(events: list[AnyEvent]) -> list[AnyEvent]:
    return sorted(events, key=lambda event: event.at_ms)


def _of(row: dict[str, Any], instrument: Instrument) -> dict[str, Any]:
    """The row, which must be about the contract that was asked for."""
    if row.get("contract_code") != instrument.symbol:
        reason = f"expected contract_code {shown(instrument.symbol)}, found {shown(row.get('contract_code'))}"
        raise Rejection("unknown symbol", reason)
    return row


_READERS: dict[str, Callable[[Asked, Instrument, _Message], Sequence[AnyEvent]]] = {
    "swap_funding_rate": _funding,
    "swap_historical_funding_rate": _settlements,
    "swap_open_interest": _open_interest,
    "swap_his_open_interest": _interest_history,
    "swap_elite_account_ratio": _ratio,
    "swap_elite_position_ratio": _ratio,
}
