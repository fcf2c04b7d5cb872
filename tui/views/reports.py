"""What the exchanges report of their perpetuals, as tables: open interest, funding, long/short."""

from collections.abc import Iterable, Sequence

from scoring.view import CrowdReading, FundingReading, InterestReading, MarketView
from tui import format as write
from tui.controls import Controls
from tui.language import ENGLISH, label
from tui.views.grid import Grid, Heading
from tui.views.missing import missing
from tui.views.notation import PARTLY, Notation
from tui.views.report_cells import age, change, in_one_unit, marked, toned, value
from tui.views.row import Span

NO_ANSWER = "no answer yet"
_WHO_WORDS = {"accounts": "accounts", "top_accounts": "top accounts", "top_positions": "top positions"}
_INTEREST = ("", "interest", "interest", *("interest_change",) * 4, "interest")
_FUNDING = ("", "funding_rate", "funding", "funding_year", "funding_every", "funding_next", "funding")
_CROWD = ("", "", "crowd", "crowd", "crowd_ratio", "crowd_change", "crowd")


def interest(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> Grid:
    """Open interest with its changes in coins and in USD, and that of all exchanges."""
    fresh = [row for row in view.interest if not row.stale]
    several = len(fresh) > 1
    sums = [_sum(row.coins for row in fresh), _sum(row.usd for row in fresh)] if several else [None, None]
    coins = in_one_unit([sums[0], *(row.coins for row in view.interest)], notation)
    usd = in_one_unit([sums[1], *(row.usd for row in view.interest)], notation)
    rows = [_interest(view, row, coins, usd, controls) for row in view.interest]
    if several:
        rows.append(_interest_of_all(fresh, (coins.number(sums[0]), usd.number(sums[1])), controls))
    heads = (
        Heading("venue", right=False), Heading("coins", 2), Heading("USD"), Heading("1h coins", 1),
        Heading("24h coins"), Heading("1h USD", 3), Heading("24h USD", 1), Heading("age"),
    )  # fmt: skip
    absent = missing(view, "open interest", {row.venue for row in view.interest}, NO_ANSWER, controls)
    return Grid("Open interest", "one side", heads, tuple(rows), absent)


def _interest(
    view: MarketView, row: InterestReading, coins: Notation, usd: Notation, controls: Controls
) -> tuple[Span, ...]:
    cells = (
        (write.venue_code(row.venue), "text"),
        value(coins.number(row.coins), row.stale),
        value(usd.number(row.usd), row.stale),
        *(toned(change(one), row.stale) for one in (row.coins_1h, row.coins_24h, row.usd_1h, row.usd_24h)),
        age(view, row.at_ms, row.stale, f"interest/{row.venue}", controls),
    )
    return marked(cells, _INTEREST, row.venue)


def _interest_of_all(rows: list[InterestReading], sums: tuple[str, str], controls: Controls) -> tuple[Span, ...]:
    """The sum of the fresh rows; `?` for a sum that a row is missing from."""
    changes = (
        [(row.coins, row.coins_1h) for row in rows],
        [(row.coins, row.coins_24h) for row in rows],
        [(row.usd, row.usd_1h) for row in rows],
        [(row.usd, row.usd_24h) for row in rows],
    )
    cells = (
        (label("all", controls), "strong"),
        *(value(one) for one in sums),
        *(toned(summed_change(one)) for one in changes),
        (label("of {number}", controls, number=len(rows)), "muted"),
    )
    return marked(cells, _INTEREST, "")


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


def funding(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> Grid:
    """The running rate as it is paid, per 8 h and per year, and when it is paid next."""
    rows = [_funding(view, row, controls) for row in view.funding]
    middle = view.funding_median
    if middle is not None and middle.venues > 1:
        style = "stale" if middle.stale else "strong"
        told = "stale" if middle.stale else "of {number}"
        cells = (
            (label("median", controls), "strong"),
            ("", "text"),
            (write.percent(middle.per_8h, 4), style),
            (write.percent(middle.per_year, 1), style),
            ("", "text"),
            ("", "text"),
            (label(told, controls, number=middle.venues), "muted"),
        )
        rows.append(marked(cells, _FUNDING, ""))
    heads = (
        Heading("venue", right=False), Heading("rate", 2), Heading("per 8h"), Heading("per year"),
        Heading("every", 3), Heading("next in", 1), Heading("age"),
    )  # fmt: skip
    absent = missing(view, "funding", {row.venue for row in view.funding}, "no rate yet", controls)
    return Grid("Funding", "", heads, tuple(rows), absent)


def _funding(view: MarketView, row: FundingReading, controls: Controls) -> tuple[Span, ...]:
    next_in = row.next_at_ms - view.at_ms if row.next_at_ms is not None else None
    cells = (
        (write.venue_code(row.venue), "text"),
        value(write.percent(row.rate, 4), row.stale),
        value(write.percent(row.per_8h, 4), row.stale),
        value(write.percent(row.per_year, 1), row.stale),
        value(f"{row.interval_hours:g} h" if row.interval_hours is not None else write.UNKNOWN),
        value(write.duration(next_in)),
        age(view, row.at_ms, row.stale, f"funding/{row.venue}", controls),
    )
    return marked(cells, _FUNDING, row.venue)


def crowd(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> Grid:
    """The share of longs, whose share it is, and how it moved over 24 h."""
    heads = (
        Heading("venue", right=False), Heading("who", 1, right=False), Heading("long"), Heading("short", 3),
        Heading("ratio", 2), Heading("24h"), Heading("age"),
    )  # fmt: skip
    absent = missing(view, "long/short", {row.venue for row in view.crowd}, NO_ANSWER, controls)
    rows = tuple(_crowd(view, row, controls) for row in view.crowd)
    return Grid("Long/short", "24h: percentage points", heads, rows, absent)


def _crowd(view: MarketView, row: CrowdReading, controls: Controls) -> tuple[Span, ...]:
    share, of = row.long_share, f"{row.venue}/{row.basis}"
    moved = f"{share_points(row.change_24h)}" if row.change_24h is not None else write.UNKNOWN
    who = label(_WHO_WORDS[row.basis], controls) if row.basis in _WHO_WORDS else write.clean(row.basis, 14)
    cells = (
        (write.venue_code(row.venue), "text"),
        (who, "muted"),
        value(write.percent(share, 1, signed=False), row.stale),
        value(write.percent(1 - share, 1, signed=False), row.stale),
        value(f"{share / (1 - share):.2f}" if share < 1 else write.UNKNOWN, row.stale),
        toned(value(moved), row.stale),
        age(view, row.at_ms, row.stale, f"crowd/{of}", controls),
    )
    return marked(cells, _CROWD, of)


def share_points(difference: float) -> str:
    """A difference of two shares in percentage points: +7.0, −0.5."""
    return write.percent(difference, 1, gap="").removesuffix("%")
