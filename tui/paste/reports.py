"""Drafts of the tables by exchange, and of the price, become rows and a sentence about each."""

from typing import Literal, cast

from tui.paste import echo
from tui.paste.draft import Draft
from tui.paste.gathered import Gathered
from tui.paste.tables import CrowdRow, DepthRow, FlowRow, FundingRow, InterestRow, OptionsRow, PriceRow

_PERIODS_A_YEAR = 3 * 365
_WHOLE = 1.5
"""Percent points by which two rounded shares may miss a hundred."""


def interest(draft: Draft, into: Gathered) -> str:
    """Open interest of an exchange, with its changes."""
    row = InterestRow(
        draft.line, draft.exchange, draft.value("usd"), draft.value("coins"),
        draft.fraction("change_1h"), draft.fraction("change_24h"), draft.fraction("usd_1h"),
        draft.fraction("usd_24h"), draft.fraction("coins_1h"), draft.fraction("coins_24h"), draft.stale,
    )  # fmt: skip
    told = [row.usd, row.coins, row.change_1h, row.change_24h, row.usd_1h, row.usd_24h, row.coins_1h, row.coins_24h]
    if all(value is None for value in told):
        return ""
    number = draft.values.get("usd")
    if number is not None and number.unit != "USD":
        draft.notes.append("amounts without a currency are taken as USD")
    into.interest.append(row)
    words = [
        echo.money(row.usd) if row.usd is not None else "",
        f"{row.coins:,.10g} coins" if row.coins is not None else "",
    ]
    for name, value in (
        ("24 h", row.change_24h), ("1 h", row.change_1h), ("USD 24 h", row.usd_24h), ("USD 1 h", row.usd_1h),
        ("coins 24 h", row.coins_24h), ("coins 1 h", row.coins_1h),
    ):  # fmt: skip
        words.append(f"{echo.share(value)} in {name}" if value is not None else "")
    return f"open interest{draft.of}: " + ", ".join(word for word in words if word)


def funding(draft: Draft, into: Gathered) -> str:
    """One rate, or the two ends of a range."""
    low, high = draft.fraction("rate_low"), draft.fraction("rate_high")
    if low is not None and high is not None:
        into.funding += [
            FundingRow(draft.line, draft.exchange, rate, draft.interval, draft.stale) for rate in (low, high)
        ]
        return f"funding{draft.of}: from {echo.share(low)} to {echo.share(high)}{_per(draft.interval)}"
    rate, interval = draft.fraction("rate"), draft.interval
    rated = next((key for key in draft.values if key.startswith("rate_per_")), None)
    if rated is not None and (rate is None or interval is None):
        rate, interval = draft.fraction(rated), float(rated.rsplit("_", 1)[1]) / 60
    if rate is None and (yearly := draft.fraction("yearly")) is not None:
        rate, interval = yearly / _PERIODS_A_YEAR, 8.0
        into.assume("a yearly funding rate is divided by its 1,095 periods of 8 h")
    if rate is None:
        return ""
    if interval is not None and not 0.1 <= interval <= 24:
        draft.problems.append(f"{interval:g} h: no funding interval is so long or short")
        return ""
    into.funding.append(FundingRow(draft.line, draft.exchange, rate, interval, draft.stale))
    return f"funding{draft.of}: {echo.share(rate)}{_per(interval)}" + (", stale" if draft.stale else "")


def _per(interval: float | None) -> str:
    return f" per {interval:g} h" if interval is not None else ", interval not told"


def crowd(draft: Draft, into: Gathered) -> str:
    """A long/short row."""
    long, short = draft.value("long_share"), draft.value("short_share")
    change, ratio = draft.fraction("share_change"), draft.value("ratio")
    if long is None and short is None and ratio is None:
        if change is not None:
            draft.problems.append("a change of the ratio without the ratio")
        return ""
    share = _share(draft, long, short, ratio)
    if share is None:
        return ""
    if change is not None:
        draft.notes.append("a change of the long share is taken as percentage points")
    into.crowd.append(CrowdRow(draft.line, draft.exchange, share, change, draft.heads, draft.stale))
    more = f", {echo.share(change)} in 24 h" if change is not None else ""
    return f"long/short{draft.of}: {echo.share(share, signed=False)} long{more}"


def _share(draft: Draft, long: float | None, short: float | None, ratio: float | None) -> float | None:
    """The long share, 0 to 1, from either side's percent or the ratio; None with a problem where they don't fit."""
    if long is not None and short is not None:
        if abs(long + short - 100) <= _WHOLE and min(long, short) >= 0:
            return long / (long + short)
        draft.problems.append(f"{long:g} and {short:g}: two shares that don't add up to 100 %")
        return None
    if long is not None or short is not None:
        one = long if long is not None else 100 - cast(float, short)
        number = draft.values["long_share" if long is not None else "short_share"]
        if 0 <= one <= 100 and number.percent:
            return one / 100
        draft.problems.append(f"{number.raw}: expected a share from 0 to 100 %")
        return None
    if ratio is not None and 0.01 <= ratio <= 100:
        return ratio / (1 + ratio)
    draft.problems.append(f"{ratio:g}: no ratio of longs to shorts is so large or small")
    return None


def flow(draft: Draft, into: Gathered) -> str:
    """CVD of one market; nothing where the market isn't told."""
    usd = draft.value("flow")
    if usd is None:
        return ""
    if draft.market not in ("spot", "perp"):
        draft.problems.append(f"{draft.values['flow'].raw}: spot or futures not told")
        return ""
    market = cast(Literal["spot", "perp"], draft.market)
    partly = draft.values["flow"].bound == "about"
    row = FlowRow(draft.line, draft.exchange, market, usd, draft.minutes, draft.value("z"), draft.seen, partly)
    into.flow.append(row)
    name = "spot" if market == "spot" else "futures"
    score = f", z {row.z:g}" if row.z is not None else ""
    sign = "+" if usd > 0 else ""
    return f"{name} CVD{draft.of}: {sign}{echo.money(usd)} in {echo.span(draft.minutes)}{score}"


def depth(draft: Draft, into: Gathered) -> str:
    """Resting orders of an exchange."""
    row = DepthRow(
        draft.line, draft.exchange, draft.value("bid"), draft.value("ask"), draft.value("band"), draft.market
    )  # fmt: skip
    if row.bid_usd is None and row.ask_usd is None:
        return ""
    into.depth.append(row)
    within = f" within {row.band_percent:g} %" if row.band_percent is not None else ""
    return f"depth{draft.of}{within}: bids {echo.money(row.bid_usd)}, asks {echo.money(row.ask_usd)}"


def options(draft: Draft, into: Gathered) -> str:
    """Puts per call, or their trend."""
    ratio = draft.value("put_call")
    rising = {"rising": True, "falling": False}.get(draft.trend)
    if ratio is None and rising is None:
        return ""
    into.options.append(OptionsRow(draft.line, draft.exchange, ratio, rising))
    words = [f"{ratio:g}" if ratio is not None else "", draft.trend]
    return f"puts per call{draft.of}: " + ", ".join(word for word in words if word)


def market(draft: Draft, into: Gathered) -> str:
    """A price, its change, or both."""
    price, change = draft.value("price"), draft.fraction("price_change")
    words = []
    if price is not None:
        into.prices.append(PriceRow(draft.line, price))
        words.append(echo.price(price))
    if change is not None:
        into.prices.append(PriceRow(draft.line, None, change, draft.minutes))
        if draft.minutes is None:
            into.assume("a change of the price without a span is taken as over 24 h")
        words.append(f"{echo.share(change)} in {echo.span(draft.minutes)}")
    return f"price: {', '.join(words)}" if words else ""
