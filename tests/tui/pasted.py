"""Reading a paste in a test, and every value its digits could stand for, worked out independently of the reader."""

import json
import re
from collections.abc import Iterator

from scoring.settings import ScoringSettings
from scoring.view import CheckItem, MarketView
from tui.controls import Controls
from tui.paste.findings import Finding
from tui.paste.reader import understand
from tui.paste.tables import Understood
from tui.paste.verdicts import Judgement, judge
from tui.text import snapshot_json, snapshot_text

FORMATS = ("text", "tsv", "markdown")
_MULTIPLIERS = (1.0, 1e3, 1e4, 1e6, 1e7, 1e8, 1e9, 1e12)
_DIGITS = re.compile(r"\d+(?:[.,'’ \u00a0\u2009\u202f]\d+)*(?:[eE][+-]?\d+)?")


def printed(view: MarketView, form: str) -> str:
    if form == "json":
        return json.dumps(snapshot_json(view, "LIVE"))
    return snapshot_text(view, Controls(), form)  # type: ignore[arg-type]  # the formats by name


def judged(text: str) -> tuple[Understood, Judgement]:
    understood = understand(text)
    return understood, judge(understood, ScoringSettings())


def item(judgement: Judgement, name: str) -> CheckItem:
    return next(one for one in judgement.checklist.items if one.name == name)


def finding(judgement: Judgement, topic: str) -> Finding:
    return next(one for one in judgement.findings if one.topic == topic)


def said(judgement: Judgement, topic: str) -> str:
    return "\n".join(finding(judgement, topic).sentences)


def not_read(understood: Understood) -> list[tuple[int, str]]:
    return [(line.number, line.meaning) for line in understood.lines if line.outcome == "not read"]


def possible(text: str) -> set[float]:
    """Every value that a run of digits, or a part of one, can stand for with any separator and magnitude."""
    found: set[float] = set()
    for core in _DIGITS.findall(text):
        mantissa, _, exponent = core.lower().partition("e")
        groups = re.split(r"\D", mantissa)
        for first in range(len(groups)):
            for last in range(first + 1, len(groups) + 1):
                part = groups[first:last]
                readings = {"".join(part), "".join(part[:-1]) + "." + part[-1]} if len(part) > 1 else {part[0]}
                for reading in readings:
                    for tail in ("", f"e{exponent}") if exponent else ("",):
                        found |= {float(reading + tail) * factor for factor in _MULTIPLIERS}
    return found


def values(understood: Understood) -> Iterator[float]:
    """Every number of the understood rows, in the unit in which it was pasted."""
    for price in understood.prices:
        yield from (one for one in (price.value,) if one is not None)
        yield from (abs(one) * 100 for one in (price.change,) if one is not None)
    for level in understood.levels:
        edges = (level.price,) if level.low is None else (level.low, level.high)
        yield from (one for one in (*edges, level.long_usd, level.short_usd) if one is not None)
    yield from (row.usd for row in understood.unplaced)
    for total in understood.totals:
        yield from (one for one in (total.long_usd, total.short_usd) if one is not None)
    for row in understood.interest:
        yield from (one for one in (row.usd, row.coins) if one is not None)
        changes = (row.change_1h, row.change_24h, row.usd_1h, row.usd_24h, row.coins_1h, row.coins_24h)
        yield from (abs(one) * 100 for one in changes if one is not None)
    yield from (abs(row.usd) for row in understood.flow)
    yield from (one for row in understood.depth for one in (row.bid_usd, row.ask_usd) if one is not None)
    yield from (row.put_call for row in understood.options if row.put_call is not None)
    yield from (abs(row.change_24h) * 100 for row in understood.crowd if row.change_24h is not None)
    if (told := understood.estimate) is not None:
        yield from (abs(one) for one in (told.raw,) if one is not None)
        yield from (abs(one.reached) for one in told.horizons if one.reached is not None)
        yield from (one.reached_share * 100 for one in told.horizons)
        yield from (told.volatility.daily * 100,) if told.volatility else ()
