"""A fault in one venue's decoder or list reader is counted, and ends nothing."""

import pytest

from feeds.events import Undecodable
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import IntakeSettings
from feeds.venues import VENUES
from feeds.venues.binance import Binance
from tests.feeds.decoding import NOW


class Faulty(Binance):
    """A venue whose code has a bug."""

    def decoder(self, *arguments: object) -> "Faulty":  # type: ignore[override]
        return self

    def decode(self, frame: bytes, received_ms: int) -> list[object]:
        raise ZeroDivisionError("division by zero")

    def listing(self, *arguments: object) -> list[object]:  # type: ignore[override]
        raise AttributeError("no such field")


@pytest.mark.parametrize("kind", ["frame", "listing"])
def test_a_bug_of_one_venue_is_counted(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(VENUES, "faulty", Faulty())
    record = Record(NOW, kind, "faulty", "perp", "faulty perp", b"{}")  # type: ignore[arg-type]
    (event,) = Pipeline(IntakeSettings()).feed(record)
    assert isinstance(event, Undecodable)
    assert "failed" in event.reason
