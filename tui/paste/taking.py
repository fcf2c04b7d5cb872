"""What a number is, by the table it stands in and the words beside it: it is put into a draft, or a reason is kept."""

from collections.abc import Callable
from dataclasses import replace

from tui.paste.draft import Draft, Label
from tui.paste.lexing import Token
from tui.paste.numbers import Number

HIGHEST_FUNDING = 5.0
"""Percent. No venue pays more in one interval: the caps that are published are 0.3 to 4 %."""
_IGNORED = ("who", "quotient", "rank", "volume", "cap", "next", "age", "predicted", "distance", "text")


def take(draft: Draft, label: Label, token: Token) -> None:
    """Take one token that holds numbers into the draft, under its label."""
    if token.note:
        draft.notes.append(token.note)
    if token.doubt:
        draft.problem(token, token.doubt.reason)
    elif label.role in _IGNORED:
        return
    elif label.unit in ("contracts", "other") and any(not number.percent for number in token.numbers):
        draft.problem(token, "an amount that is neither USD nor coins")
    else:
        _TAKERS.get(label.section or draft.section, _take_liquidations)(draft, label, token)


def _take_interest(draft: Draft, label: Label, token: Token) -> None:
    if token.kind == "pair" and all(number.percent for number in token.numbers):
        if len(draft.order) != 2:
            return draft.problem(token, "two changes, not told which is over 24 h and which over 1 h")
        for number, minutes in zip(token.numbers, draft.order, strict=True):
            _take_change(draft, replace(label, minutes=minutes), token, number)
        return None
    number = token.numbers[0]
    if token.kind != "number" or number.unit == "x":
        return draft.problem(token, "expected an amount or a percent as open interest")
    if number.percent:
        return _take_change(draft, label, token, number)
    if label.role in ("", "amount", "coins", "oi", "change") and not number.signed and number.value >= 0:
        coins = label.unit == "coins" or number.unit not in ("", "USD")
        return draft.put("coins" if coins else "usd", number)
    if label.role != "price":
        draft.problem(token, "expected an amount without a sign as open interest")
    return None


def _take_change(draft: Draft, label: Label, token: Token, number: Number) -> None:
    if label.minutes not in (None, 60.0, 1440.0):
        return draft.problem(token, "a change over another span than 1 h or 24 h is not used")
    if number.value <= -100:
        return draft.problem(token, "nothing falls by so much")
    if label.minutes is None:
        draft.notes.append("a change of open interest without a span is taken as over 24 h")
    unit = {"coins": "coins_", "USD": "usd_"}.get(label.unit, "change_")
    return draft.put(unit + ("1h" if label.minutes == 60.0 else "24h"), number)


def _take_funding(draft: Draft, label: Label, token: Token) -> None:
    if label.role in ("interval", "price", "change", "seen"):
        return None
    if token.kind == "pair" or not all(number.percent for number in token.numbers):
        return draft.problem(token, "a funding rate without a percent sign: a fraction or a percent")
    if any(abs(number.value) > HIGHEST_FUNDING for number in token.numbers) and label.role != "yearly":
        return draft.problem(token, f"no funding rate is beyond {HIGHEST_FUNDING:g} %")
    if label.role == "yearly":
        return draft.put("yearly", token.numbers[0])
    if token.kind == "range":
        draft.put("rate_low", token.numbers[0])
        return draft.put("rate_high", token.numbers[1])
    if label.minutes is not None:
        draft.put(f"rate_per_{label.minutes:g}", token.numbers[0])
    else:
        draft.put("rate", token.numbers[0])
    return None


def _take_crowd(draft: Draft, label: Label, token: Token) -> None:
    number = token.numbers[0]
    if token.kind == "pair":
        draft.put("long_share", token.numbers[0])
        return draft.put("short_share", token.numbers[1])
    if token.kind == "range":
        return draft.problem(token, "a range is no share")
    if label.role == "change" or (number.signed and label.role not in ("long", "short")):
        if number.percent or draft.points:
            return draft.put("share_change", number)
        return draft.problem(token, "expected a change in percent")
    if label.role in ("long", "short"):
        return draft.put(f"{label.role}_share", number)
    if number.percent and label.role != "share":
        return draft.problem(token, "a share without its side")
    if label.role in ("", "ratio", "amount") and not number.percent:
        return draft.put("ratio", number)
    return None


def _take_flow(draft: Draft, label: Label, token: Token) -> None:
    number = token.numbers[0]
    if label.role == "z" and token.kind == "number":
        return draft.put("z", number)
    if token.kind != "number" or number.percent or number.unit == "x":
        return draft.problem(token, "expected an amount as CVD")
    if number.unit not in ("", "USD") or label.unit == "coins":
        return draft.problem(token, "CVD in coins, expected USD")
    if label.role not in ("", "amount"):
        return draft.problem(token, f"expected CVD, found a {label.role}")
    return draft.put("flow", number)


def _take_depth(draft: Draft, label: Label, token: Token) -> None:
    number = token.numbers[0]
    if token.kind == "number" and number.percent:
        return draft.put("band", number)
    if token.kind == "pair":
        draft.put("bid", token.numbers[0])
        return draft.put("ask", token.numbers[1])
    if label.role in ("bid", "ask") and token.kind == "number":
        return draft.put(label.role, number)
    return draft.problem(token, "bid or ask not told")


def _take_options(draft: Draft, label: Label, token: Token) -> None:
    number = token.numbers[0]
    if token.kind != "number" or number.percent or number.scale != 1.0 or number.signed or number.value < 0:
        return draft.problem(token, "expected puts per call as a plain ratio without a sign")
    return draft.put("put_call", number)


def _take_market(draft: Draft, label: Label, token: Token) -> None:
    number = token.numbers[0]
    if token.kind != "number" or number.unit not in ("", "USD", "%"):
        return draft.problem(token, "expected a price in USD or its change in percent")
    if number.percent:
        draft.minutes = label.minutes if label.minutes is not None else draft.minutes
        return draft.put("price_change", number)
    if number.value <= 0 or number.signed:
        return draft.problem(token, "a price is positive and has no sign")
    return draft.put("price", number)


def _take_liquidations(draft: Draft, label: Label, token: Token) -> None:
    number = token.numbers[0]
    if label.role in ("price", "band") and not number.percent:
        return _take_price(draft, token)
    if token.kind == "range":
        return _take_price(draft, token) if not number.percent else draft.problem(token, "a range of percents")
    if token.kind == "pair":
        names = [role for role in draft.roles if role in ("long", "short")] or ["long", "short"]
        key = "{}_share" if number.percent else "{}"
        if len(draft.roles) < 2 and not draft.has_sides:
            return draft.problem(token, "two numbers, not told which is long")
        for name, one in zip(names, token.numbers, strict=False):
            draft.put(key.format(name), one)
        return None
    if label.role in ("long", "short"):
        if number.percent:
            return draft.put(f"{label.role}_share", number)
        if number.signed or number.unit not in ("", "USD"):
            return draft.problem(token, "expected a liquidated amount in USD without a sign")
        return draft.put(label.role, number)
    if number.percent:
        if label.role == "price" or ("price" in draft.values and not draft.has_sides):
            draft.minutes = label.minutes if label.minutes is not None else draft.minutes
            return draft.put("price_change", number)
        if "long_share" in draft.values or "short_share" in draft.values:
            return draft.put("share_change", number)
        return draft.problem(token, "a percent without a label")
    if label.role in ("seen", "window"):
        return None
    if label.role in ("amount", "change", "ratio", "share"):
        return draft.problem(token, "an amount without its side")
    draft.bare.append(number)
    return None


def _take_price(draft: Draft, token: Token) -> None:
    if any(number.signed or number.unit not in ("", "USD") or number.value <= 0 for number in token.numbers):
        return draft.problem(token, "a price is positive, in USD, and has no sign")
    if token.kind == "pair":
        return draft.problem(token, "two prices with a slash")
    draft.put("price", token.numbers[0])
    if token.kind == "range":
        draft.put("high", token.numbers[1])
    return None


_TAKERS: dict[str, Callable[[Draft, Label, Token], None]] = {
    "interest": _take_interest,
    "funding": _take_funding,
    "crowd": _take_crowd,
    "flow": _take_flow,
    "depth": _take_depth,
    "options": _take_options,
    "market": _take_market,
}
