"""The plan of an entry: clusters in the way of a stop, a stop outside of them, targets before those that pull."""

from collections.abc import Sequence

from feeds.events import Position
from scoring.settings.plan import PlanSettings
from scoring.view import DepthReading, EstimatedCluster, MarketView
from scoring.view.plan import Order, OwnLiquidation, Plan, Slippage, Target

_BP = 1e4


def plan(view: MarketView, order: Order, liquidations: Sequence[OwnLiquidation], settings: PlanSettings) -> Plan:
    """The plan of an order in this market; `liquidations` are those of the position itself, by venue."""
    entry = order.entry if order.entry is not None else (None if view.price.reason else view.price.value)
    if entry is None:
        return Plan(order, reason=f"no entry: none was given and there is no fresh price ({view.price.reason})")
    slippage = _slippage(view.depth, order, entry, settings)
    known = tuple(liquidations)
    stop_warnings = _stop_warnings(order, entry, known)
    if wrong := _wrong_side(order, entry):
        return Plan(order, entry, reason=wrong)
    if view.map.reason:
        why = f"no clusters to plan with: {view.map.reason}"
        return Plan(
            order, entry, stop_why=why, risk=_risk(order, entry), liquidations=known, slippage=slippage,
            warnings=tuple(stop_warnings),
        )  # fmt: skip
    against, towards = _sides(view, order.direction, entry)
    between, around = _in_the_way(against, order, entry)
    stop, why = _stop_outside(against, order, entry, settings)
    warnings = [*_cluster_warnings(between, around), *stop_warnings]
    used = order.stop if order.stop is not None else stop
    return Plan(
        order=order,
        entry=entry,
        between=between,
        around_stop=around,
        stop_outside=stop,
        stop_why=why,
        risk=_risk(order, entry),
        targets=tuple(_targets(towards, order.direction, entry, used, settings)),
        liquidations=known,
        slippage=slippage,
        warnings=tuple(warnings),
    )


def _wrong_side(order: Order, entry: float) -> str:
    if order.stop is None:
        return ""
    if order.direction == "long" and order.stop >= entry:
        return f"a long's stop lies below its entry: entry {entry:g}, stop {order.stop:g}"
    if order.direction == "short" and order.stop <= entry:
        return f"a short's stop lies above its entry: entry {entry:g}, stop {order.stop:g}"
    return ""


def _sides(
    view: MarketView, direction: Position, entry: float
) -> tuple[list[EstimatedCluster], list[EstimatedCluster]]:
    """The clusters against the position and those towards its profit, seen from the entry, nearest first."""
    found = [*view.map.above, *view.map.below]
    below = sorted((item for item in found if item.high <= entry or item.peak < entry), key=lambda item: -item.high)
    above = sorted((item for item in found if item.low >= entry or item.peak >= entry), key=lambda item: item.low)
    return (below, above) if direction == "long" else (above, below)


def _in_the_way(
    against: Sequence[EstimatedCluster], order: Order, entry: float
) -> tuple[tuple[EstimatedCluster, ...], EstimatedCluster | None]:
    """Clusters that begin between entry and stop, and the one that the stop lies in."""
    if order.stop is None:
        return (), None
    low, high = sorted((order.stop, entry))
    between = tuple(item for item in against if item.high > low and item.low < high)
    return between, next((item for item in between if item.low <= order.stop <= item.high), None)


def _stop_outside(
    against: Sequence[EstimatedCluster], order: Order, entry: float, settings: PlanSettings
) -> tuple[float | None, str]:
    """The nearest stop beyond every cluster in the way: where the asked one is, else within the reach of a stop."""
    down = order.direction == "long"
    stop = order.stop
    limit = stop if stop is not None else entry * (1 - settings.stop_reach if down else 1 + settings.stop_reach)
    edge: float | None = None
    for item in against:  # nearest first: a band that touches what was passed already moves the edge on
        reached = edge if edge is not None and (edge < limit if down else edge > limit) else limit
        near, far = (item.high, item.low) if down else (item.low, item.high)
        if (near >= reached) if down else (near <= reached):
            edge = far if edge is None else (min(edge, far) if down else max(edge, far))
    if edge is None:
        return stop, "no cluster is in the way"
    outside = edge - entry * settings.clearance if down else edge + entry * settings.clearance
    if stop is not None and (stop < outside if down else stop > outside):
        return stop, "the stop is outside of every cluster in the way"
    return outside, "beyond the last cluster in the way"


def _risk(order: Order, entry: float) -> float | None:
    return None if order.stop is None else abs(order.stop / entry - 1.0)


def _targets(
    towards: Sequence[EstimatedCluster],
    direction: Position,
    entry: float,
    stop: float | None,
    settings: PlanSettings,
) -> list[Target]:
    """In front of each cluster that pulls enough, nearest first."""
    found = []
    for item in towards:
        if item.pull is None or item.pull < settings.pull_least:
            continue
        near = item.low if direction == "long" else item.high
        price = (
            near - entry * settings.target_clearance
            if direction == "long"
            else (near + entry * settings.target_clearance)
        )
        gain = price / entry - 1.0 if direction == "long" else 1.0 - price / entry
        if gain <= 0:
            continue
        lost = abs(stop / entry - 1.0) if stop is not None else None
        found.append(Target(price, price / entry - 1.0, gain / lost if lost else None, item))
    return found


def _cluster_warnings(between: Sequence[EstimatedCluster], around: EstimatedCluster | None) -> list[str]:
    warnings = []
    if around is not None:
        warnings.append("The stop lies inside of a cluster: a sweep of it takes the stop along.")
    before = len(between) - (around is not None)
    if before:
        few = "a cluster lies" if before == 1 else f"{before} clusters lie"
        warnings.append(f"Between entry and stop {few}: a sweep may run on to the stop.")
    return warnings


def _stop_warnings(order: Order, entry: float, liquidations: Sequence[OwnLiquidation]) -> list[str]:
    """A position that is liquidated before its stop loses its whole margin."""
    if order.stop is None:
        return []
    stop, down = order.stop, order.direction == "long"
    early = [
        item.venue for item in liquidations
        if item.price is not None and (item.price >= stop if down else item.price <= stop)
    ]  # fmt: skip
    return [f"On {', '.join(early)} the position is liquidated before its stop."] if early else []


def _slippage(
    depth: Sequence[DepthReading], order: Order, entry: float, settings: PlanSettings
) -> tuple[Slippage, ...]:
    """Average cost of taking the size at once, where the book is evenly filled over its band; None without a size."""
    size = order.size_usd
    if size is None:
        return ()
    rows = []
    for reading in depth:
        if reading.market != "perp":
            continue
        resting = reading.ask_usd if order.direction == "long" else reading.bid_usd
        if reading.stale:
            rows.append(Slippage(reading.venue, None, None, "the depth is stale"))
        elif resting <= 0 or size > resting:
            rows.append(
                Slippage(reading.venue, None, None, f"larger than what rests within {reading.band_percent:g} %")
            )
        else:
            average = 0.5 * reading.band_percent / 100 * _BP * size / resting
            holds = size * settings.thinning <= resting
            rows.append(Slippage(reading.venue, average, average * settings.thinning if holds else None))
    return tuple(rows) or (Slippage("", None, None, "no depth is known"),)
