"""The feeds screen: each stream with the evidence for its state, and what was left out with the last reason of it."""

import re

from scoring.view import FeedHealth, Health, MarketView
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, byte_rate, cell_width, clean, duration, venue_code
from tui.language import label
from tui.views.ages import age_style, age_text
from tui.views.layout import Column, cell, row_width, table, title, wrapped
from tui.views.report_cells import headed
from tui.views.row import Row, about
from tui.views.seen import GLYPHS, HEALTH_STYLES
from tui.views.venues import paged

_EVIDENCE_LEAST = 16
_RATE = re.compile(r"^\d[\d,.]* events/s(?: over \d+ streams?)?(?:; |$)")
"""How the evidence of a live stream begins."""
_SECOND_MS = 1_000
_FRESH_MS = 10_000
"""A message is not dimmed for so long."""
_STATE_WORDS: dict[Health, str] = {
    "live": "live", "quiet": "quiet", "suspect": "suspect", "dead": "dead", "blocked": "blocked", "off": "off",
}  # fmt: skip


def feeds(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """A row a stream, its evidence beside it or under it; then what was left out, and how the store does."""
    rows = [*_streams(view, controls, width), (), *_left_out(view, controls, width)]
    if view.store:
        said = label("store {words}", controls, words=clean(view.store))
        rows.append(())
        rows += [about("feeds.store", row) for row in wrapped(said, width, "warn" if view.notes else "muted")]
    return paged("feeds", title("feeds", "FEEDS", controls), rows, controls, width, height)


def _streams(view: MarketView, controls: Controls, width: int) -> list[Row]:
    if not view.feeds:
        said = f" {UNKNOWN} {label('no feed has been heard of yet', controls)}"
        return [about("feeds.state", cell(said, "unknown"))]
    lines = table(_columns(view, width, controls), width, controls)
    headings = [lines.columns[index].heading for index in lines.kept]
    beside, rated = "evidence" in headings, "rate/s" in headings
    rows = [lines.header()]
    for feed in view.feeds:
        of = _of(feed)
        evidence = _evidence(feed, rated)
        fits = beside and cell_width(evidence) <= lines.columns[-1].width
        rows.append(lines.row(_cells(view, feed, controls, evidence if fits else "")))
        if evidence and not fits:
            told = _indented(evidence, width, HEALTH_STYLES[feed.state])
            rows += [about("feeds.state", row, of) for row in told]
        for doubt in _further(feed):
            told = _indented(f"{label('doubted', controls)}: {clean(doubt)}", width, "warn")
            rows += [about("feeds.doubt", row, of) for row in told]
    return rows


def _of(feed: FeedHealth) -> str:
    return f"{feed.venue}/{feed.market}/{feed.stream}"


def _further(feed: FeedHealth) -> list[str]:
    """Doubts of the data that the evidence doesn't tell, because the stream has other trouble."""
    return [doubt for doubt in feed.doubts if doubt not in feed.evidence]


def _indented(text: str, width: int, style: str) -> list[Row]:
    return [(("    ", "text"), *row) for row in wrapped(text, width - 4, style)]


def _evidence(feed: FeedHealth, rated: bool) -> str:
    """What the state is judged by, without what a column tells: a live stream's last message, its rate if `rated`."""
    text = clean(feed.evidence)
    if feed.state != "live":
        return text
    text = text.partition(", last ")[0]
    return _RATE.sub("", text) if rated else text


def _columns(view: MarketView, width: int, controls: Controls) -> tuple[Column, ...]:
    name = min(max(cell_width(clean(feed.stream)) for feed in view.feeds), 24)
    known = any(feed.bytes_per_second is not None for feed in view.feeds)
    state = max(cell_width(label(_STATE_WORDS[feed.state], controls)) for feed in view.feeds)
    columns = (
        Column("", 1, right=False),
        Column("venue", 5, right=False),
        Column("stream", max(name, 6), rank=1, right=False),
        Column("state", max(state, 7), right=False),
        Column("rate/s", 8, rank=2),
        Column("age", 7),
        Column("lag ms", 6, rank=6),
        Column("bytes/s", 9 if known else 0, rank=5),
        Column("again", 5, rank=4),
        Column("missed", 7, rank=3),
        Column("errors", 6, rank=3),
        Column("retry in", 8, rank=1),
    )
    fixed = headed(columns, controls)
    used = sum(column.width + 1 for column in fixed if column.width) + 1
    return (*fixed, Column("evidence", max(width - used, _EVIDENCE_LEAST), rank=9, right=False))


def _cells(view: MarketView, feed: FeedHealth, controls: Controls, evidence: str) -> list[Row]:
    style, state = HEALTH_STYLES[feed.state], label(_STATE_WORDS[feed.state], controls)
    retry = feed.retry_at_ms - view.at_ms if feed.retry_at_ms is not None else None
    cells = {
        "": cell(GLYPHS[feed.state], style),
        "venue": cell(venue_code(feed.venue)),
        "stream": cell(clean(feed.stream, 24), "muted"),
        "state": cell(state, style),
        "rate": _known(_rate(feed.per_second) if feed.per_second is not None else UNKNOWN),
        "last": _last(view, feed, controls),
        "lag": _known(f"{feed.lag_ms}" if feed.lag_ms is not None else UNKNOWN),
        "bytes": _known(byte_rate(feed.bytes_per_second)),
        "again": _count(feed.reconnects),
        "missed": cell(duration(feed.gap_ms), "warn") if feed.gap_ms >= _SECOND_MS else cell(NONE_SEEN, "muted"),
        "errors": _count(feed.undecodable),
        "retry": cell("" if retry is None else duration(retry), "warn"),
        "evidence": cell(evidence, style),
    }
    topics = {"": "state", "venue": "state", "stream": "state", "evidence": "state"}
    return [about(f"feeds.{topics.get(name, name)}", row, _of(feed)) for name, row in cells.items()]


def _rate(per_second: float) -> str:
    """Events a second; none of a stream that sends some is 0.0."""
    return "<0.1" if 0 < per_second < 0.05 else f"{per_second:,.1f}"


def _last(view: MarketView, feed: FeedHealth, controls: Controls) -> Row:
    """The age of the last message, dimmer as it grows."""
    if feed.last_at_ms is None:
        return cell(UNKNOWN, "unknown")
    old = view.at_ms - feed.last_at_ms
    return cell(age_text(old, controls), "text" if old < _FRESH_MS else age_style(old))


def _known(text: str) -> Row:
    return cell(text, "unknown" if text == UNKNOWN else "text")


def _count(number: int) -> Row:
    return cell(f"{number:,}", "warn") if number else cell(NONE_SEEN, "muted")


def _left_out(view: MarketView, controls: Controls, width: int) -> list[Row]:
    """Counts by kind, the largest first, each with the reason of the last one."""
    counts = view.counts
    also = (
        ("merged", counts.merged, "{number} trades merged for want of time"),
        ("dropped", counts.dropped, "{number} dropped for want of time"),
        ("not_watched", counts.not_watched, "{number} of coins that are not watched"),
    )
    said = [
        about(f"feeds.{topic}", cell(f" {label(text, controls, number=f'{number:,}')}", "muted"))
        for topic, number, text in also
        if number
    ]
    head: Row = ((f" {label('LEFT OUT', controls)}", "title"),)
    beside: Row = tuple(span for row in said for span in ((" ", "text"), *row))
    rows: list[Row] = [head, *said] if row_width((*head, *beside)) > width else [(*head, *beside)]
    if not any(counts.left_out.values()):
        return [*rows, about("feeds.left_out", cell(f" {NONE_SEEN}", "muted"))]
    for kind, number in sorted(counts.left_out.items(), key=lambda pair: (-pair[1], pair[0])):
        reason = clean(counts.reasons.get(kind, ""))
        told = wrapped(f"{number:,} {clean(kind, 24)}{f': {reason}' if reason else ''}", width, "text")
        rows += [about("feeds.left_out", row, kind) for row in told]
    if counts.left_out.get("not listed"):
        rows += _listed(view, controls, width)
    return rows


def _listed(view: MarketView, controls: Controls, width: int) -> list[Row]:
    """Where the coin that is shown is listed and where it isn't."""
    known = [state for state in view.venues if not state.trouble]
    absent = [venue_code(state.venue) for state in view.venues if state.trouble == "not listed"]
    if not absent:
        return []
    there = " ".join(venue_code(state.venue) for state in known) or label("no watched exchange", controls)
    text = "{coin} is listed on {there}, not on {absent}"
    said = label(text, controls, coin=clean(view.coin), there=there, absent=" ".join(absent))
    return wrapped(said, width, "warn")
