"""The status bar: the keys or what is wrong with a feed, what was left out, and what the terminal is sent."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.commands import BY_NAME, HINTS
from tui.controls import Controls
from tui.format import byte_rate, clean
from tui.views.layout import finish, first_fit, fit, pieces, row_width, spread
from tui.views.row import Row, Span
from tui.views.trouble import trouble_line


def status(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One row: the last message, else trouble, else the key hints; at the right what is missing from the totals."""
    right = pieces(_right(view, controls), max(width - 12, 0))
    room = max(width - row_width(right) - 2, 0)
    return finish([spread(_left(view, controls, room), right, width)], width, height, controls)


def _left(view: MarketView, controls: Controls, room: int) -> Row:
    if controls.notice:
        return fit(((" ", "text"), (clean(controls.notice), "warn")), room)
    trouble = trouble_line(view)
    if view.notes:
        notes: Row = ((f" {clean('   '.join(view.notes))}", "warn"),)
        trouble = [*((*notes, (" ", "text"), *row) for row in trouble), notes]
    if not trouble:
        return _hints(HINTS, room)
    hint = _hints(HINTS[:1], room)
    return fit(first_fit([*((*hint, (" ", "text"), *row) for row in trouble), trouble[-1]], room), room)


def _hints(hints: Sequence[tuple[str, str]], room: int) -> Row:
    spans: list[Span] = []
    for key, word in hints:
        part: Row = ((" " if not spans else "  ", "text"), (key, "text"), (f" {word}", "muted"))
        if row_width((*spans, *part)) > room:
            break
        spans += part
    return tuple(spans)


def _right(view: MarketView, controls: Controls) -> list[tuple[int, Row]]:
    counts = view.counts
    parts: list[tuple[int, Row]] = []
    if controls.unseen_alerts:
        many = f"{controls.unseen_alerts} new alert{'' if controls.unseen_alerts == 1 else 's'}"
        parts.append((0, ((f"{BY_NAME['alerts'].keys[0]} ", "text"), (many, "warn"))))
    left_out = sum(counts.left_out.values())
    if left_out:
        kinds = sorted(counts.left_out.items(), key=lambda pair: (-pair[1], pair[0]))
        said = ", ".join(f"{clean(kind, 16)} {number}" for kind, number in kinds[:3] if number)
        parts += [(0, ((f"left out {left_out}", "warn"),)), (4, ((said, "muted"),))]
    if counts.merged:
        parts.append((1, ((f"busy: merged {counts.merged:,} trades", "warn"),)))
    if counts.dropped:
        parts.append((0, ((f"dropped {counts.dropped} trades", "warn"),)))
    if controls.bytes_per_second is not None:
        parts.append((2, ((byte_rate(controls.bytes_per_second), "muted"),)))
    parts.append((3, (("local" if controls.local_time else "UTC", "muted"),)))
    return parts
