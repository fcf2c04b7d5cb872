"""The feeds screen: each stream with the evidence for its state, and what was left out with the last reason of it."""

from scoring.view import FeedHealth, MarketView
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, byte_rate, cell_width, clean, duration, venue_code
from tui.views.layout import Column, Table, cell, table, wrapped
from tui.views.row import Row
from tui.views.seen import GLYPHS, HEALTH_STYLES
from tui.views.venues import paged

_EVIDENCE_LEAST = 16
_SECOND_MS = 1_000


def feeds(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """A row a stream, its evidence beside it or under it; then what was left out, and how the store does."""
    rows = [*_streams(view, controls, width), (), *_left_out(view, controls, width)]
    if view.store:
        rows += [(), *wrapped(f"store {clean(view.store)}", width, "warn" if view.notes else "muted")]
    return paged("feeds", "FEEDS", rows, view, controls, width, height)


def _streams(view: MarketView, controls: Controls, width: int) -> list[Row]:
    if not view.feeds:
        return [cell(f" {UNKNOWN} no feed has been heard of yet", "unknown")]
    lines = table(_columns(view, width), width, controls)
    beside = any(lines.columns[index].heading == "evidence" for index in lines.kept)
    rows = [lines.header()]
    for feed in view.feeds:
        rows.append(lines.row(_cells(view, feed)))
        if not beside or not _fits(feed, lines):
            rows += _indented(_evidence(feed), width, HEALTH_STYLES[feed.state])
        rows += [row for doubt in _further(feed) for row in _indented(f"doubted: {clean(doubt)}", width, "warn")]
    return rows


def _further(feed: FeedHealth) -> list[str]:
    """Doubts of the data that the evidence doesn't tell, because the stream has other trouble."""
    return [doubt for doubt in feed.doubts if doubt not in feed.evidence]


def _indented(text: str, width: int, style: str) -> list[Row]:
    return [(("    ", "text"), *row) for row in wrapped(text, width - 4, style)]


def _evidence(feed: FeedHealth) -> str:
    """What the state is judged by; the age of a live stream's last message has a column of its own."""
    text = clean(feed.evidence)
    return text.partition(", last ")[0] if feed.state == "live" else text


def _fits(feed: FeedHealth, lines: Table) -> bool:
    return cell_width(_evidence(feed)) <= lines.columns[-1].width


def _columns(view: MarketView, width: int) -> tuple[Column, ...]:
    name = min(max(cell_width(clean(feed.stream)) for feed in view.feeds), 24)
    known = any(feed.bytes_per_second is not None for feed in view.feeds)
    fixed = (
        Column("", 1, right=False),
        Column("venue", 5, right=False),
        Column("stream", max(name, 6), rank=1, right=False),
        Column("state", 7, right=False),
        Column("rate/s", 8, rank=4),
        Column("last", 7),
        Column("lag ms", 6, rank=6),
        Column("bytes/s", 9 if known else 0, rank=5),
        Column("again", 5, rank=3),
        Column("missed", 7, rank=2),
        Column("errors", 6, rank=2),
        Column("retry in", 8, rank=1),
    )
    used = sum(column.width + 1 for column in fixed if column.width) + 1
    return (*fixed, Column("evidence", max(width - used, _EVIDENCE_LEAST), rank=9, right=False))


def _cells(view: MarketView, feed: FeedHealth) -> list[Row]:
    style = HEALTH_STYLES[feed.state]
    retry = feed.retry_at_ms - view.at_ms if feed.retry_at_ms is not None else None
    return [
        cell(GLYPHS[feed.state], style),
        cell(venue_code(feed.venue)),
        cell(clean(feed.stream, 24), "muted"),
        cell(feed.state, style),
        _known(f"{feed.per_second:,.1f}" if feed.per_second is not None else UNKNOWN),
        _known(duration(view.at_ms - feed.last_at_ms) if feed.last_at_ms is not None else UNKNOWN),
        _known(f"{feed.lag_ms}" if feed.lag_ms is not None else UNKNOWN),
        _known(byte_rate(feed.bytes_per_second)),
        _count(feed.reconnects),
        cell(duration(feed.gap_ms), "warn") if feed.gap_ms >= _SECOND_MS else cell(NONE_SEEN, "muted"),
        _count(feed.undecodable),
        cell("" if retry is None else duration(retry) if retry > 0 else "now", "warn"),
        cell(_evidence(feed), style),
    ]


def _known(text: str) -> Row:
    return cell(text, "unknown" if text == UNKNOWN else "text")


def _count(number: int) -> Row:
    return cell(f"{number:,}", "warn") if number else cell(NONE_SEEN, "muted")


def _left_out(view: MarketView, controls: Controls, width: int) -> list[Row]:
    """Counts by kind, the largest first, each with the reason of the last one."""
    counts = view.counts
    also = (
        (counts.merged, "trades merged for want of time"),
        (counts.dropped, "dropped for want of time"),
        (counts.not_watched, "of coins that are not watched"),
    )
    said = "".join(f"  {number:,} {what}" for number, what in also if number)
    head: Row = ((" LEFT OUT", "title"), (said, "muted"))
    if not any(counts.left_out.values()):
        return [head, cell(f" {NONE_SEEN}", "muted")]
    rows: list[Row] = [head]
    for kind, number in sorted(counts.left_out.items(), key=lambda pair: (-pair[1], pair[0])):
        reason = clean(counts.reasons.get(kind, ""))
        rows += wrapped(f"{number:,} {clean(kind, 24)}{f': {reason}' if reason else ''}", width, "text")
    if counts.left_out.get("not listed"):
        rows += _listed(view, width)
    return rows


def _listed(view: MarketView, width: int) -> list[Row]:
    """Where the coin that is shown is listed and where it isn't."""
    known = [state for state in view.venues if not state.trouble]
    absent = [venue_code(state.venue) for state in view.venues if state.trouble == "not listed"]
    if not absent:
        return []
    there = " ".join(venue_code(state.venue) for state in known) or "no watched exchange"
    return wrapped(f"{clean(view.coin)} is listed on {there}, not on {' '.join(absent)}", width, "warn")
