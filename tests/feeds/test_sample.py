import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from feeds.events import AnyEvent, Connected, Liquidation, Trade, Traffic
from feeds.replay import ReplaySource
from feeds.sample import PROVENANCE, convert, main, sample_path
from feeds.settings import FeedsSettings
from feeds.tape import TapeReader

LONG_USD, SHORT_USD = 2_673_380.66, 405_488.31
RECORDING = "binance_2025-01-27_liquidations_bigtrades.jsonl.gz"


def frames() -> list[dict[str, Any]]:
    return [json.loads(record.payload) for record in TapeReader(sample_path()).records() if record.kind == "frame"]


async def events_of(path: Path) -> list[AnyEvent]:
    events: list[AnyEvent] = []

    def emit(batch: Any) -> bool:
        events.extend(batch)
        return True

    await ReplaySource(path, FeedsSettings()).run(emit)
    return events


def test_the_frames_sum_to_the_published_totals() -> None:
    """Summed without the decoders, average price times filled quantity."""
    orders = [frame["o"] for frame in frames() if frame["e"] == "forceOrder"]
    usd = {"SELL": 0.0, "BUY": 0.0}
    for order in orders:
        usd[order["S"]] += float(order["ap"]) * float(order["z"])
    assert len(orders) == 1344
    assert len({order["s"] for order in orders}) == 207
    assert usd["SELL"] == pytest.approx(LONG_USD, abs=0.005)
    assert usd["BUY"] == pytest.approx(SHORT_USD, abs=0.005)


@pytest.mark.anyio
async def test_its_replay_emits_the_same_totals_and_leaves_nothing_out() -> None:
    events = await events_of(sample_path())
    liquidations = [event for event in events if isinstance(event, Liquidation)]
    longs = sum(event.notional_usd for event in liquidations if event.position == "long")
    shorts = sum(event.notional_usd for event in liquidations if event.position == "short")
    assert Counter(type(event) for event in events if not isinstance(event, Traffic)) == {
        Connected: 1,
        Liquidation: 1344,
        Trade: 11_728,
    }
    assert len({event.symbol for event in liquidations}) == 207
    assert longs == pytest.approx(LONG_USD, abs=0.005)
    assert shorts == pytest.approx(SHORT_USD, abs=0.005)
    assert all(event.sampled for event in liquidations)


def test_it_says_where_it_comes_from_and_is_whole() -> None:
    reader = TapeReader(sample_path())
    assert list(reader.notes()) == [PROVENANCE]
    assert [record.kind for record in reader.records()][:4] == ["note", "listing", "status", "frame"]
    assert reader.damage == []
    assert (reader.first_ms, reader.last_ms) == (1_737_996_611_250, 1_737_998_429_520)
    assert sample_path().stat().st_size < 400_000


def test_it_holds_the_recording_byte_for_byte(data_folder: Path, tmp_path: Path) -> None:
    """Converting again gives the shipped tape; each of its frames stands in the recording's line as it is."""
    recording = data_folder / "frames" / RECORDING
    convert(recording, tmp_path / "again.tape.zst")
    records = list(TapeReader(sample_path()).records())
    assert list(TapeReader(tmp_path / "again.tape.zst").records()) == records
    kept = [record for record in records if record.kind == "frame"]
    with gzip.open(recording, "rb") as lines:
        for record, line in zip(kept, lines, strict=True):
            assert line.endswith(b',"frame":' + record.payload + b"}\n")
            assert line.startswith(b'{"ts_ms":%d,' % record.received_ms)


def test_a_conversion_never_overwrites(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recording, tape = tmp_path / "r.jsonl.gz", tmp_path / "t.tape.zst"
    recording.write_bytes(gzip.compress(b'{"ts_ms":1,"kind":"trade","frame":{"e":"aggTrade","s":"BTCUSDT"}}\n'))
    assert main([str(recording), str(tape)]) == 0
    assert main([str(recording), str(tape)]) == 2
    assert "expected a new file, found one that exists" in capsys.readouterr().err
    assert main([]) == 2
