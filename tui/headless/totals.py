"""`liqtop replay TAPE --headless`, `liqtop demo --headless`: the realised liquidations in one table."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from feeds.source import Source
from scoring.view import SideTotal, VenueTotal, WindowTotal
from scoring.window import WINDOWS
from tui.exits import FINE, NO_DATA
from tui.headless.fold import Folded, fold
from tui.headless.output import narrate, write_lines, write_text
from tui.settings import Settings
from tui.views.seen import WHOLE

WINDOW_MINUTES = WINDOWS[-1]
_TOP = 10
USD_IS = {
    "binance": "average fill price (ap) x accumulated filled quantity (z)",
    "bybit": "bankruptcy price (p) x executed size (v)",
    "okx": "bankruptcy price (bkPx) x contracts (sz) x contract value",
}
"""What a liquidation's USD is made of, by venue."""


def print_totals(source: Source, settings: Settings, coins: Sequence[str], as_json: bool) -> int:
    """Fold a source that ends and print; no coins: all of them. The exit code tells whether any event was seen."""
    folded = fold(source, settings, coins, None)
    totals = summary(folded, source)
    if as_json:
        write_lines([msgspec.json.encode(totals)])
    else:
        write_text(as_text(totals))
    if folded.market_events:
        return FINE
    narrate("liqtop: no market event was seen")
    return NO_DATA


def summary(folded: Folded, source: Source) -> dict[str, Any]:
    """The totals of the 24 h before the source's present, USD unrounded; coins by size."""
    total = folded.market.totals(WINDOW_MINUTES)
    venues = {venue.venue: _sides(venue) for venue in total.venues}
    return {
        "mode": source.mode,
        "first_ms": folded.first_ms,
        "last_ms": source.now_ms(),
        "window_minutes": WINDOW_MINUTES,
        **_sides(total),
        "venues": venues,
        "coins": _coins(folded),
        "events": dict(sorted(folded.events.items())),
        "undecodable": dict(sorted(folded.left_out.items())),
        "usd_is": {name: USD_IS[name] for name in venues if name in USD_IS},
    }


def _sides(total: WindowTotal | VenueTotal) -> dict[str, Any]:
    return {
        "count": total.long.count + total.short.count,
        "long_count": total.long.count,
        "short_count": total.short.count,
        "long_usd": total.long.usd,
        "short_usd": total.short.usd,
        "sampled": total.long.sampled or total.short.sampled,
        "coverage": total.coverage,
    }


def _coins(folded: Folded) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for coin in folded.market.coins:
        view = folded.market.view(coin, WINDOW_MINUTES, 0)
        day = next((total for total in view.totals if total.window_minutes == WINDOW_MINUTES), None)
        if day and day.long.count + day.short.count:
            found[coin] = _coin(day.long, day.short)
    return dict(sorted(found.items(), key=lambda item: -(item[1]["long_usd"] + item[1]["short_usd"])))


def _coin(long: SideTotal, short: SideTotal) -> dict[str, Any]:
    return {
        "count": long.count + short.count,
        "long_count": long.count,
        "short_count": short.count,
        "long_usd": long.usd,
        "short_usd": short.usd,
    }


def as_text(totals: dict[str, Any]) -> str:
    """The summary as a table."""
    coins = totals["coins"]
    lines = [
        f"{totals['mode']}  {_clock(totals['first_ms'])} to {_clock(totals['last_ms'])} UTC",
        "",
        f"{'realised liquidations, 24 h':<28}{'count':>8}{'long USD':>18}{'short USD':>18}{'coverage':>10}",
        _row("all", totals, totals) + f"{totals['coverage']:>10.2%}",
        *(_row(f"  {name}", row, row) + f"{row['coverage']:>10.2%}" for name, row in totals["venues"].items()),
        "",
        f"largest {min(_TOP, len(coins))} of {len(coins)} coins",
        *(_row(f"  {coin}", row, totals) for coin, row in list(coins.items())[:_TOP]),
        "",
        "events       " + _counts(totals["events"]),
        "undecodable  " + _counts(totals["undecodable"]),
        *(f"USD          {name}: {meaning}" for name, meaning in totals["usd_is"].items()),
        ">=           at least: sampled by the venue, or only partly seen; - is nothing seen",
    ]
    return "\n".join(lines)


def _row(name: str, row: dict[str, Any], seen: dict[str, Any]) -> str:
    """One line of the table; `seen` says how complete its numbers are."""
    mark = ">=" if seen["sampled"] or seen["coverage"] < WHOLE else ""
    long, short = (f"{mark}{row[side]:,.2f}" if row[side] else "-" for side in ("long_usd", "short_usd"))
    return f"{name:<28}{row['count']:>8,}{long:>18}{short:>18}"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "none"


def _clock(at_ms: int | None) -> str:
    return "-" if at_ms is None else f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d %H:%M:%S}"
