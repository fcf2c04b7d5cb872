"""The journal's file and its lines."""

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.journal_lines import line_of, read_lines
from scoring.view.journal import Entry, EntryItem, Outcome
from tui.journal_store import JournalStore

TEXTS = st.text(st.characters(codec="utf-8"))
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, width=32)
ITEMS = st.builds(
    EntryItem,
    TEXTS,
    st.sampled_from(["pass", "warn", "fail", "unknown"]),
    TEXTS,
    TEXTS,
    NUMBERS,
    st.none() | st.integers(0, 10**12),
)
ENTRIES = st.builds(
    Entry,
    identity=TEXTS,
    at_ms=st.integers(0, 2**45),
    coin=TEXTS,
    direction=st.sampled_from(["long", "short"]),
    price=st.none() | NUMBERS,
    price_source=TEXTS,
    verdict=st.sampled_from(["OK", "WAIT", "NO ENTRY", "INSUFFICIENT DATA"]),
    score=st.none() | NUMBERS,
    coverage=NUMBERS,
    reason=TEXTS,
    items=st.lists(ITEMS, max_size=3).map(tuple),
    note=TEXTS,
)
OUTCOMES = st.builds(
    Outcome,
    TEXTS,
    NUMBERS,
    st.integers(0, 2**45),
    st.none() | NUMBERS,
    st.none() | NUMBERS,
    st.none() | NUMBERS,
    NUMBERS,
    TEXTS,
)
ENTRY = Entry(
    "1-BTC-long", 1, "BTC", "long", 100.0, "okx", "OK", 0.9, 0.8, "", (EntryItem("cvd", "pass", "", "", 1.0),)
)
OUTCOME = Outcome("1-BTC-long", 1.0, 3_600_001, 0.01, 0.02, -0.01, 1.0)


@given(ENTRIES, OUTCOMES)
def test_what_is_written_reads_back(entry: Entry, outcome: Outcome) -> None:
    """Whatever a note holds, line ends included: one line each."""
    lines = [line_of(entry), line_of(outcome)]
    journal = read_lines("\n".join(lines).split("\n"))
    assert (journal.entries, journal.outcomes, journal.unreadable) == ((entry,), (outcome,), ())


def changed(**given: object) -> str:
    return json.dumps({**json.loads(line_of(ENTRY)), **given})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (line_of(ENTRY)[:-20], "expected one JSON object, found something else or a line that was cut off"),
        ("[1]", "expected one JSON object, found an array"),
        ("[" * 100_000, "expected one JSON object, found something else or a line that was cut off"),
        (changed(version=2), "expected a version up to 1, found 2"),
        (changed(version=True), "expected a version up to 1, found True"),
        (changed(kind="trade"), "expected kind entry or outcome, found 'trade'"),
        (changed(price="100"), "price: expected a finite number, found text"),
        (changed(price=True), "price: expected a finite number, found a truth value"),
        (changed(at_ms=1.5), "at_ms: expected a whole number, found 1.5"),
        (changed(direction="up"), "direction: expected one of long, short, found 'up'"),
        (changed(items=[{"name": "cvd"}]), "grade: expected it, found none"),
        (changed(items={}), "items: expected an array, found an object"),
        (changed(items=["x"]), "name: expected it, found none"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_and_costs_no_other(line: str, reason: str) -> None:
    journal = read_lines([line_of(OUTCOME), line, line_of(ENTRY)])
    assert (journal.outcomes, journal.entries) == ((OUTCOME,), (ENTRY,))
    assert [(one.line, one.reason) for one in journal.unreadable] == [(2, reason)]


@given(st.text(max_size=200))
def test_no_line_stops_the_reading(line: str) -> None:
    assert len(read_lines([line]).unreadable) == bool(line.strip())


@pytest.fixture
def store(tmp_path: Path) -> JournalStore:
    return JournalStore(tmp_path / "new" / "journal.jsonl")


def test_there_is_nothing_before_the_first_entry(store: JournalStore) -> None:
    assert store.read().entries == ()
    assert not store.path.exists()


def test_entries_and_grades_are_appended(store: JournalStore) -> None:
    store.append([ENTRY])
    store.append([OUTCOME])
    journal = JournalStore(store.path).read()
    assert (journal.entries, journal.outcomes) == ((ENTRY,), (OUTCOME,))
    assert journal.graded("1-BTC-long") == (1.0,)


def test_the_file_is_the_users_alone(store: JournalStore) -> None:
    store.append([ENTRY])
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_a_line_that_was_cut_off_is_kept_and_stands_alone(store: JournalStore) -> None:
    """As after a crash: the next entry begins a line of its own, and the torn one is reported where it is."""
    store.append([ENTRY])
    torn = store.path.read_bytes() + b'{"kind": "entry", "note": "\xff'
    store.path.write_bytes(torn)
    store.append([OUTCOME])
    journal = store.read()
    assert store.path.read_bytes().startswith(torn + b"\n")
    assert (journal.entries, journal.outcomes) == ((ENTRY,), (OUTCOME,))
    assert [one.line for one in journal.unreadable] == [2]


def test_the_first_of_two_with_one_identity_counts() -> None:
    again = json.loads(line_of(ENTRY))
    again["note"] = "changed"
    assert read_lines([line_of(ENTRY), json.dumps(again)]).entries == (ENTRY,)
