"""The plan of an entry in words and as JSON."""

from collections.abc import Iterator
from dataclasses import asdict

from scoring.view import EstimatedCluster, MarketView
from scoring.view.plan import Plan
from tui import format as write
from tui.unknown import Json, number
from tui.views.clusters import band_text

_RECORD = "Clusters are modelled, not measured: a magnet is not a target, and their record stands beside them."


def plan_lines(plan: Plan, view: MarketView) -> Iterator[str]:
    """The plan, a line a thing. What is not known says why."""
    yield f"PLAN  {plan.order.direction}, estimated clusters {view.map.lens} {view.map.preset}"
    if plan.reason:
        yield f"no plan: {plan.reason}"
        return
    yield f"entry        {write.price(plan.entry)}" + (
        "" if plan.order.entry else f"  {write.clean(view.price.source)}"
    )
    yield from _stop(plan, view)
    yield from _targets(plan, view)
    yield from _liquidations(plan)
    yield from _slippage(plan)
    yield from (f"! {warning}" for warning in plan.warnings)
    if not view.map.reason:
        yield _RECORD


def _stop(plan: Plan, view: MarketView) -> Iterator[str]:
    asked = plan.order.stop
    if asked is not None:
        yield f"stop         {write.price(asked)}  {write.percent(asked / (plan.entry or asked) - 1)}"
        for item in plan.between:
            where = "holds the stop" if item is plan.around_stop else "between entry and stop"
            yield f"  in the way {_cluster(item, view)}  {where}"
    if plan.stop_outside is None:
        yield f"stop outside {write.UNKNOWN if view.map.reason else 'none needed'}  {plan.stop_why}"
    elif plan.stop_outside != asked:
        away = write.percent(plan.stop_outside / (plan.entry or plan.stop_outside) - 1)
        yield f"stop outside {write.price(plan.stop_outside)}  {away}  {plan.stop_why}"
    else:
        yield f"stop outside {plan.stop_why}"


def _cluster(item: EstimatedCluster, view: MarketView) -> str:
    touch = f", touched within 24 h {write.percent(item.touch, 0, False)} by chance" if item.touch is not None else ""
    return f"{band_text(item.low, item.high, view.ladder.step)} {write.percent(item.distance, 1)}{touch}"


def _targets(plan: Plan, view: MarketView) -> Iterator[str]:
    if view.map.reason:
        yield f"targets      {write.UNKNOWN}  {write.clean(view.map.reason)}"
    elif not plan.targets:
        yield "targets      none: no cluster on that side pulls enough"
    for target in plan.targets:
        reward = f", {target.reward:.1f} times the risk" if target.reward is not None else ""
        pull = write.percent(target.cluster.pull, 0, False)
        yield (
            f"target       {write.price(target.price)}  {write.percent(target.fraction)}{reward}, "
            f"before {_cluster(target.cluster, view)}, pull {pull}"
        )


def _liquidations(plan: Plan) -> Iterator[str]:
    if plan.order.leverage is None:
        yield "liquidation  not asked: give --leverage"
        return
    for item in plan.liquidations:
        if item.price is None:
            yield f"liquidation  {item.venue} {write.UNKNOWN}  {item.note}"
        else:
            yield f"liquidation  {item.venue} {write.price(item.price)}  {write.percent(item.fraction)}  {item.note}"


def _slippage(plan: Plan) -> Iterator[str]:
    if plan.order.size_usd is None:
        yield "slippage     not asked: give --size"
        return
    size = write.usd(plan.order.size_usd)
    for item in plan.slippage:
        if item.bp is None:
            yield f"slippage     {item.venue or 'all'} {write.UNKNOWN}  {size}: {item.reason}"
            continue
        stressed = "more than the book holds" if item.stressed_bp is None else f"{item.stressed_bp:.1f} bp"
        yield f"slippage     {item.venue} ≈{item.bp:.1f} bp for {size}, in a cascade {stressed}"


def plan_text(plan: Plan, view: MarketView) -> str:
    """The plan as text; ends with a line end."""
    return "\n".join(plan_lines(plan, view)) + "\n"


def plan_json(plan: Plan, view: MarketView) -> Json:
    """The plan as JSON; what is not known is null with its reason."""
    if plan.reason:
        return {"reason": plan.reason}
    return {
        "basis": "estimated",
        "lens": view.map.lens,
        "preset": view.map.preset,
        "entry": plan.entry,
        "stop": plan.order.stop,
        "risk": plan.risk,
        "between": [asdict(item) for item in plan.between],
        "around_stop": asdict(plan.around_stop) if plan.around_stop is not None else None,
        "stop_outside": number(plan.stop_outside, plan.stop_why),
        "stop_why": plan.stop_why,
        "targets": [asdict(item) for item in plan.targets],
        "liquidations": [
            {"venue": item.venue, "price": number(item.price, item.note), "fraction": item.fraction, "note": item.note}
            for item in plan.liquidations
        ],
        "slippage": [
            {"venue": item.venue, "bp": number(item.bp, item.reason), "stressed_bp": item.stressed_bp}
            for item in plan.slippage
        ],
        "warnings": list(plan.warnings),
    }
