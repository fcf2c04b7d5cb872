"""The cascade pane: how much is being liquidated now, against the usual minute and over the day."""

from scoring.view import FeedHealth, MarketView, SideTotal, VenueTotal, WindowTotal
from tui.controls import Controls
from tui.format import UNKNOWN, amount, cell_width, clean, duration, percent, ratio, span, usd, venue_code
from tui.views.layout import Column, cell, finish, first_fit, row_width, scrolled, table, title, wrapped
from tui.views.row import Row, Span
from tui.views.seen import HEALTH_STYLES, WHOLE, seen, seen_span, watched
from tui.views.trouble import brief, trouble_rows, troubled, worst_of

_RATIO_WARN = 3.0
"""A minute this many times the usual one is set off from the rest."""


def cascade(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The last minute, the day, the day by venue, and feeds in trouble. Blind: says why in place of the rates."""
    rows = blind_rows(view, controls, width) or [_title(view, controls, width), _minute(view, width), _usual(view)]
    day = view.cascade.day
    rows.append(_day(view, width))
    if day is not None and day.venues:
        lines = [*_venues(view, day, width, controls), *trouble_rows(view, width)]
        hidden = len(rows) + len(lines) - height
        first = max(min(scrolled("cascade", controls), hidden), 0)
        rows += [lines[0], *lines[1 + first :]]
    return finish(rows, width, height, controls)


def blind_rows(view: MarketView, controls: Controls, width: int) -> list[Row]:
    """Why no liquidation can be seen, in as many rows as it takes; none where one can."""
    if view.cascade.blind is None:
        return []
    head = (*title("cascade", "CASCADE", controls), (" BLIND", "fail"))
    words = clean(view.cascade.blind)
    if row_width(head) + 1 + cell_width(words) <= width:
        return [(*head, (f" {words}", "warn"))]
    return [head, *wrapped(words, width, "warn")]


def now_known(view: MarketView) -> bool:
    """Whether the last minute was watched, so that finding nothing in it means something."""
    return view.cascade.blind is None and watched(view.cascade.day)


def minute_spans(view: MarketView, short: bool = False) -> Row:
    """The last minute's long and short, or L and S where the words are too long."""
    state, known = view.cascade, now_known(view)
    partly = state.sampled or any(feed.market == "perp" for feed in troubled(view))
    return (
        ("L " if short else "long ", "muted"),
        _side(amount(state.long_60s if known else None, partly), "long"),
        ("  S " if short else "  short ", "muted"),
        _side(amount(state.short_60s if known else None, partly), "short"),
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


def _title(view: MarketView, controls: Controls, width: int) -> Row:
    head = title("cascade", "CASCADE", controls)
    long = (*head, ("  states (calm to rejected) are not judged yet", "muted"))
    return first_fit([long, (*head, ("  not judged yet", "muted"))], width)


def _minute(view: MarketView, width: int) -> Row:
    base = ((" last 60s   ", "muted"), *minute_spans(view))
    brief = ((" last 60s   ", "muted"), *minute_spans(view, short=True))
    last = view.cascade.last_at_ms
    ago: Row = ((f"   last one {duration(view.at_ms - last)} ago", "muted"),) if last is not None else ()
    return first_fit([(*base, *ago), base, brief], width)


def _usual(view: MarketView) -> Row:
    state = view.cascade
    name = (" usual min  ", "muted")
    if not now_known(view):
        return (name, (UNKNOWN, "unknown"))
    if state.usual_minute is None:
        return (name, (UNKNOWN, "unknown"), ("  not watched long enough yet", "muted"))
    times = state.ratio
    style = "warn" if times is not None and times >= _RATIO_WARN else "text" if times is not None else "unknown"
    return (name, (usd(state.usual_minute), "text"), ("  now ", "muted"), (ratio(times), style))


def _day(view: MarketView, width: int) -> Row:
    day = view.cascade.day
    name = span(day.window_minutes) if day else "24h"
    label = (f" {name}".ljust(12), "muted")
    base, brief = (label, *day_spans(view)), (label, *day_spans(view, short=True))
    share = view.cascade.long_share
    one_sided: Row = (("  ", "text"), (f"{percent(share, 0, signed=False)} long", "text")) if share is not None else ()
    words = seen(day)
    said: Row = (("  " + words, "warn"),) if words else ()
    return first_fit([(*base, *one_sided, *said), (*base, *said), base, brief], width)


def _venues(view: MarketView, day: WindowTotal, width: int, controls: Controls) -> list[Row]:
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
