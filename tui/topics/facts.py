"""Facts that topics share, each a `Facts` function: source, age and completeness of what one kind of data is made from.

`of` is which one of its kind, as each function says; parts are joined by "/", and "" is all of them together. What the
view doesn't have gets the fact that it isn't known, never silence.
"""

from collections.abc import Iterable, Sequence

from scoring.view import FeedHealth, MarketView, Reading, WindowTotal
from tui.controls import Controls
from tui.format import clean, duration, span, venue_code
from tui.language import label
from tui.topics.topic import Fact
from tui.views.seen import NO_REASON, WHOLE, is_old, seen_span, window_total

_SHOWN_VENUES = 12


def fact(name: str, text: str, controls: Controls, **values: object) -> Fact:
    """A fact in the reader's language: its name and text are messages, the values fill the text's `{names}`."""
    return label(name, controls), label(text, controls, **values)


def told(name: str, text: str, controls: Controls) -> Fact:
    """A fact whose text is as scoring or an exchange says it: made harmless, not translated."""
    return label(name, controls), clean(text)


def source(venues: Iterable[str], controls: Controls) -> Fact:
    """Where it comes from, as the exchanges' three letters."""
    names = list(dict.fromkeys(venue_code(venue) for venue in venues))
    if not names:
        return fact("source", "none", controls)
    return label("source", controls), " ".join(names[:_SHOWN_VENUES])


def age(at_ms: int | None, view: MarketView, controls: Controls, stale: bool = False) -> Fact:
    """How old it is at the view's moment, and whether that is too old for the present value."""
    if not at_ms:
        return fact("age", "not known", controls)
    old = duration(view.at_ms - at_ms)
    return (
        fact("age", "{age}, stale: not the present value", controls, age=old) if stale else told("age", old, controls)
    )


def not_known(controls: Controls, why: str = "") -> tuple[Fact, ...]:
    """The facts of what the view does not have, with the reason where one is given."""
    return (told("not known", why, controls) if why else fact("not known", "nothing was seen of it yet", controls),)


def measured(controls: Controls) -> Fact:
    """It was counted or sent, not estimated."""
    return fact("kind", "measured", controls)


def modelled(controls: Controls) -> Fact:
    """It is an estimate of ours."""
    return fact("kind", "modelled, not measured", controls)


def at_least(controls: Controls) -> Fact:
    """Some of it comes from feeds that send only a sample."""
    return fact("sampled", "a lower bound: some exchanges send only a part of their liquidations", controls)


def of_reading(reading: Reading, view: MarketView, controls: Controls) -> Sequence[Fact]:
    """Source, age and doubt of one reading."""
    if reading.value is None:
        return not_known(controls, "" if reading.reason in NO_REASON else reading.reason)
    facts = [
        told("source", reading.source, controls),
        age(reading.at_ms, view, controls, is_old(reading, view.at_ms)),
    ]
    if reading.reason not in NO_REASON:
        facts.append(told("doubt", reading.reason, controls))
    return facts


def price_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of the coin's price; of another coin's, named by `of`, only what the list of coins knows."""
    if not of or of == view.coin:
        return of_reading(view.price, view, controls)
    known = next((one for one in view.coins if one.coin == of), None)
    if known is None or known.price is None:
        return not_known(controls)
    return (told("coin", of, controls), fact("source", "its fresh mark price, else its last trade", controls))


def change_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of the price's change: over what span it was really seen, and the price's own facts."""
    if view.change is None:
        return not_known(controls)
    return (told("seen", duration(view.change.span_ms), controls), *price_facts(view, controls))


def window_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of realised liquidations. `of`: the window's minutes, "minutes/exchange", or "" for the ladder's window."""
    minutes, _, venue = of.partition("/")
    total = window_total(view, int(minutes) if minutes.isdigit() else view.ladder.window_minutes)
    if total is None:
        return not_known(controls)
    rows = [row for row in total.venues if not venue or row.venue == venue]
    facts = [measured(controls), source((row.venue for row in rows), controls), _coverage(total, venue, controls)]
    if any(row.long.sampled or row.short.sampled for row in rows):
        facts.append(at_least(controls))
    return (*facts, age(view.cascade.last_at_ms, view, controls)) if view.cascade.last_at_ms else facts


def _coverage(total: WindowTotal, venue: str, controls: Controls) -> Fact:
    window = span(total.window_minutes)
    parts = [row for row in total.venues if row.coverage < WHOLE and (not venue or row.venue == venue)]
    if not parts and (total.coverage >= WHOLE or total.venues):
        return fact("complete", "all of {window} was seen", controls, window=window)
    if not parts:
        return fact("complete", "nothing of {window} was seen", controls, window=window)
    seen = ", ".join(f"{venue_code(row.venue)} {seen_span(row.coverage, total.window_minutes)}" for row in parts)
    return fact(
        "complete", "of {window} only {seen} was seen; what came before is missing", controls, window=window, seen=seen
    )


def feed_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of streams. `of`: "exchange", "exchange/market" or "exchange/market/stream"; "" for all of them."""
    venue, _, rest = of.partition("/")
    market, _, stream = rest.partition("/")
    feeds = [
        feed
        for feed in view.feeds
        if (not venue or feed.venue == venue) and market in ("", feed.market) and stream in ("", feed.stream)
    ]
    if not feeds:
        return not_known(controls)
    if len(feeds) > 1:
        live = sum(feed.state == "live" for feed in feeds)
        return (
            source((feed.venue for feed in feeds), controls),
            fact("live", "{live} of {all}", controls, live=live, all=len(feeds)),
        )
    return _of_feed(feeds[0], view, controls)


def _of_feed(feed: FeedHealth, view: MarketView, controls: Controls) -> Sequence[Fact]:
    facts = [
        source([feed.venue], controls),
        told("state", f"{feed.state}: {feed.evidence}", controls),
        fact("last message", "{age} ago", controls, age=duration(view.at_ms - feed.last_at_ms))
        if feed.last_at_ms is not None
        else fact("last message", "none", controls),
    ]
    return (*facts, *(told("doubt", doubt, controls) for doubt in feed.doubts))


def program_facts(view: MarketView, controls: Controls, of: str = "") -> Sequence[Fact]:
    """Of what the program counts itself."""
    return (fact("source", "this program's own count", controls),)
