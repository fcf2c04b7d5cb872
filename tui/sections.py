"""A market view as titled tables of text: what `liqtop snapshot` prints, whatever the format."""

from collections.abc import Iterator

from scoring.view import Cluster, MarketView, WindowTotal
from tui import format as write
from tui.cascade_sections import cascade_sections
from tui.estimated_sections import estimated_sections, nearest_rows, row_edges
from tui.section import Section
from tui.views.cascade_sums import now_known
from tui.views.clusters import band
from tui.views.grid import Grid
from tui.views.missing import trouble
from tui.views.notation import SHORT, Notation
from tui.views.place import place_of_history
from tui.views.seen import WHOLE, is_stale, seen_by_venue, seen_span, waiting, watched, whole, window_total
from tui.views.venues import report_grids

__all__ = ["Section", "sections"]

_SECOND_MS = 1_000


def sections(view: MarketView, notation: Notation) -> Iterator[Section]:
    """Every table of the snapshot, in the order in which they are read."""
    yield _market(view, notation)
    yield _ladder(view, notation)
    yield _clusters(view, notation)
    yield from estimated_sections(view, notation)
    yield from cascade_sections(view, notation)
    yield _totals(view, notation)
    yield from (_reported(grid) for grid in report_grids(view, notation))
    yield _checklist(view)
    yield _venues(view)
    yield _feeds(view)


def _age(view: MarketView, at_ms: int | None) -> str:
    return write.duration(view.at_ms - at_ms) if at_ms else write.UNKNOWN


def _market(view: MarketView, notation: Notation) -> Section:
    price, change, rate = view.price, view.change, view.funding_median
    doubt = (write.clean(price.reason) or "stale") if is_stale(price, view.at_ms) else ""
    rows = [
        ("price", notation.price(price.value, None), write.clean(price.source), _age(view, price.at_ms), doubt)
        if price.value is not None
        else ("price", write.UNKNOWN, "", "", write.clean(waiting(view)))
    ]
    span = write.duration(change.span_ms) if change else ""
    moved = write.percent(change.fraction) if change else write.UNKNOWN
    rows.append(("change", moved, f"over {span}" if change else "", "", "" if change else "no earlier price seen"))
    if rate is None:
        rows.append(("funding", write.UNKNOWN, "", "", "no funding rate with a known interval seen"))
    else:
        note = "stale" if rate.stale else ""
        source = f"median of {rate.venues} per 8 h, {write.percent(rate.per_year, 0)} a year"
        rows.append(("funding", write.percent(rate.per_8h, 4), source, "", note))
    return Section("Market", "", ("what", "value", "source", "age", "note"), tuple(rows))


def _coverage_note(total: WindowTotal | None) -> str:
    if total is None or not watched(total):
        return "not watched: what is missing is unknown"
    if whole(total):
        return "seen in full by " + ", ".join(write.venue_code(venue.venue) for venue in total.venues)
    return seen_by_venue(total)


def _ladder(view: MarketView, notation: Notation) -> Section:
    window, step, price = view.ladder.window_minutes, view.ladder.step, view.price.value
    total = window_total(view, window)
    cells = view.ladder.cells
    rows = [
        (
            *row_edges(index, step, price, notation),
            notation.amount(cells[index].long_usd, cells[index].long_sampled or not whole(total), watched(total)),
            notation.amount(cells[index].short_usd, cells[index].short_sampled or not whole(total), watched(total)),
        )
        for index in nearest_rows(cells, step, price)
    ]
    more = len(cells) - len(rows)
    note = f"{write.span(window)}, {_coverage_note(total)}" + (f"; {more} rows farther away" if more else "")
    return Section("Realised liquidations by price", note, ("price", "distance", "long USD", "short USD"), tuple(rows))


def _clusters(view: MarketView, notation: Notation) -> Section:
    rows = [_cluster(view, notation, item) for item in (*reversed(view.above), *view.below)]
    total = window_total(view, view.ladder.window_minutes)
    note = f"{write.span(view.ladder.window_minutes)}, {_coverage_note(total)}"
    columns = ("side", "band", "distance", "long USD", "short USD", "last")
    return Section("Realised clusters", note, columns, tuple(rows))


def _cluster(view: MarketView, notation: Notation, item: Cluster) -> tuple[str, ...]:
    step = view.ladder.step
    partly = item.sampled or not whole(window_total(view, view.ladder.window_minutes))
    edges = (notation.price(item.low, step), notation.price(item.high, step))
    return (
        item.side,
        band(item, step) if notation is SHORT else "–".join(edges),
        write.percent(item.distance),
        notation.amount(item.long_usd, partly, True),
        notation.amount(item.short_usd, partly, True),
        _age(view, item.last_at_ms),
    )


def _totals(view: MarketView, notation: Notation) -> Section:
    rows = [_last_minute(view, notation)]
    for total in view.totals:
        window, partial = write.span(total.window_minutes), total.coverage < WHOLE
        sums = [
            notation.amount(side.usd, side.sampled or partial, watched(total)) for side in (total.long, total.short)
        ]
        seen = "in part" if watched(total) and total.coverage <= 0 else seen_span(total.coverage, total.window_minutes)
        rows.append((window, "all", *sums, seen))
        for venue in total.venues:
            partly, was_watched = venue.coverage < WHOLE, venue.coverage > 0
            sums = [
                notation.amount(side.usd, side.sampled or partly, was_watched) for side in (venue.long, venue.short)
            ]
            span = seen_span(venue.coverage, total.window_minutes)
            rows.append((window, write.clean(venue.venue), *sums, span))
    note = "realised; seen: how much of the window the feed (for all: the worst feed) was watched"
    return Section("Totals by venue", note, ("window", "venue", "long USD", "short USD", "seen"), tuple(rows))


def _last_minute(view: MarketView, notation: Notation) -> tuple[str, ...]:
    state, known = view.cascade, now_known(view)
    sums = [
        notation.amount(value if known else 0.0, state.sampled, known) for value in (state.long_60s, state.short_60s)
    ]
    why = write.clean(state.blind) if state.blind is not None else "" if known else "none"
    return ("60s", "all", *sums, why)


def _checklist(view: MarketView) -> Section:
    checked = view.checklist
    rows = [
        (
            write.clean(item.name),
            item.long,
            item.short,
            write.clean(item.value) or write.UNKNOWN,
            write.clean(item.reason),
            write.duration(item.age_ms) if item.age_ms is not None else "",
            place_of_history(item),
            write.clean(item.threshold),
            write.clean(item.source),
        )
        for item in checked.items
    ]
    for name, given in (("verdict long", checked.long), ("verdict short", checked.short)):
        grades = (given.verdict, "") if name.endswith("long") else ("", given.verdict)
        covered = f"coverage {write.percent(given.coverage, 0, signed=False)}"
        rows.append(
            (name, *grades, f"{write.score(given.score)}, {covered}", write.clean(given.reason), "", "", "", "")
        )
    columns = ("item", "long", "short", "value", "reason", "age", "percentile", "threshold", "source")
    return Section("Checklist", "percentile: of the coin's own history", columns, tuple(rows))


def _reported(grid: Grid) -> Section:
    """A table by exchange; one that is missing has a row of `?` with the reason at its end."""
    width = len(grid.headings)
    rows = [(*(text for text, _ in row), "") for row in grid.rows]
    rows += [(write.venue_code(venue), *[write.UNKNOWN] * (width - 1), why) for venue, why in grid.missing]
    if not rows:
        rows = [(write.UNKNOWN, *[""] * (width - 1), grid.empty)]
    columns = [heading.text for heading in grid.headings]
    if any(row[-1] for row in rows):
        columns.append("reason")
    return Section(grid.title, grid.note, tuple(columns), tuple(row[: len(columns)] for row in rows))


def _venues(view: MarketView) -> Section:
    rows = tuple((write.clean(state.venue), trouble(view, state.venue) or "has the coin") for state in view.venues)
    return Section("Venues", "", ("venue", "state"), rows)


def _feeds(view: MarketView) -> Section:
    rows = [
        (
            write.clean(item.venue),
            item.market,
            write.clean(item.stream),
            item.state,
            write.clean(item.evidence),
            _age(view, item.last_at_ms),
            write.duration(item.gap_ms) if item.gap_ms >= _SECOND_MS else "",
            str(item.undecodable),
        )
        for item in view.feeds
    ]
    columns = ("venue", "market", "stream", "state", "evidence", "last", "missed", "undecodable")
    left_out = sum(view.counts.left_out.values())
    counts = view.counts
    note = f"{counts.events} events of all coins, {counts.liquidations} of them liquidations; {left_out} left out"
    return Section("Feeds", f"{note}, {counts.dropped} dropped", columns, tuple(rows))
