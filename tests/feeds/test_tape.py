import io
import json
import resource
import stat
import zlib
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.block import HEADER_BYTES, MOST_BYTES, unpack
from feeds.record import Kind, Record
from feeds.tape import TapeError, TapeReader, TapeWriter


def frame(at_ms: int, payload: bytes = b'{"e":"aggTrade"}') -> Record:
    return Record(at_ms, "frame", "binance", "perp", "binance perp", payload)


def write(path: Path, *blocks: list[Record]) -> list[Record]:
    """One block for each list, in one session."""
    with TapeWriter(path) as writer:
        for block in blocks:
            for record in block:
                writer.write(record)
            writer.flush()
    return [record for block in blocks for record in block]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.tape.zst"


@pytest.fixture
def blocks() -> list[list[Record]]:
    return [[frame(1000 * block + n, b'{"n":%d}' % n) for n in range(3)] for block in range(1, 4)]


records = st.builds(
    Record,
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from(get_args(Kind)),
    st.text(max_size=8),
    st.sampled_from(["perp", "spot", "option"]),
    st.text(max_size=8),
    st.binary(max_size=80) | st.text(max_size=40).map(str.encode),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(records, max_size=12), st.integers(1, 400))
def test_every_record_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, written: list[Record], block_bytes: int
) -> None:
    path = tmp_path_factory.mktemp("tape") / "a.tape.zst"
    with TapeWriter(path, block_bytes=block_bytes) as writer:
        for record in written:
            writer.write(record)
    reader = TapeReader(path)
    assert list(reader.records()) == written
    assert reader.damage == []


def test_zstd_prints_it_as_json_lines(path: Path, blocks: list[list[Record]]) -> None:
    blocks[1].append(frame(2010, b"\xff\x00"))
    written = write(path, *blocks)
    with zstandard.ZstdDecompressor().stream_reader(path.open("rb"), read_across_frames=True) as plain:
        lines = [json.loads(line) for line in io.TextIOWrapper(plain, "utf-8")]
    assert [line["received_ms"] for line in lines] == [record.received_ms for record in written]
    assert lines[0] == {
        "received_ms": 1000,
        "kind": "frame",
        "venue": "binance",
        "market": "perp",
        "stream": "binance perp",
        "text": '{"n":0}',
    }
    assert lines[6]["base64"] == "/wA="


def test_index_equals_a_full_scan(path: Path, blocks: list[list[Record]]) -> None:
    write(path, *blocks)
    reader = TapeReader(path)
    index = reader.index
    assert (reader.first_ms, reader.last_ms) == (1000, 3002)
    assert [(b.records, b.first_ms, b.last_ms) for b in index] == [
        (len(b), b[0].received_ms, b[-1].received_ms) for b in blocks
    ]
    assert index[0].offset == 0
    assert [b.end for b in index] == [*(b.offset for b in index[1:]), path.stat().st_size]
    assert [b.opening for b in index] == [True, False, False]


@pytest.mark.parametrize("from_ms", [0, 1000, 1002, 1003, 2001, 3002, 3003])
def test_records_start_at_the_asked_time(path: Path, blocks: list[list[Record]], from_ms: int) -> None:
    written = write(path, *blocks)
    assert list(TapeReader(path).records(from_ms)) == [r for r in written if r.received_ms >= from_ms]


def test_a_block_that_is_skipped_is_not_read(path: Path, blocks: list[list[Record]]) -> None:
    """Bytes spoiled in an early block go unnoticed when reading from a later time: it was hopped over."""
    write(path, *blocks)
    data = bytearray(path.read_bytes())
    data[HEADER_BYTES + 4] ^= 0xFF
    path.write_bytes(data)
    reader = TapeReader(path)
    assert list(reader.records(2000)) == blocks[1] + blocks[2]
    assert reader.damage == []
    assert list(reader.records()) == blocks[1] + blocks[2]
    assert len(reader.damage) == 1


def test_torn_at_any_byte_loses_only_the_last_block(path: Path, blocks: list[list[Record]]) -> None:
    write(path, *blocks)
    whole, last = path.read_bytes(), TapeReader(path).index[-1].offset
    for end in range(last, len(whole)):
        path.write_bytes(whole[:end])
        reader = TapeReader(path)
        assert list(reader.records()) == blocks[0] + blocks[1]
        assert len(reader.damage) == (end > last)


def test_appending_after_a_torn_write_keeps_all_whole_blocks(path: Path, blocks: list[list[Record]]) -> None:
    write(path, *blocks)
    whole, last = path.read_bytes(), TapeReader(path).index[-1].offset
    torn = path.with_name("a.tape.zst.torn")
    for end in range(last, len(whole)):
        path.write_bytes(whole[:end])
        torn.unlink(missing_ok=True)
        with TapeWriter(path) as writer:
            writer.write(frame(9000))
        reader = TapeReader(path)
        assert list(reader.records()) == [*blocks[0], *blocks[1], frame(9000)]
        assert reader.damage == []
        assert bool(writer.note) == torn.exists() == (end > last)
        if torn.exists():
            assert torn.read_bytes() == whole[last:end]
            assert stat.S_IMODE(torn.stat().st_mode) == 0o600


def test_a_first_block_torn_at_any_byte_is_still_a_tape(path: Path) -> None:
    write(path, [frame(1)])
    whole = path.read_bytes()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        assert list(TapeReader(path).records()) == []
        with TapeWriter(path) as writer:
            writer.write(frame(2))
        assert list(TapeReader(path).records()) == [frame(2)]


def test_any_spoiled_byte_of_a_middle_block_costs_that_block_only(path: Path, blocks: list[list[Record]]) -> None:
    write(path, *blocks)
    whole, middle = path.read_bytes(), TapeReader(path).index[1]
    for at in range(middle.offset, middle.end):
        spoiled = bytearray(whole)
        spoiled[at] ^= 0x55
        path.write_bytes(spoiled)
        reader = TapeReader(path)
        assert list(reader.records()) == blocks[0] + blocks[2]
        assert len(reader.damage) == 1


@pytest.mark.parametrize("cut", [1, 10, HEADER_BYTES, HEADER_BYTES + 5])
@pytest.mark.parametrize("junk", [b"", b"\x00" * 700])
def test_missing_or_foreign_bytes_do_not_derail_what_follows(
    path: Path, blocks: list[list[Record]], cut: int, junk: bytes
) -> None:
    write(path, *blocks)
    whole, middle = path.read_bytes(), TapeReader(path).index[1]
    path.write_bytes(whole[: middle.end - cut] + junk + whole[middle.end :])
    reader = TapeReader(path)
    assert list(reader.records()) == blocks[0] + blocks[2]
    assert reader.damage


def test_bytes_between_whole_blocks_are_reported(path: Path, blocks: list[list[Record]]) -> None:
    written = write(path, *blocks)
    whole, middle = path.read_bytes(), TapeReader(path).index[1]
    path.write_bytes(whole[: middle.end] + b"PM" * 40 + whole[middle.end :])
    reader = TapeReader(path)
    assert list(reader.records()) == written
    assert reader.damage == [f"80 bytes at byte {middle.end:,} are no block"]


def test_a_tape_grows_over_sessions(path: Path, blocks: list[list[Record]]) -> None:
    for block in blocks:
        write(path, block)
    reader = TapeReader(path)
    assert list(reader.records()) == [record for block in blocks for record in block]
    assert [block.opening for block in reader.index] == [True, True, True]


def test_it_can_be_read_while_it_is_written(path: Path) -> None:
    with TapeWriter(path) as writer:
        assert list(TapeReader(path).records()) == []
        writer.write(frame(1))
        writer.flush()
        writer.write(frame(2))
        assert list(TapeReader(path).records()) == [frame(1)]
    assert list(TapeReader(path).records()) == [frame(1), frame(2)]


def test_a_second_writer_is_refused(path: Path) -> None:
    with TapeWriter(path), pytest.raises(TapeError, match="another program is writing"):
        TapeWriter(path)


def test_blocks_end_when_full_or_old(path: Path) -> None:
    seconds = iter([0.0, 0.1, 0.5, 1.0, 7.0, 7.1])
    with TapeWriter(path, clock=lambda: next(seconds), block_seconds=1.0, block_bytes=1000) as writer:
        writer.write(frame(1))
        writer.write(frame(2))
        writer.write(frame(3))
        assert len(TapeReader(path).index) == 1
        writer.write(frame(4, b"x" * 1000))
        assert [block.records for block in TapeReader(path).index] == [3, 1]


def test_a_tape_is_its_owners_alone(path: Path) -> None:
    write(path, [frame(1)])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"hello, world, this is a note\n", b"\x28\xb5\x2f\xfd" + b"\x00" * 90, b"x"])
def test_another_file_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    for use in (TapeReader, TapeWriter):
        with pytest.raises(TapeError, match=r"expected a liqtop tape, found a file that starts with") as refusal:
            use(path)
        assert "\n" not in str(refusal.value)
    assert path.read_bytes() == content


def test_a_newer_tape_is_refused_and_left_alone(path: Path) -> None:
    write(path, [frame(1)])
    newer = bytearray(path.read_bytes())
    newer[15] = 2
    path.write_bytes(newer)
    for use in (TapeReader, TapeWriter):
        with pytest.raises(TapeError, match="expected tape version 1, found 2"):
            use(path)
    assert path.read_bytes() == newer


def test_a_path_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(TapeError, match=r"none.zst: No such file"):
        TapeReader(tmp_path / "none.zst")
    with pytest.raises(TapeError, match=r"Is a directory"):
        TapeWriter(tmp_path)


def test_a_full_disk_is_said_and_spoils_nothing(path: Path) -> None:
    """The file-size limit of the process stands in for the disk: the write stops half way through a block."""
    write(path, [frame(1)])
    size = path.stat().st_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    writer = TapeWriter(path)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 60, before[1]))
        writer.write(frame(2))
        with pytest.raises(TapeError, match="File too large"):
            writer.flush()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "File too large" in writer.failed
    with pytest.raises(TapeError, match="File too large"):
        writer.write(frame(3))
    writer.close()
    reader = TapeReader(path)
    assert list(reader.records()) == [frame(1)]
    assert reader.damage == []


def test_notes_are_found_wherever_they_are(path: Path, blocks: list[list[Record]]) -> None:
    note = Record(5, "note", "", "perp", "", b"recorded at sea")
    write(path, blocks[0], [note, *blocks[1]], blocks[2])
    assert list(TapeReader(path).notes()) == ["recorded at sea"]


def test_a_line_that_cannot_be_read_is_reported_and_the_rest_kept(path: Path) -> None:
    """A checksum that matches does not make every line readable: one without a payload is none."""
    write(path, [frame(1), Record(2, "frame", "binance", "perp", "s", b"{}")])
    known = TapeReader(path).index[0]
    lines = zstandard.ZstdDecompressor().decompress(path.read_bytes()[HEADER_BYTES:])
    body = zstandard.ZstdCompressor().compress(lines.replace(b'"s","text"', b'"s","film"'))
    found, wrong = unpack(replace(known, length=len(body), checksum=zlib.crc32(body)), body)
    assert found == [frame(1)]
    assert wrong.startswith("1 of 2 records")


def test_a_block_that_would_fill_the_memory_is_refused(path: Path) -> None:
    """Its records are not even unpacked: a small hostile file must not become gigabytes."""
    write(path, [frame(1)])
    body = zstandard.ZstdCompressor().compress(b" " * (MOST_BYTES + 1))
    known = TapeReader(path).index[0]
    found, wrong = unpack(replace(known, length=len(body), checksum=zlib.crc32(body)), body)
    assert not found
    assert "unpacks to more than" in wrong
