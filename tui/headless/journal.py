"""`liqtop journal`: the kept checklists with what became of them, and what their items were worth."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import msgspec

from scoring.journal import record
from scoring.journal_lines import Journal
from scoring.view.journal import Entry, ItemRecord, JournalRecord, Outcome
from tui.exits import FINE, NO_DATA, BadUsage
from tui.format import UNKNOWN, clean, percent, price, score, span, stamp
from tui.headless.output import narrate, write_lines, write_text
from tui.journal_settings import JournalTable
from tui.journal_store import JournalStore


def print_journal(settings: JournalTable, mode: str, as_json: bool) -> int:
    """Print the journal of a mode; raises `BadUsage` where its file can't be read."""
    store = JournalStore(settings.file(mode))
    try:
        journal = store.read()
    except OSError as error:
        raise BadUsage(f"{store.path}: {error.strerror or error}") from None
    for line in journal.unreadable:
        narrate(f"{store.path}:{line.line}: {clean(line.reason)}")
    records = [record(journal.entries, journal.outcomes, hours, settings) for hours in settings.hours]
    if as_json:
        write_lines([msgspec.json.encode(_document(journal, records, mode, str(store.path)))])
    elif journal.entries:
        write_text("\n".join([*_entries(journal, settings.hours, mode), "", *_items(records)]))
    if not journal.entries:
        narrate(f"liqtop: nothing was kept yet in {store.path}")
    return FINE if journal.entries else NO_DATA


def _document(journal: Journal, records: Sequence[JournalRecord], mode: str, path: str) -> dict[str, Any]:
    entries = [{**asdict(one), "outcomes": [asdict(each) for each in _of(one, journal)]} for one in journal.entries]
    unreadable = [asdict(line) for line in journal.unreadable]
    records_of = [asdict(one) for one in records]
    return {"mode": mode, "path": path, "entries": entries, "records": records_of, "unreadable": unreadable}


def _of(entry: Entry, journal: Journal) -> list[Outcome]:
    return [one for one in journal.outcomes if one.identity == entry.identity]


def _entries(journal: Journal, horizons: Sequence[float], mode: str) -> list[str]:
    """A row an entry, newest first; `?` where its result is not known or not due yet."""
    rows = [("time", "coin", "side", "verdict", "price", *(f"after {span(60 * one)}" for one in horizons), "note")]
    for entry in sorted(journal.entries, key=lambda one: -one.at_ms):
        results = {one.hours: one.result for one in _of(entry, journal)}
        points = f" {score(entry.score)}" if entry.score is not None and entry.verdict != "INSUFFICIENT DATA" else ""
        told = (percent(results.get(hours)) for hours in horizons)
        first = (stamp(entry.at_ms), clean(entry.coin), entry.direction, entry.verdict + points, price(entry.price))
        rows.append((*first, *told, clean(entry.note)))
    return [f"JOURNAL  {mode}", *_aligned(rows)]


def _items(records: Sequence[JournalRecord]) -> list[str]:
    """A row an item, for each horizon: entries in which it passed and in which it did not, and what that says."""
    rows = [("ITEMS", *(f"after {span(60 * one.hours)}: {_all(one)}" for one in records))]
    for name in dict.fromkeys(item.name for one in records for item in one.items):
        found = (next((item for item in one.items if item.name == name), None) for one in records)
        rows.append((clean(name), *(UNKNOWN if item is None else _worth(item) for item in found)))
    return _aligned(rows)


def _all(one: JournalRecord) -> str:
    if one.mean is None:
        return f"n {one.n}"
    overlapping = f", {one.overlapping} overlapping left out" if one.overlapping else ""
    return f"n {one.n}, mean {percent(one.mean)}, {one.good} good{overlapping}"


def _worth(item: ItemRecord) -> str:
    counts = f"{item.n_pass} passed, {item.n_other} not: {item.words}"
    if item.difference is None:
        return counts
    return f"{counts}, {percent(item.difference)} ({percent(item.low)} to {percent(item.high)})"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
