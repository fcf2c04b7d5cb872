"""What was liquidated, beside the states: the last minute, the day, each venue, and what sampling feeds left out."""

from scoring.view import FeedHealth, MarketView, SideTotal, VenueTotal, WindowTotal
from scoring.view.cascades import Corrected, DayBalance
from tui.controls import Controls
from tui.format import AT_LEAST, UNKNOWN, amount, clean, duration, percent, ratio, span, usd, venue_code
from tui.views.layout import Column, cell, first_fit, row_width, table
from tui.views.row import Row, Span
from tui.views.seen import HEALTH_STYLES, WHOLE, seen, seen_span, watched
from tui.views.trouble import brief, troubled, worst_of

_RATIO_WARN = 3.0
"""A minute this many times the usual one is set off from the rest."""
MODELLED = "≈"
"""Stands before what was reckoned, not counted."""


def now_known(view: MarketView) -> bool:
    """Whether the last minute was watched, so that finding nothing in it means something."""
    return view.cascade.blind is None and watched(view.cascade.day)


def minute_text(view: MarketView, side: str) -> str:
    """One side's last minute: a lower bound where a feed samples or is in trouble."""
    state = view.cascade
    partly = state.sampled or any(feed.market == "perp" for feed in troubled(view))
    usd_60s = state.long_60s if side == "long" else state.short_60s
    return amount(usd_60s if now_known(view) else None, partly)


def minute_spans(view: MarketView, short: bool = False) -> Row:
    """The last minute's long and short, or L and S where the words are too long."""
    return (
        ("L " if short else "long ", "muted"),
        _side(minute_text(view, "long"), "long"),
        ("  S " if short else "  short ", "muted"),
        _side(minute_text(view, "short"), "short"),
    )


def day_spans(view: MarketView, short: bool = False) -> Row:
    """The day's long and short: lower bounds where a venue samples or some of the day was not watched."""
    day = view.cascade.day
    long, short_text = (side_total(day.long, day), side_total(day.short, day)) if day else (UNKNOWN, UNKNOWN)
    words = ("L ", "  S ") if short else ("long ", "  short ")
    return ((words[0], "muted"), _side(long, "long"), (words[1], "muted"), _side(short_text, "short"))


def side_total(side: SideTotal, total: WindowTotal | VenueTotal) -> str:
    """One side's sum as text, with what its coverage allows to say."""
    was_watched = watched(total) if isinstance(total, WindowTotal) else total.coverage > 0
    return amount(side.usd, side.sampled or total.coverage < WHOLE, was_watched)


def _side(text: str, style: str) -> Span:
    return text, "unknown" if text == UNKNOWN else "muted" if text == "·" else style


def minute_rows(view: MarketView, width: int) -> list[Row]:
    """The last minute beside the usual one: in one row, or in two."""
    label = (" last 60s  ", "muted")
    base, brief_row = (label, *minute_spans(view)), (label, *minute_spans(view, short=True))
    usual = _usual(view)
    last = view.cascade.last_at_ms
    ago: Row = ((f"  last one {duration(view.at_ms - last)} ago", "muted"),) if last is not None else ()
    together = [(*row, ("  ", "text"), *usual, *more) for row in (base, brief_row) for more in (ago, ())]
    fitting = next((row for row in together if row_width(row) <= width), None)
    if fitting is not None:
        return [fitting]
    return [first_fit([(*base, *ago), base, brief_row], width), ((" ", "text"), *usual)]


def _usual(view: MarketView) -> Row:
    state, name = view.cascade, ("usual ", "muted")
    if not now_known(view):
        return (name, (UNKNOWN, "unknown"))
    if state.usual_minute is None:
        return (name, (UNKNOWN, "unknown"), (" not watched long enough yet", "muted"))
    times = state.ratio
    style = "warn" if times is not None and times >= _RATIO_WARN else "text" if times is not None else "unknown"
    return (name, (usd(state.usual_minute), "text"), (", now ", "muted"), (ratio(times), style))


def day_rows(view: MarketView, width: int) -> list[Row]:
    """The day: both sides and how much of it was seen; how one-sided it was, and its rank among one's own days."""
    day = view.cascade.day
    label = (f" {span(day.window_minutes) if day else '24h'}".ljust(11), "muted")
    base, brief_row = (label, *day_spans(view)), (label, *day_spans(view, short=True))
    share = view.cascade.long_share
    one_sided: Row = ((f"  {percent(share, 0, signed=False)} long", "text"),) if share is not None else ()
    words = seen(day)
    said: Row = ((f"  {words}", "warn"),) if words else ()
    rows = [first_fit([(*base, *one_sided, *said), (*base, *said), base, brief_row], width)]
    balance = view.cascades.balance
    if balance is not None:
        mark: Row = ((" " * 11, "text"), (clean(balance.words), "text"))
        ranked: Row = ((f"  {rank_text(balance)}", "muted"),)
        odds: Row = ((f"  {balance.ratio:.1f}:1", "text"),) if balance.ratio is not None and balance.ratio < 1e6 else ()
        brief_mark: Row = ((" ", "text"), mark[1])
        rows.append(first_fit([(*mark, *odds, *ranked), (*mark, *ranked), (*brief_mark, *ranked), brief_mark], width))
    return rows


def rank_text(balance: DayBalance) -> str:
    """The day's place among one's own earlier ones: 9th of 91 days, itself included."""
    if balance.rank is None:
        return "no history" if not balance.days else f"no rank among {balance.days} days yet"
    place = balance.days - round(balance.rank * balance.days) + 1
    return f"{_ordinal(place)} of {balance.days + 1} days"


def _ordinal(place: int) -> str:
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def corrected_rows(view: MarketView, width: int) -> list[Row]:
    """By sampling venue what its last minute showed, and apart from it what it probably held."""
    if not now_known(view):
        return []
    if not view.cascades.corrected:
        return [cell(" corrected  no sampling feed showed an order in the last minute", "muted")]
    return [_corrected(venue, found, width) for venue, found in view.cascades.corrected]


def _corrected(venue: str, found: Corrected, width: int) -> Row:
    name, reason = venue_code(venue), clean(found.reason)
    head: Row = ((f" {name} 60s counted ", "muted"), (f"{AT_LEAST}{usd(found.raw_usd)}", "text"))
    told = corrected_text(found)
    if found.usd is None:
        said: Row = ((f"  {told}", "warn"),)
        return first_fit([(*head, *said, (f": {reason}", "muted")), (*head, *said)], width)
    low_high: Row = ((f" ({band_text(found)})", "muted"),)
    told_row: Row = (("  corrected ", "muted"), (told, "text"), *low_high)
    full: Row = (("  modelled: " + reason, "muted"),)
    brief_head: Row = ((f" {name} ", "muted"), head[1])
    brief_row: Row = ((" ", "text"), (told, "text"), *low_high)
    return first_fit([(*head, *told_row, *full), (*head, *told_row), (*brief_head, *brief_row)], width)


def corrected_text(found: Corrected) -> str:
    """What was reckoned: ≈3.4M; else that only the lower bound is left, or that nothing can be reckoned."""
    if found.usd is not None:
        return f"{MODELLED}{usd(found.usd)}"
    return "saturated: lower bound" if found.saturated else "not corrected: lower bound"


def band_text(found: Corrected) -> str:
    """The band of what was reckoned: 2.9M to 4.1M."""
    return f"{usd(found.low)} to {usd(found.high)}"


def venue_rows(view: MarketView, day: WindowTotal, width: int, controls: Controls) -> list[Row]:
    """A row a venue; where its feed is in trouble, that and the next attempt stand behind its sums."""
    sums = (Column("venue", 5, right=False), Column("long", 7), Column("short", 7))
    lines = table((*sums, Column("seen", 7, rank=1), Column("count", 7, rank=2)), width, controls)
    troubles = {feed.venue: feed for feed in worst_of([one for one in troubled(view) if one.market == "perp"])}
    broken = table((*sums, Column("", max(width - 24, 0), right=False)), width, controls)
    rows = [lines.header()]
    for venue in day.venues:
        cells, feed = _venue_cells(venue, day.window_minutes), troubles.get(venue.venue)
        rows.append(broken.row([*cells[:3], _trouble(feed, view.at_ms)]) if feed else lines.row(cells))
    return rows


def _trouble(feed: FeedHealth, at_ms: int) -> Row:
    return ((f"  {brief(feed, at_ms)}", HEALTH_STYLES[feed.state]),)


def _venue_cells(venue: VenueTotal, minutes: int) -> list[Row]:
    count = venue.long.count + venue.short.count
    return [
        cell(venue_code(venue.venue)),
        (_side(side_total(venue.long, venue), "long"),),
        (_side(side_total(venue.short, venue), "short"),),
        cell(seen_span(venue.coverage, minutes), "muted" if venue.coverage >= WHOLE else "warn"),
        cell(str(count) if count else "·" if venue.coverage > 0 else UNKNOWN, "muted"),
    ]
