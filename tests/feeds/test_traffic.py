"""How many bytes each connection brought, told every five seconds by whoever decodes its frames."""

from feeds.events import AnyEvent, Traffic
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import IntakeSettings
from tests.feeds.decoding import NOW

PONG = b"pong"


def arrival(after_ms: int, payload: bytes = PONG, stream: str = "okx perp", kind: str = "frame") -> Record:
    return Record(NOW + after_ms, kind, "okx", "perp", stream, payload)  # type: ignore[arg-type]


def told(*records: Record) -> list[tuple[str, int, int, int]]:
    """The reports on these arrivals: stream, bytes, and the span in ms since `NOW`."""
    pipeline = Pipeline(IntakeSettings())
    events: list[AnyEvent] = [event for record in records for event in pipeline.feed(record)]
    return [
        (event.stream, event.brought, event.since_ms - NOW, event.at_ms - NOW)
        for event in events
        if isinstance(event, Traffic)
    ]


def test_bytes_are_those_that_came_within_the_span() -> None:
    """The first arrival starts the clock: four bytes at 2 s and at 5 s, then forty at 12 s."""
    reports = told(arrival(0), arrival(2_000), arrival(5_000), arrival(12_000, PONG * 10))
    assert reports == [("okx perp", 8, 0, 5_000), ("okx perp", 40, 5_000, 12_000)]


def test_each_connection_has_its_own_sum() -> None:
    other = "okx perp 2"
    records = (arrival(0), arrival(0, stream=other), arrival(6_000, PONG * 2), arrival(7_000, stream=other))
    assert told(*records) == [("okx perp", 8, 0, 6_000), (other, 4, 0, 7_000)]


def test_a_frame_counts_as_it_came_whatever_the_decoder_makes_of_it() -> None:
    assert told(arrival(0), arrival(6_000, b"\xff" * 1000)) == [("okx perp", 1000, 0, 6_000)]


def test_rest_answers_count_together_under_the_venue() -> None:
    empty = b'{"code":"0","msg":"","data":[]}'
    polls = ("https://www.okx.com/api/v5/public/open-interest?instType=SWAP", "https://www.okx.com/b")
    records = [arrival(n * 3_000, empty, polls[n % 2], "answer") for n in (0, 2)]
    assert told(*records) == [("okx rest", len(empty), 0, 6_000)]


def test_the_time_without_a_connection_belongs_to_no_report() -> None:
    pipeline = Pipeline(IntakeSettings())
    pipeline.feed(arrival(0))
    pipeline.forget("okx", "okx perp")
    assert pipeline.feed(arrival(60_000)) == []
    (report,) = pipeline.feed(arrival(66_000))
    assert isinstance(report, Traffic)
    assert (report.since_ms - NOW, report.brought) == (60_000, 4)


def test_a_clock_that_was_set_back_gives_no_report() -> None:
    assert told(arrival(10_000), arrival(0), arrival(6_000)) == [("okx perp", 4, 0, 6_000)]
