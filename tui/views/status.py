"""The status bar: the keys or what is wrong with a feed, what was left out, and what the terminal is sent."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.commands import BY_NAME, HINTS
from tui.controls import Controls
from tui.format import byte_rate, clean
from tui.language import label
from tui.views.layout import cell, finish, first_fit, fit, pieces, row_width, spread
from tui.views.row import Row, Span, about
from tui.views.trouble import trouble_line

_CLOCK_ABOVE = 120
"""From this width on the header has the clock, which names the zone."""


def status(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One row: the last message, else trouble, else the key hints; at the right what is missing from the totals."""
    right = pieces(_right(view, controls, width), max(width - 12, 0))
    room = max(width - row_width(right) - 2, 0)
    return finish([spread(_left(view, controls, room), right, width)], width, height, controls)


def _left(view: MarketView, controls: Controls, room: int) -> Row:
    if controls.notice:
        return fit(about("status.notice", ((" ", "text"), (clean(controls.notice), "warn"))), room)
    trouble = trouble_line(view, controls)
    if view.notes:
        notes = about("status.note", ((f" {clean('   '.join(view.notes))}", "warn"),))
        trouble = [*((*notes, (" ", "text"), *row) for row in trouble), notes]
    if not trouble and controls.hint:
        newcomer: Row = ((" ", "text"), (controls.hint, "accent"))
        others = [pair for pair in HINTS if not controls.hint.startswith(f"{pair[0]} ")]
        return fit((*newcomer, ("  ", "text"), *_hints(others, room - row_width(newcomer) - 2, controls)), room)
    if not trouble:
        return _hints(HINTS, room, controls)
    hint = _hints(HINTS[:1], room, controls)
    return fit(first_fit([*((*hint, (" ", "text"), *row) for row in trouble), trouble[-1]], room), room)


def _hints(hints: Sequence[tuple[str, str]], room: int, controls: Controls) -> Row:
    spans: list[Span] = []
    for key, word in hints:
        part: Row = ((" " if not spans else "  ", "text"), (key, "text"), (f" {label(word, controls)}", "muted"))
        if row_width((*spans, *part)) > room:
            break
        spans += part
    return tuple(spans)


def _right(view: MarketView, controls: Controls, width: int) -> list[tuple[int, Row]]:
    counts = view.counts
    parts: list[tuple[int, Row]] = []
    if controls.unseen_alerts:
        parts.append((0, _alerts(controls)))
    if left_out := sum(counts.left_out.values()):
        kinds = sorted(counts.left_out.items(), key=lambda pair: (-pair[1], pair[0]))
        said = ", ".join(f"{clean(kind, 16)} {number}" for kind, number in kinds[:3] if number)
        parts.append((0, _counted("left_out", label("left out {number}", controls, number=left_out))))
        parts.append((4, _counted("left_out", said, "muted")))
    if counts.merged:
        merged = label("busy: merged {number} trades", controls, number=f"{counts.merged:,}")
        parts.append((1, _counted("merged", merged)))
    if counts.dropped:
        parts.append((0, _counted("dropped", label("dropped {number} trades", controls, number=counts.dropped))))
    if controls.thrift:
        parts.append((3, _counted("thrift", label("thin line", controls), "muted")))
    if controls.bytes_per_second is not None:
        parts.append((2, _counted("bytes", _sent(controls.bytes_per_second, controls), "muted")))
    if width < _CLOCK_ABOVE:
        parts.append((5, cell(label("local", controls) if controls.local_time else "UTC", "muted")))
    return parts


def _alerts(controls: Controls) -> Row:
    number = controls.unseen_alerts
    many = label("1 new alert", controls) if number == 1 else label("{number} new alerts", controls, number=number)
    return ((f"{BY_NAME['alerts'].keys[0]} ", "text"), *_counted("alerts", many))


def _counted(topic: str, text: str, style: str = "warn") -> Row:
    return about(f"status.{topic}", cell(text, style))


def _sent(bytes_per_second: float, controls: Controls) -> str:
    """What the terminal is sent, of the budget where there is one: 1.9 of 2 kB/s."""
    if controls.bandwidth is None:
        return byte_rate(bytes_per_second)
    budget, unit = byte_rate(controls.bandwidth).split(" ")
    size = f"{bytes_per_second / 1000:.1f}" if unit == "kB/s" else f"{bytes_per_second:.0f}"
    return label("{sent} of {budget}", controls, sent=size, budget=f"{budget} {unit}")
