"""Verdicts from tables of exchanges: open interest, funding, long/short ratios, CVD, options, liquidated totals."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from scoring.crowd import grade_crowd, grade_options, long_short_ratio, typical_share
from scoring.flow import grade_flow, spot_share
from scoring.funding import comparable, funding_median, grade_long, grade_short
from scoring.settings import ScoringSettings
from scoring.view import FundingReading
from tui.paste import echo
from tui.paste.findings import Finding, graded, percent, unknown
from tui.paste.tables import CrowdRow, FlowRow, FundingRow, Understood

_DAY = 1440.0
_PERIODS_A_YEAR = 3 * 365
_FLOW_SEEN_LEAST = 0.9
"""A window of which less was seen is no window: the live checklist's rule."""
_USUAL_INTERVAL = 8.0
_BASIS_POINTS = 1e4


def funding_finding(understood: Understood, settings: ScoringSettings) -> Finding | None:
    """Each rate per 8 h and per year, their median, their spread, their mean by open interest, and both grades."""
    if not understood.funding:
        return None
    readings = [_reading(row) for row in understood.funding]
    assumed = () if all(row.interval_hours for row in understood.funding) else (
        "funding without an interval is taken as per 8 h",
    )  # fmt: skip
    rows = comparable(readings)
    middle = funding_median(rows, 0)
    if middle is None:
        reason = "every rate was stale when it was copied"
        return Finding("funding", (reason,), item=unknown("funding", reason), assumptions=assumed)
    rates = [row.per_8h for row in rows if row.per_8h is not None]
    long, long_why = grade_long(middle.per_8h, max(rates), settings.funding)
    short, short_why = grade_short(middle.per_8h, min(rates), settings.funding)
    words = [
        f"{row.venue or 'a venue not told'} {100 * (row.per_8h or 0):+.4f} % per 8 h, "
        f"{percent(row.per_year or 0)} a year ({_temperature(row.per_8h or 0.0, settings)})"
        for row in rows
    ]
    sentences = ["; ".join(words)]
    sentences.append(
        f"median {100 * middle.per_8h:+.4f} % per 8 h, {percent(middle.per_year)} a year; "
        f"spread {(max(rates) - min(rates)) * _BASIS_POINTS:.2g} bp per 8 h"
    )
    weighted = _weighted(rows, understood)
    if weighted is not None:
        sentences.append(f"weighted by open interest {100 * weighted:+.4f} % per 8 h")
    mood = _temperature(middle.per_8h, settings)
    sentences.append(f"{mood}; long: {long}, {long_why}; short: {short}, {short_why}")
    figures: dict[str, float | str | None] = {
        "median_per_8h": middle.per_8h, "median_per_year": middle.per_year, "lowest_per_8h": min(rates),
        "highest_per_8h": max(rates), "weighted_per_8h": weighted,
    }  # fmt: skip
    of = "one rate" if middle.venues == 1 else f"median of {middle.venues}"
    item = graded(
        "funding", long, short, f"{100 * middle.per_8h:+.4f} % per 8 h, {of}", f"long: {long_why}; short: {short_why}"
    )
    return Finding("funding", tuple(sentences), figures, item, assumed)


def _temperature(per_8h: float, settings: ScoringSettings) -> str:
    """A rate in a word: the one that grades it, and cool below the neutral rate."""
    word = grade_long(per_8h, per_8h, settings.funding)[1]
    return "cool" if word == "neutral" and per_8h < settings.funding.neutral else word


def _reading(row: FundingRow) -> FundingReading:
    hours = row.interval_hours or _USUAL_INTERVAL
    per_8h = row.rate * 8.0 / hours
    return FundingReading(row.venue, row.rate, hours, per_8h, per_8h * _PERIODS_A_YEAR, None, 0, row.stale)


def _weighted(rows: Sequence[FundingReading], understood: Understood) -> float | None:
    """The mean rate by open interest, of the exchanges for which both are told; None below two of them."""
    amounts = {row.venue: row.usd for row in understood.interest if row.venue and row.usd}
    both = [(row.per_8h, amounts[row.venue]) for row in rows if row.per_8h is not None and row.venue in amounts]
    whole = sum(usd or 0.0 for _, usd in both)
    return sum(rate * (usd or 0.0) for rate, usd in both) / whole if len(both) > 1 and whole > 0 else None


def crowd_finding(understood: Understood, settings: ScoringSettings) -> Finding | None:
    """The share of longs and the ratio, of the median where there are several, and whether options disagree."""
    if not understood.crowd:
        return None
    fresh: Sequence[CrowdRow] = [row for row in understood.crowd if not row.stale]
    rows = [row for row in fresh if row.basis in ("", "accounts")] or fresh
    share = typical_share([row.long_share for row in rows])
    if share is None:
        reason = "every ratio was stale when it was copied"
        return Finding("long/short ratio", (reason,), item=unknown("long/short ratio", reason))
    grade = grade_crowd(share, settings.crowd)
    ratio = long_short_ratio(share)
    words = [
        f"{f'{row.venue} ' if row.venue else ''}{100 * row.long_share:.4g} % long"
        + (f", {row.change_24h * 100:+.4g} points in 24 h" if row.change_24h is not None else "")
        for row in rows
    ]
    value = f"{100 * share:.4g} % long, " + (f"{ratio:.2f}" if ratio is not None else "nobody short")
    sentences = [*words, f"ratio {value.rpartition(', ')[2]}: {grade.reason}; long: {grade.long}, short: {grade.short}"]
    defensive = any(
        row.rising or (row.put_call or 0.0) > settings.crowd.defensive_put_call for row in understood.options
    )
    if defensive and share >= settings.crowd.crowded_warn:
        sentences.append("divergence: the crowd is long while options are defensive")
    item = graded("long/short ratio", grade.long, grade.short, value, grade.reason)
    return Finding("long/short ratio", tuple(sentences), {"long_share": share, "ratio": ratio}, item)


def options_finding(understood: Understood, settings: ScoringSettings) -> Finding | None:
    """Puts per call, or only that they rise."""
    if not understood.options:
        return None
    ratios = [row.put_call for row in understood.options if row.put_call is not None]
    trends = [row.rising for row in understood.options if row.rising is not None]
    ratio, rising = median(ratios) if ratios else None, trends[-1] if trends else None
    grade = grade_options(ratio, rising, settings.crowd)
    words = [f"put/call {ratio:.3g}"] if ratio is not None else ["put/call"]
    words += [] if rising is None else ["rising" if rising else "falling"]
    value = " ".join(words)
    sentence = f"{value}: {grade.reason}; long: {grade.long}, short: {grade.short}"
    item = graded("options", grade.long, grade.short, value, grade.reason)
    return Finding("options", (sentence,), {"put_call": ratio}, item)


@dataclass(frozen=True, slots=True)
class _Flow:
    usd: float
    z: float | None


def flow_finding(understood: Understood, settings: ScoringSettings) -> Finding | None:
    """Spot against futures flow, over one window that both are told for."""
    if not understood.flow:
        return None
    minutes = _window(understood.flow)
    spot, futures = _flow(understood.flow, "spot", minutes), _flow(understood.flow, "perp", minutes)
    spot_usd, futures_usd = spot.usd if spot else None, futures.usd if futures else None
    if (unseen := _unseen_flow(understood.flow, minutes)) is not None:
        return Finding("CVD", (unseen,), item=unknown("CVD", unseen))
    grade = grade_flow(spot_usd, futures_usd, settings.flow, spot.z if spot else None, futures.z if futures else None)
    value = f"spot {_signed(spot_usd)}, futures {_signed(futures_usd)} in {echo.span(minutes)}"
    weak = ", a weak grade: without z-scores" if grade.weak and grade.long != "unknown" else ""
    named = f"{grade.pattern}: " if grade.pattern else ""
    sentences = (value, f"{named}{grade.reason}; long: {grade.long}, short: {grade.short}{weak}")
    share = spot_share(spot_usd, futures_usd) if spot_usd is not None and futures_usd is not None else None
    figures: dict[str, float | str | None] = {
        "spot_usd": spot_usd, "futures_usd": futures_usd, "spot_share": share, "window_minutes": minutes,
    }  # fmt: skip
    reason = f"{named}{grade.reason}"
    return Finding("CVD", sentences, figures, graded("CVD", grade.long, grade.short, value, reason))


def _unseen_flow(rows: Sequence[FlowRow], minutes: float | None) -> str | None:
    """Why the flow of a window was not seen; None where it was, or the paste doesn't tell."""
    for row in rows:
        if row.window_minutes != minutes or minutes is None or row.seen_minutes is None or not row.partly:
            continue
        if row.seen_minutes < _FLOW_SEEN_LEAST * minutes:
            name = "spot" if row.market == "spot" else "futures"
            return f"{name} seen {echo.span(row.seen_minutes)} of {echo.span(minutes)}"
    return None


def _signed(usd: float | None) -> str:
    return ("+" if usd is not None and usd > 0 else "") + echo.money(usd)


def _window(rows: Sequence[FlowRow]) -> float | None:
    """The window to compare: 1 h where both markets have it, else the shortest longer one that both have."""
    both = {row.window_minutes for row in rows if row.market == "spot"} & {
        row.window_minutes for row in rows if row.market == "perp"
    }
    told = sorted(minutes for minutes in both if minutes is not None)
    if 60.0 in told or (not told and None in both):
        return 60.0 if 60.0 in told else None
    if not told:
        return rows[0].window_minutes
    return next((minutes for minutes in told if minutes > 60.0), told[-1])


def _flow(rows: Sequence[FlowRow], market: str, minutes: float | None) -> _Flow | None:
    """The flow of all exchanges: as told, or the sum; a z-score only where it is that of the whole."""
    found = [row for row in rows if row.market == market and row.window_minutes == minutes]
    whole = [row for row in found if not row.venue] or (found if len(found) == 1 else [])
    if whole:
        return _Flow(whole[-1].usd, whole[-1].z)
    return _Flow(sum(row.usd for row in found), None) if found else None
