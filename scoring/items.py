"""Checklist items from what the exchanges report and the taker flow: each graded, or unknown with the reason."""

from collections.abc import Iterable

from scoring.candles import LENGTHS_MS
from scoring.cascade_item import exhausted
from scoring.crowd import diverges, grade_crowd, grade_options, professionals_gap, typical_share
from scoring.facts import Facts
from scoring.flow import grade_flow, spot_share
from scoring.funding import comparable, funding_median
from scoring.interest import Span, aggregate_change, grade_interest, leverage_note
from scoring.places import deciding, place_of, placed, venues
from scoring.settings import ChecklistWeights, ScoringSettings
from scoring.view import CheckItem, FlowReading, Grade, InterestReading, TrendReading
from scoring.view.cascades import CascadesView

_FLOW_MINUTES = 60
_KNOWN_LEAST = 0.5
"""A change known for less than this share of the open interest is none. Judgement."""
_FLOW_SEEN_LEAST = 0.9
"""A window of which less was seen is no window. Judgement."""


def unknown(name: str, reason: str, weight: float, value: str = "") -> CheckItem:
    """An item that can't be graded."""
    return CheckItem(name, "unknown", "unknown", value, reason, weight)


def open_interest(facts: Facts, settings: ScoringSettings) -> CheckItem:
    """Open interest in coins over 24 h, or 1 h where the day is not known, against the price."""
    name, weight = "open interest", settings.checklist.weights.open_interest
    fresh = [row for row in facts.interest if not row.stale and row.coins]
    if not fresh:
        return unknown(name, "stale" if facts.interest else "none seen yet", weight)
    spans: tuple[tuple[Span, float | None], ...] = (("24h", facts.price_24h), ("1h", facts.price_1h))
    for span, price in spans:
        known = [(row, change) for row in fresh if (change := _coins_change(row, span)) is not None]
        change = aggregate_change([(row.coins or 0.0, change) for row, change in known])
        share = sum(row.coins or 0.0 for row, _ in known) / sum(row.coins or 0.0 for row in fresh)
        if change is None or share < _KNOWN_LEAST:
            continue
        over = exhausted(facts.cascades) == "down"
        grade = grade_interest(change, price, span, settings.interest, over)
        if grade.quadrant == "unclear":
            continue
        rows = [row for row, _ in known]
        reasons = [grade.quadrant, "the flush is exhausted" if over and grade.quadrant == "longs closing" else ""]
        reasons.append(_with_funding(facts, change, span, settings))
        without = [row.venue for row in fresh if row not in rows]
        reasons.append(f"without {', '.join(without)}" if without else "")
        item = CheckItem(
            name, grade.long, grade.short, f"{100 * change:+.1f} % coins {span}",
            "; ".join(reason for reason in reasons if reason), weight, _age(facts, min(row.at_ms for row in rows)),
            source=venues(rows),
        )  # fmt: skip
        return placed(item, rows) if span == "24h" else item
    lacking = ", ".join(row.venue for row in fresh if row.coins_1h is None)
    return unknown(name, f"no history yet: {lacking}" if lacking else "no price history yet", weight)


def _with_funding(facts: Facts, change: float, span: Span, settings: ScoringSettings) -> str:
    middle = funding_median(comparable(facts.fundings), facts.now_ms)
    if middle is None:
        return ""
    rates = settings.funding
    return leverage_note(change, span, middle.per_8h, settings.interest, rates.long_warn, rates.short_warn)


def _coins_change(row: InterestReading, span: Span) -> float | None:
    return row.coins_24h if span == "24h" else row.coins_1h


def cvd(facts: Facts, settings: ScoringSettings) -> CheckItem:
    """Spot flow against futures flow over an hour."""
    name, weight = "CVD", settings.checklist.weights.cvd
    spot, perp = _together(facts, "spot"), _together(facts, "perp")
    for market, row in (("spot", spot), ("futures", perp)):
        if row is None:
            return unknown(name, f"no {market} trades seen", weight)
        if row.coverage < _FLOW_SEEN_LEAST:
            return unknown(name, f"{market} seen {100 * row.coverage:.0f} % of 1 h", weight)
    if spot is None or perp is None:
        return unknown(name, "no trades seen", weight)
    grade = grade_flow(spot.usd, perp.usd, settings.flow, spot.z, perp.z)
    value = f"spot {_signed(spot)} perp {_signed(perp)}"
    share = spot_share(spot.usd, perp.usd)
    reason = f"{grade.pattern}, by spot's share {share:.2f}" if grade.weak and share is not None else grade.pattern
    age = _flow_age(facts, (spot, perp))
    item = CheckItem(name, grade.long, grade.short, value, reason, weight, age, source=_traders(facts))
    return placed(item, (spot,))


def _flow_age(facts: Facts, rows: Iterable[FlowReading]) -> int | None:
    """How long ago the feed that was silent longest was heard of."""
    times = [row.at_ms for row in rows if row.at_ms is not None]
    return _age(facts, min(times)) if times else None


def _traders(facts: Facts) -> str:
    """The exchanges whose trades were seen."""
    return venues(row for row in facts.flow if row.window_minutes == _FLOW_MINUTES)


def _together(facts: Facts, market: str) -> FlowReading | None:
    rows = (row for row in facts.flow if not row.venue and row.window_minutes == _FLOW_MINUTES and row.market == market)
    return next(rows, None)


def _signed(row: FlowReading) -> str:
    return f"{row.z:+.1f}σ" if row.z is not None else f"{row.usd / 1e6:+.1f}M"


def large_trades(facts: Facts, settings: ScoringSettings) -> CheckItem:
    """The balance of large trades over a quarter of an hour against its own day."""
    name, weight = "large trades", settings.checklist.weights.large_trades
    view = facts.large
    if view is None or view.coverage < _FLOW_SEEN_LEAST:
        return unknown(name, "not seen for 15 m yet", weight)
    if view.z is None:
        return unknown(name, f"{view.count} in 15 m, no day to compare with", weight)
    supports, against = settings.large_trades.z_pass, settings.large_trades.z_fail

    def grade(z: float) -> Grade:
        return "pass" if z >= supports else "fail" if z <= against else "warn"

    return CheckItem(
        name, grade(view.z), grade(-view.z), f"{view.z:+.1f}σ 15m", f"{view.count} large", weight,
        _flow_age(facts, facts.flow), source=_traders(facts),
    )  # fmt: skip


def long_short_ratio(facts: Facts, settings: ScoringSettings) -> CheckItem:
    """The accounts' median long share."""
    name, weight = "long/short ratio", settings.checklist.weights.long_short_ratio
    rows = [row for row in facts.crowd if row.basis == "accounts"]
    fresh = [row for row in rows if not row.stale]
    share = typical_share([row.long_share for row in fresh])
    if share is None:
        return unknown(name, "stale" if rows else "none seen yet", weight)
    place = place_of(fresh)
    grade = grade_crowd(share, settings.crowd, deciding(place, settings))
    changes = [row.change_24h for row in fresh if row.change_24h is not None]
    moved = f" {100 * sum(changes) / len(changes):+.0f} 24h" if changes else ""
    value = f"{100 * share:.0f}/{100 - 100 * share:.0f}{moved}"
    gap = professionals_gap(facts.crowd)
    reason = grade.reason if gap is None else f"{grade.reason}; top positions {100 * gap:+.0f} points"
    age = _age(facts, min(row.at_ms for row in fresh))
    item = CheckItem(name, grade.long, grade.short, value, reason, weight, age, source=venues(fresh))
    return placed(item, fresh)


def options(facts: Facts, settings: ScoringSettings) -> CheckItem:
    """Puts per call by open interest; at most a warning."""
    name, weight = "options", settings.checklist.weights.options
    rows = [row for row in facts.options if row.open_interest is not None]
    fresh = [row for row in rows if not row.stale]
    if not fresh:
        return unknown(name, "stale" if rows else "none listed or seen", weight)
    ratio = typical_share([row.open_interest for row in fresh if row.open_interest is not None])
    grade = grade_options(ratio, None, settings.crowd)
    longs = typical_share([row.long_share for row in facts.crowd if row.basis == "accounts" and not row.stale])
    apart = longs is not None and diverges(longs, ratio, settings.crowd)
    reason = f"{grade.reason}; divergence: the crowd is long" if apart else grade.reason
    age, source = _age(facts, min(row.at_ms for row in fresh)), ", ".join(row.venue for row in fresh)
    return CheckItem(name, grade.long, grade.short, f"put/call {ratio:.2f}", reason, weight, age, source=source)


def local_trend(facts: Facts, settings: ScoringSettings) -> CheckItem:
    """The trend of the coin's own 1 h candles."""
    name, weight = "local trend", settings.checklist.weights.local_trend
    hourly = next((row for row in facts.trend if row.interval == "1h"), None)
    if hourly is None or hourly.score is None:
        return unknown(name, hourly.reason if hourly else "no candles yet", weight)
    value = f"{hourly.score:+d}" + (f" ADX {hourly.adx:.0f}" if hourly.adx is not None else "")
    long, short = _by_score(hourly.score, settings), _by_score(-hourly.score, settings)
    return CheckItem(name, long, short, value, hourly.reason, weight, _closed_age(facts, hourly), source=hourly.venue)


def btc_context(facts: Facts, settings: ScoringSettings) -> CheckItem:
    """Bitcoin's trend, which matters as far as the coin follows it."""
    weights: ChecklistWeights = settings.checklist.weights
    name, weight = "BTC context", weights.btc_context
    bitcoin = facts.bitcoin
    if bitcoin is None or bitcoin.trend.score is None:
        return unknown(name, bitcoin.trend.reason if bitcoin else "BTC is not watched", weight)
    score, age, source = bitcoin.trend.score, _closed_age(facts, bitcoin.trend), bitcoin.trend.venue
    long, short = _by_score(score, settings), _by_score(-score, settings)
    if bitcoin.is_itself:
        return CheckItem(name, long, short, f"trend {score:+d}", "it is bitcoin", weight, age, source=source)
    if bitcoin.correlation is None:
        return unknown(name, "too few common candles", weight, f"trend {score:+d}")
    running = _running(bitcoin.cascades)
    long, short = ("fail" if "down" in running else long), ("fail" if "up" in running else short)
    follows = bitcoin.correlation >= settings.trend.follows_bitcoin
    if not follows:
        long, short = (grade if grade != "fail" else "warn" for grade in (long, short))
    reason = "follows bitcoin" if follows else "hardly follows bitcoin"
    reason += "".join(f"; bitcoin is {state} {direction}" for direction, state in running.items())
    return CheckItem(
        name, long, short, f"trend {score:+d} ρ {bitcoin.correlation:.2f}", reason, weight, age, source=source
    )


def _running(states: CascadesView | None) -> dict[str, str]:
    """Which of bitcoin's cascades run, with their state."""
    both = () if states is None else (states.down, states.up)
    return {one.direction: one.state for one in both if one.state in ("igniting", "cascading")}


def _by_score(score: int, settings: ScoringSettings) -> Grade:
    if score >= settings.trend.pass_score:
        return "pass"
    return "fail" if score <= settings.trend.fail_score else "warn"


def _closed_age(facts: Facts, trend: TrendReading) -> int | None:
    """How long ago the newest candle closed."""
    return None if trend.at_ms is None else _age(facts, trend.at_ms + LENGTHS_MS[trend.interval])


def _age(facts: Facts, at_ms: int) -> int:
    return max(0, facts.now_ms - at_ms)
