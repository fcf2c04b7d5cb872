"""`liqtop check`: may I enter this coin in this direction, and with which stop and targets; as text or JSON."""

from collections.abc import Mapping, Sequence

import msgspec

from feeds.source import Source
from feeds.symbols import SymbolTable
from feeds.tiers import BINANCE_DATE, MarginTier, tier_of
from scoring.margin import PLAIN, RULES, liquidation_price
from scoring.plan import plan
from scoring.view import CheckItem, DirectionVerdict, MarketView, Verdict
from scoring.view.plan import Order, OwnLiquidation, Plan
from tui import format as write
from tui.controls import Controls
from tui.exits import FINE, NO, NO_DATA
from tui.headless.fold import fold
from tui.headless.output import narrate, write_lines, write_text
from tui.plan_text import plan_json, plan_text
from tui.settings import Settings
from tui.unknown import Json, number
from tui.views.checklist import MARKS
from tui.views.heading import heading
from tui.views.place import place_of_history

_EXITS: Mapping[Verdict, int] = {"OK": FINE, "WAIT": NO, "NO ENTRY": NO, "INSUFFICIENT DATA": NO_DATA}
_MARGINS = ("binance", "bybit", "okx")
"""Whose margin formulas are known."""
_SMALL_USD = 1_000.0
"""The size of a position in the lowest tier, where none was given."""


def print_check(source: Source, settings: Settings, coin: str, order: Order, json: bool, seconds: float | None) -> int:
    """Fold the source, print checklist and plan of one direction; 0 only where the answer is OK, 3 without data."""
    names = (coin,) if coin == "BTC" else (coin, "BTC")
    market = fold(source, settings, names, seconds, (coin,)).market
    view = market.view(coin, settings.display.window_minutes, 0)
    made = plan(view, order, liquidations(source.symbols, view, order), settings.plan)
    if json:
        write_lines([msgspec.json.encode(check_json(view, made, source.mode))])
    else:
        controls = Controls(coin=coin, window_minutes=settings.display.window_minutes, mode=source.mode)
        write_text(f"{heading(view, controls)}\n\n{check_text(view, made)}")
    if view.price.value is None and not view.tape:
        narrate(f"liqtop: no market event of {coin} was seen")
        return NO_DATA
    return _EXITS[_answer(view, made).verdict]


def liquidations(symbols: SymbolTable, view: MarketView, order: Order) -> tuple[OwnLiquidation, ...]:
    """Where the position itself would be liquidated, on each exchange whose formula and list are known."""
    entry = order.entry if order.entry is not None else view.price.value
    if order.leverage is None or entry is None:
        return ()
    found = []
    for venue in _MARGINS:
        instrument = symbols.best(venue, "perp", view.coin)
        if instrument is not None:
            tiers = symbols.margin_tiers(venue, instrument.symbol)
            found.append(_own(venue, order, entry, tiers))
    return tuple(found)


def _own(venue: str, order: Order, entry: float, tiers: Sequence[MarginTier]) -> OwnLiquidation:
    """One venue's liquidation price of an isolated position, with the tier that it is in."""
    if not tiers:
        return OwnLiquidation(venue, None, None, "its margin tiers are not known")
    leverage = order.leverage or 1.0
    coins = (order.size_usd or _SMALL_USD) / entry
    tier = tier_of(tiers, coins, entry) or tiers[0]
    if leverage > tier.max_leverage:
        return OwnLiquidation(venue, None, None, f"at most {tier.max_leverage:g}x at this size")
    price = liquidation_price(order.direction, entry, leverage, coins, tiers, RULES.get(venue, PLAIN))
    if price is None:
        return OwnLiquidation(venue, None, None, "no price liquidates it")
    size = "" if order.size_usd else "small position, "
    dated = f", tiers of {BINANCE_DATE}" if venue == "binance" else ""
    note = f"isolated, {size}maintenance {100 * tier.maintenance_rate:g} %{dated}"
    return OwnLiquidation(venue, price, price / entry - 1.0, note)


def _answer(view: MarketView, made: Plan) -> DirectionVerdict:
    return view.checklist.long if made.order.direction == "long" else view.checklist.short


def check_text(view: MarketView, made: Plan) -> str:
    """The answer first, then what made it, then the plan."""
    direction, answer = made.order.direction, _answer(view, made)
    covered = f"{write.percent(answer.coverage, 0, signed=False)} known"
    known = "" if answer.reason.startswith(covered) else f"  {covered}"
    score = f" {write.score(answer.score)}" if answer.score is not None else ""
    lines = [
        f"{write.clean(view.coin)} {direction}: {answer.verdict}{score}{known}  {write.clean(answer.reason)}",
        "",
    ]
    lines += ["CHECKLIST"] + [_item(item, direction) for item in view.checklist.items]
    return "\n".join(lines) + "\n\n" + plan_text(made, view)


def _item(item: CheckItem, direction: str) -> str:
    grade = item.long if direction == "long" else item.short
    age = f"  {write.duration(item.age_ms)} old" if item.age_ms is not None else ""
    said = "  ".join(
        part for part in (write.clean(item.value), place_of_history(item), write.clean(item.reason)) if part
    )
    decides = "; ".join(part for part in (write.clean(item.threshold), write.clean(item.source)) if part)
    line = f"{MARKS[grade]} {write.clean(item.name):<16} {grade:<8} {said}{age}"
    return f"{line}\n{'':28}{decides}" if decides else line


def check_json(view: MarketView, made: Plan, mode: str) -> Json:
    """The answer, its items and the plan."""
    direction, answer = made.order.direction, _answer(view, made)
    return {
        "coin": write.clean(view.coin),
        "direction": direction,
        "at_ms": view.at_ms,
        "mode": mode,
        "verdict": answer.verdict,
        "score": number(answer.score, answer.reason),
        "coverage": answer.coverage,
        "reason": write.clean(answer.reason),
        "items": [
            {
                "name": write.clean(item.name),
                "grade": item.long if direction == "long" else item.short,
                "value": write.clean(item.value) or None,
                "reason": write.clean(item.reason),
                "weight": item.weight,
                "age_ms": item.age_ms,
                "threshold": write.clean(item.threshold),
                "percentile": item.percentile,
                "history_ms": item.history_ms,
                "source": write.clean(item.source),
            }
            for item in view.checklist.items
        ],
        "plan": plan_json(made, view),
    }
