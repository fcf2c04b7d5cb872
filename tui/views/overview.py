"""The overview: every coin of the list on one row, in the order the reader wants, one of them chosen."""

from collections.abc import Callable

from scoring.view import CoinSummary, MarketView, Verdict
from tui.controls import SORTS, Controls
from tui.format import NONE_SEEN, UNKNOWN, amount, cell_width, clean, percent
from tui.format import price as price_text
from tui.language import label
from tui.views.alarm import LEGEND, alert_cell
from tui.views.checklist import VERDICT_STYLES
from tui.views.layout import Column, cell, finish, first_fit, scrolled, table, title
from tui.views.report_cells import headed, toned
from tui.views.row import Row, about

_VERDICT_ORDER: tuple[Verdict, ...] = ("OK", "WAIT", "NO ENTRY", "INSUFFICIENT DATA")
_SHORT_VERDICT_WORDS: dict[Verdict, str] = {
    "OK": "OK", "WAIT": "WAIT", "NO ENTRY": "NO ENTRY", "INSUFFICIENT DATA": "NO DATA",
}  # fmt: skip
_LEGEND_WORDS = ("NO DATA: too little known to judge", LEGEND)


def ordered(view: MarketView, sort: str) -> list[CoinSummary]:
    """The coins in this order: the largest first, what is not known last."""
    key = _KEYS.get(sort)
    if key is None:
        return list(view.coins)
    known = [item for item in view.coins if key(item) is not None]
    unknown = [item for item in view.coins if key(item) is None]
    return sorted(known, key=lambda item: -(key(item) or 0.0)) + unknown


def _liquidated(item: CoinSummary) -> float | None:
    return None if item.long_60s is None or item.short_60s is None else item.long_60s + item.short_60s


def _place(verdict: Verdict | None) -> float | None:
    return None if verdict is None else -float(_VERDICT_ORDER.index(verdict))


_KEYS: dict[str, Callable[[CoinSummary], float | None]] = {
    "price change": lambda item: item.change,
    "imbalance": lambda item: item.imbalance,
    "funding": lambda item: item.funding_8h,
    "OI change": lambda item: item.interest_24h,
    "liquidations": _liquidated,
    "long": lambda item: _place(item.long),
    "short": lambda item: _place(item.short),
}


def chosen(view: MarketView, controls: Controls) -> str | None:
    """The coin of the chosen row; None without coins."""
    coins = ordered(view, controls.sort)
    return coins[_row(controls, len(coins))].coin if coins else None


def _row(controls: Controls, count: int) -> int:
    return min(max(scrolled("overview", controls), 0), count - 1)


def overview(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Title, headings, and the coins around the chosen one."""
    coins = ordered(view, controls.sort)
    head = _head(coins, controls, width)
    if not coins:
        nothing = cell(f" {UNKNOWN} {label('no coin has been seen yet', controls)}", "unknown")
        return finish([head, about("overview.coins", nothing)], width, height, controls)
    at, room = _row(controls, len(coins)), max(height - 2, 1)
    first = max(min(at - room // 2, len(coins) - room), 0)
    lines = table(_columns(coins, controls), width, controls)
    rows = [
        lines.row([cell("▸" if place == at else "", "accent"), *_cells(item, item.coin == controls.coin, controls)])
        for place, item in enumerate(coins[first : first + room], first)
    ]
    return finish([head, lines.header(), *rows], width, height, controls)


def _head(coins: list[CoinSummary], controls: Controls, width: int) -> Row:
    """How many coins, in which order; what words and arrows mean, where they stand in a row and there is room."""
    number: Row = ()
    if coins:
        said = f"  {label('{number} coins', controls, number=len(coins))}"
        number = about("overview.coins", cell(said, "muted"))
    order = cell(f"  {label('sorted by {order}', controls, order=label(_sorted_by(controls), controls))}", "muted")
    unjudged = any(verdict in (None, "INSUFFICIENT DATA") for item in coins for verdict in (item.long, item.short))
    wanted = (unjudged, any(item.alert for item in coins))
    legends = [label(words, controls) for words, needed in zip(_LEGEND_WORDS, wanted, strict=True) if needed]
    named: Row = (*title("overview", "OVERVIEW", controls), *number, *order)
    told = [(*named, *((f"  {legend}", "muted") for legend in legends[:most])) for most in range(len(legends), -1, -1)]
    return first_fit(told, width)


def _sorted_by(controls: Controls) -> str:
    return controls.sort if controls.sort in SORTS else SORTS[0]


def _columns(coins: list[CoinSummary], controls: Controls) -> tuple[Column, ...]:
    price = max(max(cell_width(price_text(item.price)) for item in coins), 9)
    verdict = max(cell_width(label(words, controls)) for words in _SHORT_VERDICT_WORDS.values())
    columns = (
        Column("", 1, right=False),
        Column("coin", 10, right=False),
        Column("price", price),
        Column("cascade", 10, right=False),
        Column("24h", 8, rank=2),
        Column("imbalance", 9, rank=4),
        Column("fund 8h", 9, rank=1),
        Column("OI 24h", 8, rank=1),
        Column("60s long/short", 14, rank=3),
        Column("long", verdict, right=False),
        Column("short", verdict, right=False),
    )
    return headed(columns, controls)


def _cells(item: CoinSummary, shown: bool, controls: Controls) -> list[Row]:
    imbalance = f"{item.imbalance:+.2f}".replace("-", "−") if item.imbalance is not None else UNKNOWN
    cells = {
        "price": _known(price_text(item.price)),
        "cascade": alert_cell(item.alert, item.long_60s is not None, controls),
        "change": _changed(percent(item.change, gap="")),
        "imbalance": _known(imbalance),
        "funding": _known(percent(item.funding_8h, 4, gap="")),
        "interest": _changed(percent(item.interest_24h, 1, gap="")),
        "minute": _minute(item),
        "verdict_long": _verdict(item.long, controls),
        "verdict_short": _verdict(item.short, controls),
    }
    told = [about(f"overview.{name}", row, item.coin) for name, row in cells.items()]
    return [cell(clean(item.coin, 10), "selected" if shown else "strong"), *told]


def _minute(item: CoinSummary) -> Row:
    """What was liquidated in the last minute, of either side."""
    if item.long_60s is None or item.short_60s is None:
        return cell(UNKNOWN, "unknown")
    long = _known(amount(item.long_60s, item.sampled_60s), "long")
    short = _known(amount(item.short_60s, item.sampled_60s), "short")
    return (*long, ("/", "muted"), *short)


def _known(text: str, style: str = "text") -> Row:
    return cell(text, "unknown" if text == UNKNOWN else "muted" if text == NONE_SEEN else style)


def _changed(text: str) -> Row:
    return (toned(_known(text)[0]),)


def _verdict(verdict: Verdict | None, controls: Controls) -> Row:
    """A coin that was not judged yet has the word of one of which too little is known."""
    given: Verdict = verdict or "INSUFFICIENT DATA"
    return cell(label(_SHORT_VERDICT_WORDS[given], controls), VERDICT_STYLES[given])
