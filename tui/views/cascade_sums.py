"""What was liquidated, beside the states: the last minute, the day, each venue, and what sampling feeds left out."""

from scoring.view import FeedHealth, MarketView, SideTotal, VenueTotal, WindowTotal
from scoring.view.cascades import Corrected, DayBalance
from tui.controls import Controls
from tui.format import AT_LEAST, UNKNOWN, amount, cell_width, clean, duration, percent, ratio, span, usd, venue_code
from tui.language import ENGLISH, label
from tui.views.layout import Column, cell, first_fit, row_width, table
from tui.views.row import Row, Span, about
from tui.views.said import balance_words
from tui.views.seen import HEALTH_STYLES, WHOLE, seen, seen_span, watched
from tui.views.trouble import brief, troubled, worst_of

_RATIO_WARN = 3.0
"""A minute this many times the usual one is set off from the rest."""
_LABEL = 11
"""Cells of what stands before the sums of a minute and of a day."""
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


def minute_spans(view: MarketView, controls: Controls, short: bool = False) -> Row:
    """The last minute's long and short, or L and S where the words are too long."""
    return about("cascade.minute", _both(minute_text(view, "long"), minute_text(view, "short"), controls, short))


def day_spans(view: MarketView, controls: Controls, short: bool = False) -> Row:
    """The day's long and short: lower bounds where a venue samples or some of the day was not watched."""
    day = view.cascade.day
    long, short_text = (side_total(day.long, day), side_total(day.short, day)) if day else (UNKNOWN, UNKNOWN)
    return about("cascade.day", _both(long, short_text, controls, short))


def _both(long: str, short: str, controls: Controls, brief: bool) -> Row:
    names = ("L", "S") if brief else (label("long", controls), label("short", controls))
    return ((f"{names[0]} ", "muted"), _side(long, "long"), (f"  {names[1]} ", "muted"), _side(short, "short"))


def side_total(side: SideTotal, total: WindowTotal | VenueTotal) -> str:
    """One side's sum as text, with what its coverage allows to say."""
    was_watched = watched(total) if isinstance(total, WindowTotal) else total.coverage > 0
    return amount(side.usd, side.sampled or total.coverage < WHOLE, was_watched)


def _side(text: str, style: str) -> Span:
    return text, "unknown" if text == UNKNOWN else "muted" if text == "·" else style


def _name(text: str) -> Row:
    return ((f" {text}" + " " * max(_LABEL - 1 - cell_width(text), 1), "muted"),)


def minute_rows(view: MarketView, controls: Controls, width: int) -> list[Row]:
    """The last minute beside the usual one: in one row, or in two."""
    name = _name(label("last 60s", controls))
    base = (*name, *minute_spans(view, controls))
    brief_row = (*name, *minute_spans(view, controls, short=True))
    usual, ago = _usual(view, controls), _ago(view, controls)
    together = [(*row, ("  ", "text"), *usual, *more) for row in (base, brief_row) for more in (ago, ())]
    fitting = next((row for row in together if row_width(row) <= width), None)
    if fitting is not None:
        return [fitting]
    return [first_fit([(*base, *ago), base, brief_row], width), ((" ", "text"), *usual)]


def _ago(view: MarketView, controls: Controls) -> Row:
    last = view.cascade.last_at_ms
    if last is None:
        return ()
    said = label("last one {age} ago", controls, age=duration(view.at_ms - last))
    return about("cascade.last", ((f"  {said}", "muted"),))


def _usual(view: MarketView, controls: Controls) -> Row:
    state, name = view.cascade, (f"{label('usual', controls)} ", "muted")
    if not now_known(view):
        return about("cascade.usual", (name, (UNKNOWN, "unknown")))
    if state.usual_minute is None:
        too_young = f" {label('not watched long enough yet', controls)}"
        return about("cascade.usual", (name, (UNKNOWN, "unknown"), (too_young, "muted")))
    times = state.ratio
    style = "warn" if times is not None and times >= _RATIO_WARN else "text" if times is not None else "unknown"
    now: Row = ((f", {label('now', controls)} ", "muted"), (ratio(times), style))
    return about("cascade.usual", (name, (usd(state.usual_minute), "text"), *now))


def day_rows(view: MarketView, controls: Controls, width: int) -> list[Row]:
    """The day: both sides and how much of it was seen; how one-sided it was, and its rank among one's own days."""
    day = view.cascade.day
    name = _name(span(day.window_minutes) if day else "24h")
    base, brief_row = (*name, *day_spans(view, controls)), (*name, *day_spans(view, controls, short=True))
    share, words = view.cascade.long_share, seen(day, controls)
    one_sided: Row = ()
    if share is not None:
        text = label("{share} long", controls, share=percent(share, 0, signed=False))
        one_sided = about("cascade.balance", ((f"  {text}", "text"),))
    said = about("cascade.coverage", ((f"  {words}", "warn"),)) if words else ()
    rows = [first_fit([(*base, *one_sided, *said), (*base, *said), base, brief_row], width)]
    balance = view.cascades.balance
    return rows if balance is None else [*rows, _balance(balance, controls, width)]


def _balance(balance: DayBalance, controls: Controls, width: int) -> Row:
    words: Row = ((balance_words(balance.words, controls), "text"),)
    mark: Row = ((" " * _LABEL, "text"), *words)
    ranked: Row = ((f"  {rank_text(balance, controls)}", "muted"),)
    odds: Row = ((f"  {balance.ratio:.1f}:1", "text"),) if balance.ratio is not None and balance.ratio < 1e6 else ()
    brief_mark: Row = ((" ", "text"), *words)
    brief: Row = ((" ", "text"), (balance_words(balance.words.partition(", ")[0], controls), "text"))
    rows = [(*mark, *odds, *ranked), (*mark, *ranked), (*brief_mark, *ranked), brief_mark, brief]
    return about("cascade.balance", first_fit(rows, width))


def rank_text(balance: DayBalance, controls: Controls = ENGLISH) -> str:
    """The day's place among one's own earlier ones: 9th of 91 days, itself included."""
    if balance.rank is None:
        if not balance.days:
            return label("no history", controls)
        return label("no rank among {days} days yet", controls, days=balance.days)
    place = balance.days - round(balance.rank * balance.days) + 1
    return label("{place} of {days} days", controls, place=_ordinal(place, controls), days=balance.days + 1)


def _ordinal(place: int, controls: Controls) -> str:
    """9th; the bare number in languages whose message says that it is a place."""
    if controls.language != "en":
        return f"{place}"
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def corrected_rows(view: MarketView, controls: Controls, width: int) -> list[Row]:
    """By sampling venue what its last minute showed, and apart from it what it probably held."""
    if not now_known(view):
        return []
    if not view.cascades.corrected:
        return [cell(f" {label('corrected: no sampling feed showed an order in the last minute', controls)}", "muted")]
    return [
        about("cascade.corrected", _corrected(venue, found, controls, width), venue)
        for venue, found in view.cascades.corrected
    ]


def _corrected(venue: str, found: Corrected, controls: Controls, width: int) -> Row:
    name, reason = venue_code(venue), clean(found.reason)
    counted = label("60s counted", controls)
    head: Row = ((f" {name} {counted} ", "muted"), (f"{AT_LEAST}{usd(found.raw_usd)}", "text"))
    told = corrected_text(found, controls)
    if found.usd is None:
        said: Row = ((f"  {told}", "warn"),)
        return first_fit([(*head, *said, (f": {reason}", "muted")), (*head, *said)], width)
    low_high: Row = ((f" ({band_text(found, controls)})", "muted"),)
    told_row: Row = ((f"  {label('corrected', controls)} ", "muted"), (told, "text"), *low_high)
    full: Row = ((f"  {label('modelled', controls)}: {reason}", "muted"),)
    brief_head: Row = ((f" {name} ", "muted"), head[1])
    brief_row: Row = ((" ", "text"), (told, "text"), *low_high)
    return first_fit([(*head, *told_row, *full), (*head, *told_row), (*brief_head, *brief_row)], width)


def corrected_text(found: Corrected, controls: Controls = ENGLISH) -> str:
    """What was reckoned: ≈3.4M; else that only the lower bound is left, or that nothing can be reckoned."""
    if found.usd is not None:
        return f"{MODELLED}{usd(found.usd)}"
    return label("saturated: lower bound" if found.saturated else "not corrected: lower bound", controls)


def band_text(found: Corrected, controls: Controls = ENGLISH) -> str:
    """The band of what was reckoned: 2.9M to 4.1M."""
    return label("{low} to {high}", controls, low=usd(found.low), high=usd(found.high))


def venue_rows(view: MarketView, day: WindowTotal, width: int, controls: Controls) -> list[Row]:
    """A row a venue; where its feed is in trouble, that and the next attempt stand behind its sums."""
    sums = (Column("venue", 5, right=False), Column("long", 7), Column("short", 7))
    lines = table((*sums, Column("seen", 7, rank=1), Column("count", 7, rank=2)), width, controls)
    troubles = {feed.venue: feed for feed in worst_of([one for one in troubled(view) if one.market == "perp"])}
    broken = table((*sums, Column("", max(width - 24, 0), right=False)), width, controls)
    rows = [lines.header()]
    for venue in day.venues:
        cells, feed = _venue_cells(venue, day.window_minutes, controls), troubles.get(venue.venue)
        row = broken.row([*cells[:3], _trouble(feed, view.at_ms, controls)]) if feed else lines.row(cells)
        rows.append(about("cascade.venue", row, venue.venue))
    return rows


def _trouble(feed: FeedHealth, at_ms: int, controls: Controls) -> Row:
    return ((f"  {brief(feed, at_ms, controls)}", HEALTH_STYLES[feed.state]),)


def _venue_cells(venue: VenueTotal, minutes: int, controls: Controls) -> list[Row]:
    count = venue.long.count + venue.short.count
    return [
        cell(venue_code(venue.venue)),
        (_side(side_total(venue.long, venue), "long"),),
        (_side(side_total(venue.short, venue), "short"),),
        cell(seen_span(venue.coverage, minutes, controls), "muted" if venue.coverage >= WHOLE else "warn"),
        cell(str(count) if count else "·" if venue.coverage > 0 else UNKNOWN, "muted"),
    ]
