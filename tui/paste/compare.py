"""Pasted numbers beside liqtop's own: where they differ by more than rounding, and the likely reasons."""

from collections.abc import Iterator, Sequence

from scoring.view import InterestReading, MarketView, WindowTotal
from tui.paste.compare_map import compare_map
from tui.paste.difference import Difference, difference
from tui.paste.tables import FlowRow, InterestRow, TotalRow, Understood

__all__ = ["Difference", "compare"]

_SLACK = {"price": 0.002, "open interest": 0.02, "liquidations": 0.02, "CVD": 0.05}
"""Relative differences below this are rounding and the moments between two looks. Judgement."""
_RATE_SLACK = 0.00002
"""Funding per 8 h: two thousandths of a percent. Judgement: the predicted rate moves by so much in minutes."""
_SHARE_SLACK = 0.01
"""Long shares: one percentage point. Judgement: pages round to whole points."""
_TWICE = 0.1
"""A ratio this close to two or a half is read as both sides counted, or one. Judgement."""


def compare(understood: Understood, view: MarketView) -> tuple[Difference, ...]:
    """Every number of the paste that liqtop also has and that differs by more than rounding, with likely reasons.

    Amounts USD, rates per 8 h and shares as fractions. What only one of them has is no difference.
    """
    return (
        *_price(understood, view),
        *_interest(understood, view),
        *_funding(understood, view),
        *_crowd(understood, view),
        *_totals(understood, view),
        *_flow(understood, view),
        *compare_map(understood, view),
    )


def _differs(what: str, pasted: float, ours: float) -> bool:
    return abs(pasted - ours) > _SLACK[what] * max(abs(pasted), abs(ours))


def _price(understood: Understood, view: MarketView) -> Iterator[Difference]:
    pasted, ours = understood.price, view.price.value
    if pasted is None or ours is None or not _differs("price", pasted, ours):
        return
    reasons = []
    if understood.coin and understood.coin != view.coin:
        reasons.append(f"the paste is of {understood.coin}, the screen of {view.coin}")
    if view.price.stale_at_ms is not None and view.at_ms > view.price.stale_at_ms:
        reasons.append("our price is stale")
    reasons.append("the paste is older or younger than the screen")
    if abs(pasted - ours) < 0.01 * ours:
        reasons.append("spot, index and mark price differ")
    yield difference("price", "", pasted, ours, reasons)


def _interest(understood: Understood, view: MarketView) -> Iterator[Difference]:
    ours = {row.venue: row for row in view.interest}
    for row in understood.interest:
        if row.venue:
            own = ours.get(row.venue)
            if own is not None:
                yield from _one_interest(row, own, ())
        elif row.usd is not None and ours:
            usd = sum(one.usd for one in ours.values() if one.usd is not None)
            if usd > 0 and _differs("open interest", row.usd, usd):
                reason = f"our sum is of {', '.join(sorted(ours))} alone: the page counts other exchanges"
                yield difference("open interest", "", row.usd, usd, [reason, *_twice(row.usd, usd)])


def _one_interest(row: InterestRow, own: InterestReading, more: Sequence[str]) -> Iterator[Difference]:
    stale = ["our open interest is stale"] if own.stale else []
    if row.usd is not None and own.usd is not None and _differs("open interest", row.usd, own.usd):
        reasons = [*stale, *_twice(row.usd, own.usd)]
        if own.coins is not None and not _differs("open interest", row.usd, own.coins):
            reasons.insert(0, "the pasted number is in coins, ours in USD")
        reasons += ["the page sums all contracts of the exchange (inverse, USDC, dated), ours is one contract", *more]
        yield difference("open interest", row.venue, row.usd, own.usd, reasons)
    pasted = row.usd_24h if row.usd_24h is not None else row.change_24h
    if pasted is not None and own.usd_24h is not None and abs(pasted - own.usd_24h) > _SHARE_SLACK:
        reasons = list(stale)
        if own.coins_24h is not None and abs(pasted - own.coins_24h) <= _SHARE_SLACK:
            reasons.append("the pasted change is in coins, ours in USD")
        reasons.append("the two 24 h began at different moments")
        yield difference("open interest change 24 h", row.venue, pasted, own.usd_24h, reasons)


def _twice(pasted: float, ours: float) -> list[str]:
    """Whether one counts both sides of each contract: every contract is a long and a short."""
    if abs(pasted / ours - 2) < 2 * _TWICE:
        return ["the page counts both sides of each contract, ours one"]
    if abs(pasted / ours - 0.5) < 0.5 * _TWICE:
        return ["the page counts one side, our exchange's number may be of both"]
    return []


def _funding(understood: Understood, view: MarketView) -> Iterator[Difference]:
    ours = {row.venue: row for row in view.funding}
    for row in understood.funding:
        own = ours.get(row.venue)
        if own is None or own.per_8h is None:
            continue
        pasted = row.rate * 8.0 / (row.interval_hours or 8.0)
        if abs(pasted - own.per_8h) <= _RATE_SLACK:
            continue
        reasons = ["our rate is stale"] if own.stale else []
        if row.interval_hours is None and abs(row.rate - own.rate) <= _RATE_SLACK and own.interval_hours:
            reasons.append(f"the pasted rate is per {own.interval_hours:g} h, not per 8 h")
        if pasted * own.per_8h < 0:
            reasons.append("the sign changed between the two moments")
        reasons.append("the page shows the last settled rate, ours is the running one")
        yield difference("funding per 8 h", row.venue, pasted, own.per_8h, reasons)


def _crowd(understood: Understood, view: MarketView) -> Iterator[Difference]:
    for row in understood.crowd:
        rows = {one.basis: one for one in view.crowd if one.venue == row.venue}
        own = next((one for basis, one in rows.items() if basis == (row.basis or "accounts")), None)
        if own is None or abs(row.long_share - own.long_share) <= _SHARE_SLACK:
            continue
        reasons = ["our ratio is stale"] if own.stale else []
        alike = [
            one.basis
            for one in rows.values()
            if one is not own and abs(one.long_share - row.long_share) <= _SHARE_SLACK
        ]
        reasons += [f"the pasted ratio is that of {basis.replace('_', ' ')}, ours of {own.basis}" for basis in alike]
        if abs(1 - row.long_share - own.long_share) <= _SHARE_SLACK:
            reasons.append("long and short are swapped")
        reasons.append("another period of the ratio (5 m, 1 h, 1 d)")
        yield difference("long share", row.venue, row.long_share, own.long_share, reasons)


def _totals(understood: Understood, view: MarketView) -> Iterator[Difference]:
    ours = {total.window_minutes: total for total in view.totals}
    for row in understood.totals:
        total = ours.get(round(row.window_minutes)) if row.window_minutes is not None else None
        if total is None:
            continue
        for side in ("long", "short"):
            yield from _one_total(row, total, side)


def _one_total(row: TotalRow, total: WindowTotal, side: str) -> Iterator[Difference]:
    pasted = row.long_usd if side == "long" else row.short_usd
    venue = next((one for one in total.venues if one.venue == row.venue), None) if row.venue else None
    if pasted is None or (row.venue and venue is None):
        return
    held = venue if venue is not None else total
    own = held.long if side == "long" else held.short
    if not _differs("liquidations", pasted, own.usd):
        return
    reasons = []
    if held.coverage < 0.995:
        reasons.append(f"ours was seen for {100 * held.coverage:.0f} % of the window")
    if pasted > own.usd and own.sampled:
        reasons.append("the exchange publishes a sample: ours is a lower bound, the page estimates the rest")
    if not row.venue:
        reasons.append(f"the page counts other exchanges than {', '.join(one.venue for one in total.venues)}")
    other = held.short if side == "long" else held.long
    if not _differs("liquidations", pasted, other.usd):
        reasons.insert(0, "long and short are swapped: the page names the order's side, not the position's")
    yield difference(f"liquidated {side}", row.venue, pasted, own.usd, reasons)


def _flow(understood: Understood, view: MarketView) -> Iterator[Difference]:
    for row in understood.flow:
        own = next((one for one in view.flow if _same_flow(row, one.venue, one.market, one.window_minutes)), None)
        if own is None or not _differs("CVD", row.usd, own.usd):
            continue
        reasons = [f"ours was seen for {100 * own.coverage:.0f} % of the window"] if own.coverage < 0.995 else []
        if row.usd * own.usd < 0:
            reasons.append("the page begins its sum at another moment, so that even the sign differs")
        if not row.venue:
            reasons.append("the page counts other exchanges")
        reasons.append("the page sums one contract or all of them, or counts in coins")
        yield difference(f"{'spot' if row.market == 'spot' else 'futures'} CVD", row.venue, row.usd, own.usd, reasons)


def _same_flow(row: FlowRow, venue: str, market: str, minutes: int) -> bool:
    return (venue, market) == (row.venue, row.market) and row.window_minutes == minutes
