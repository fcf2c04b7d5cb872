"""What the exchanges report of a coin, as tables: open interest, funding, long/short, depth, options, trend."""

from collections.abc import Iterable, Sequence

from scoring.view import CrowdReading, DepthReading, FundingReading, InterestReading, MarketView, TrendReading
from tui import format as write
from tui.views.grid import Grid, Heading
from tui.views.missing import missing
from tui.views.notation import PARTLY, Notation
from tui.views.row import Span

_NO_ANSWER = "no answer yet"
_WHO = {"accounts": "accounts", "top_accounts": "top accounts", "top_positions": "top positions"}


def age(view: MarketView, at_ms: int, stale: bool) -> Span:
    """How old a reading is, and that it is no present one where it is stale."""
    return (write.duration(view.at_ms - at_ms) + (" stale" if stale else ""), "stale" if stale else "muted")


def change(fraction: float | None, decimals: int = 1) -> Span:
    """A change in percent, `?` without the history for it."""
    text = write.percent(fraction, decimals, gap="")
    return (text, "unknown" if text == write.UNKNOWN else "text")


def value(text: str, stale: bool = False) -> Span:
    """A number as it is written."""
    return (text, "unknown" if text == write.UNKNOWN else "stale" if stale else "text")


def interest(view: MarketView, notation: Notation) -> Grid:
    """Open interest with its changes in coins and in USD, and that of all exchanges."""
    rows = [_interest(view, row, notation) for row in view.interest]
    fresh = [row for row in view.interest if not row.stale]
    if len(fresh) > 1:
        rows.append(_interest_of_all(fresh, notation))
    heads = (
        Heading("venue", right=False), Heading("coins", 2), Heading("USD"), Heading("1h coins", 1),
        Heading("24h coins"), Heading("1h USD", 3), Heading("24h USD", 1), Heading("age", right=False),
    )  # fmt: skip
    there = {row.venue for row in view.interest}
    return Grid("Open interest", "one side", heads, tuple(rows), missing(view, "open interest", there, _NO_ANSWER))


def _interest(view: MarketView, row: InterestReading, notation: Notation) -> tuple[Span, ...]:
    return (
        (write.venue_code(row.venue), "text"),
        value(notation.number(row.coins), row.stale),
        value(notation.number(row.usd), row.stale),
        change(row.coins_1h),
        change(row.coins_24h),
        change(row.usd_1h),
        change(row.usd_24h),
        age(view, row.at_ms, row.stale),
    )


def _interest_of_all(rows: list[InterestReading], notation: Notation) -> tuple[Span, ...]:
    """The sum of the fresh rows; `?` for a sum that a row is missing from."""
    coins, usd = [row.coins for row in rows], [row.usd for row in rows]
    return (
        ("all", "strong"),
        value(notation.number(_sum(coins))),
        value(notation.number(_sum(usd))),
        summed_change([(row.coins, row.coins_1h) for row in rows]),
        summed_change([(row.coins, row.coins_24h) for row in rows]),
        summed_change([(row.usd, row.usd_1h) for row in rows]),
        summed_change([(row.usd, row.usd_24h) for row in rows]),
        (f"of {len(rows)}", "muted"),
    )


def _sum(amounts: Iterable[float | None]) -> float | None:
    total = 0.0
    for amount in amounts:
        if amount is None:
            return None
        total += amount
    return total


def summed_change(rows: Sequence[tuple[float | None, float | None]]) -> Span:
    """The change of a sum from (amount now, its change); `~` where that of an exchange is not known."""
    known = [(amount, moved) for amount, moved in rows if amount is not None and moved is not None and moved > -1]
    before = sum(amount / (1 + moved) for amount, moved in known)
    if before <= 0:
        return (write.UNKNOWN, "unknown")
    text, style = change(sum(amount for amount, _ in known) / before - 1)
    return (text if len(known) == len(rows) or text == write.UNKNOWN else PARTLY + text, style)


def funding(view: MarketView, notation: Notation) -> Grid:
    """The running rate as it is paid, per 8 h and per year, and when it is paid next."""
    rows = [_funding(view, row) for row in view.funding]
    middle = view.funding_median
    if middle is not None and middle.venues > 1:
        style = "stale" if middle.stale else "strong"
        per_year = write.percent(middle.per_year, 1)
        ends = (("", "text"), ("", "text"), ("stale" if middle.stale else f"of {middle.venues}", "muted"))
        rows.append(
            (("median", "strong"), ("", "text"), (write.percent(middle.per_8h, 4), style), (per_year, style), *ends)
        )
    heads = (
        Heading("venue", right=False), Heading("rate", 2), Heading("per 8 h"), Heading("per year"),
        Heading("every", 3), Heading("next in", 1), Heading("age", right=False),
    )  # fmt: skip
    absent = missing(view, "funding", {row.venue for row in view.funding}, "no rate yet")
    return Grid("Funding", "", heads, tuple(rows), absent)


def _funding(view: MarketView, row: FundingReading) -> tuple[Span, ...]:
    next_in = row.next_at_ms - view.at_ms if row.next_at_ms is not None else None
    return (
        (write.venue_code(row.venue), "text"),
        value(write.percent(row.rate, 4), row.stale),
        value(write.percent(row.per_8h, 4), row.stale),
        value(write.percent(row.per_year, 1), row.stale),
        value(f"{row.interval_hours:g} h" if row.interval_hours is not None else write.UNKNOWN),
        value(write.duration(next_in)),
        age(view, row.at_ms, row.stale),
    )


def crowd(view: MarketView, notation: Notation) -> Grid:
    """The share of longs, whose share it is, and how it moved over 24 h."""
    heads = (
        Heading("venue", right=False), Heading("who", 1, right=False), Heading("long"), Heading("short", 3),
        Heading("ratio", 2), Heading("24h"), Heading("age", right=False),
    )  # fmt: skip
    absent = missing(view, "long/short", {row.venue for row in view.crowd}, _NO_ANSWER)
    return Grid("Long/short", "24h: percentage points", heads, tuple(_crowd(view, row) for row in view.crowd), absent)


def _crowd(view: MarketView, row: CrowdReading) -> tuple[Span, ...]:
    share = row.long_share
    moved = f"{share_points(row.change_24h)}" if row.change_24h is not None else write.UNKNOWN
    return (
        (write.venue_code(row.venue), "text"),
        (_WHO.get(row.basis, write.clean(row.basis, 14)), "muted"),
        value(write.percent(share, 1, signed=False), row.stale),
        value(write.percent(1 - share, 1, signed=False), row.stale),
        value(f"{share / (1 - share):.2f}" if share < 1 else write.UNKNOWN, row.stale),
        value(moved),
        age(view, row.at_ms, row.stale),
    )


def share_points(difference: float) -> str:
    """A difference of two shares in percentage points: +7.0, −0.5."""
    return write.percent(difference, 1, gap="").removesuffix("%")


def depth(view: MarketView, notation: Notation) -> Grid:
    """Resting orders near the price, and which side has more."""
    heads = (
        Heading("venue", right=False), Heading("market", 2, right=False), Heading("within", 3), Heading("bids"),
        Heading("asks"), Heading("bids/asks", 1), Heading("age", right=False),
    )  # fmt: skip
    absent = missing(view, "depth", {row.venue for row in view.depth}, _NO_ANSWER)
    rows = tuple(_depth(view, row, notation) for row in view.depth)
    return Grid("Depth", "USD resting near the middle", heads, rows, absent)


def _depth(view: MarketView, row: DepthReading, notation: Notation) -> tuple[Span, ...]:
    sides = [value(notation.amount(usd, False, True), row.stale) for usd in (row.bid_usd, row.ask_usd)]
    return (
        (write.venue_code(row.venue), "text"),
        (row.market, "muted"),
        (f"{row.band_percent:g} %", "muted"),
        *sides,
        value(f"{row.bid_usd / row.ask_usd:.2f}" if row.ask_usd > 0 else write.UNKNOWN, row.stale),
        age(view, row.at_ms, row.stale),
    )


def options(view: MarketView, notation: Notation) -> Grid:
    """Puts per call, by open interest and by volume."""
    heads = (
        Heading("venue", right=False), Heading("family", 1, right=False), Heading("open interest"), Heading("volume"),
        Heading("age", right=False),
    )  # fmt: skip
    rows = tuple(
        (
            (write.venue_code(row.venue), "text"),
            (write.clean(row.family, 12), "muted"),
            value(_ratio(row.open_interest), row.stale),
            value(_ratio(row.volume), row.stale),
            age(view, row.at_ms, row.stale),
        )
        for row in view.options
    )
    absent = missing(view, "options", {row.venue for row in view.options}, _NO_ANSWER)
    return Grid(
        "Options", "puts per call", heads, rows, absent, f"no exchange lists options on {write.clean(view.coin)}"
    )


def _ratio(number: float | None) -> str:
    return f"{number:.2f}" if number is not None else write.UNKNOWN


def trend(view: MarketView, notation: Notation) -> Grid:
    """The trend by candle length, -3 to +3, with what it is made of."""
    heads = (Heading("candle", right=False), Heading("score"), Heading("ADX", 1), Heading("why", 2, right=False))
    rows = tuple(_trend(row) for row in view.trend)
    return Grid("Trend", "−3 down to +3 up", heads, rows, empty="no candle seen")


def _trend(row: TrendReading) -> tuple[Span, ...]:
    score = f"{row.score:+d}".replace("-", "−") if row.score is not None else write.UNKNOWN
    adx = f"{row.adx:.0f}" if row.adx is not None else write.UNKNOWN
    return ((write.clean(row.interval, 6), "text"), value(score), value(adx), (write.clean(row.reason), "muted"))
