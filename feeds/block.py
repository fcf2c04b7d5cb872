"""The blocks a tape is made of: a header that zstd skips, then one zstd frame of JSON lines, one line per record."""

import re
import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import msgspec
import zstandard

from feeds.events import Market
from feeds.record import Kind, Record

VERSION = 1
MOST_BYTES = 64 * 1024 * 1024
"""A block that unpacks to more is refused: no record comes near, a hostile file might."""

_TAG = b"liqtape"
_FIELDS = struct.Struct("<4sI7sBBBHIqqII")
_CHECK = struct.Struct("<I")
HEADER_BYTES = _FIELDS.size + _CHECK.size
_MAGIC = (0x184D2A5A).to_bytes(4, "little")
_START = _MAGIC + (HEADER_BYTES - 8).to_bytes(4, "little") + _TAG + bytes([VERSION])
_ANY_VERSION = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18.{4}" + _TAG + b"(.)", re.DOTALL)
_KINDS: dict[Kind, int] = {"frame": 1, "listing": 2, "status": 4, "note": 8, "answer": 16}
_SEARCH_BYTES = 1 << 20


class TapeError(Exception):
    """A tape that can't be opened, read or written: one line with what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class BlockInfo:
    """What a header tells: where it is, how long, how many records, their earliest and latest receive time.

    `length`: compressed bytes behind the header. `opening`: the first block since the file was opened for writing, so
    nothing is known of the time before it.
    """

    offset: int
    length: int
    records: int
    first_ms: int
    last_ms: int
    kinds: int
    opening: bool
    checksum: int

    @property
    def end(self) -> int:
        """The offset behind the block."""
        return self.offset + HEADER_BYTES + self.length

    def holds(self, kind: Kind) -> bool:
        """Whether a record of this kind is in the block."""
        return bool(self.kinds & _KINDS[kind])

    @property
    def only_frames(self) -> bool:
        """Whether the block holds nothing but websocket frames."""
        return self.kinds == _KINDS["frame"]

    @property
    def only_data(self) -> bool:
        """Whether the block holds nothing but frames and answers to polls."""
        return not self.kinds & ~(_KINDS["frame"] | _KINDS["answer"])


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes from `offset` on that are no block."""

    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class Survey:
    """The blocks and the damage of a file, in order. `end`: where the last whole block ends; `size`: the file's."""

    parts: tuple[BlockInfo | Damage, ...]
    end: int
    size: int


class _Line(msgspec.Struct, omit_defaults=True):
    received_ms: int
    kind: Kind
    venue: str
    market: Market
    stream: str
    text: str | None = None
    base64: bytes | None = None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(_Line)


class Draft:
    """The records of a block that is still being filled. `size` is in bytes of JSON."""

    def __init__(self) -> None:
        self._lines = bytearray()
        self._records = self._kinds = self._first_ms = self._last_ms = 0

    @property
    def size(self) -> int:
        """How many bytes of JSON it holds."""
        return len(self._lines)

    def add(self, record: Record) -> None:
        """Append one record; raises `TapeError` for one too large to be read back."""
        at, before = record.received_ms, len(self._lines)
        line = _Line(at, record.kind, record.venue, record.market, record.stream)
        try:
            line.text = record.payload.decode()
        except UnicodeDecodeError:
            line.base64 = record.payload
        _encoder.encode_into(line, self._lines, -1)
        self._lines += b"\n"
        if len(self._lines) > MOST_BYTES:
            del self._lines[before:]
            raise TapeError(f"a record of {len(record.payload):,} bytes is too large for a tape")
        self._first_ms = min(self._first_ms, at) if self._records else at
        self._last_ms = max(self._last_ms, at) if self._records else at
        self._kinds |= _KINDS[record.kind]
        self._records += 1

    def pack(self, compressor: zstandard.ZstdCompressor, opening: bool) -> bytes:
        """The block as it stands in the file."""
        body = compressor.compress(bytes(self._lines))
        numbers = (self._records, self._first_ms, self._last_ms, len(body), zlib.crc32(body))
        head = _FIELDS.pack(_MAGIC, HEADER_BYTES - 8, _TAG, VERSION, self._kinds, opening, 0, *numbers)
        return head + _CHECK.pack(zlib.crc32(head)) + body


def unpack(block: BlockInfo, body: bytes) -> tuple[Sequence[Record], str]:
    """The records of a block's compressed bytes, and what was wrong with it ("" where nothing was)."""
    lost = f"{block.records:,} records of {(block.last_ms - block.first_ms) / 1000:,.1f} s are lost"
    if len(body) != block.length or zlib.crc32(body) != block.checksum:
        return (), f"the block at byte {block.offset:,} does not match its checksum, {lost}"
    try:
        size = zstandard.get_frame_parameters(body).content_size
        if size > MOST_BYTES:
            return (), f"the block at byte {block.offset:,} unpacks to more than {MOST_BYTES:,} bytes, {lost}"
        lines = zstandard.ZstdDecompressor().decompress(body)
    except zstandard.ZstdError as error:
        return (), f"the block at byte {block.offset:,} can't be decompressed ({error}), {lost}"
    records = _records(lines)
    if len(records) != block.records:
        missing = f"{len(records):,} of {block.records:,} records of the block at byte {block.offset:,} can be read"
        return records, missing
    return records, ""


def _records(lines: bytes) -> list[Record]:
    try:
        found = _decoder.decode_lines(lines)
    except msgspec.MsgspecError:
        found = [line for line in map(_line, lines.splitlines()) if line is not None]
    records = []
    for line in found:
        payload = line.base64 if line.text is None else line.text.encode()
        if payload is not None:
            records.append(
                Record(line.received_ms, line.kind, line.venue, line.market, line.stream, payload),
            )
    return records


def _line(text: bytes) -> _Line | None:
    try:
        return _decoder.decode(text)
    except msgspec.MsgspecError:
        return None


def survey(file: BinaryIO, name: str) -> Survey:
    """Hop over the headers of a file; raises `TapeError` where it is not a tape, or a newer one than this can read."""
    size = file.seek(0, 2)
    _check_start(file, name)
    parts: list[BlockInfo | Damage] = []
    at = end = 0
    while at < size:
        block = _header(file, at)
        whole = block is not None and block.end <= size
        following = block.end if block is not None and whole else at
        if block is None or not whole or not (following == size or _header(file, following)):
            following = _search(file, at + 1, size)
        if block is not None and whole and block.end <= following:
            parts.append(block)
            at = end = block.end
        if at < following:
            parts.append(Damage(at, _what_is_wrong(at, following, size)))
            at = following
    if parts and not any(isinstance(part, BlockInfo) for part in parts) and not _begins(file):
        raise TapeError(f"{name}: expected a liqtop tape, found {_seen(file)}")
    return Survey(tuple(parts), end, size)


def _what_is_wrong(start: int, stop: int, size: int) -> str:
    if stop == size:
        return f"the last {stop - start:,} bytes are no whole block: a torn write, or one that is still going on"
    return f"{stop - start:,} bytes at byte {start:,} are no block"


def _header(file: BinaryIO, at: int) -> BlockInfo | None:
    file.seek(at)
    data = file.read(HEADER_BYTES)
    if len(data) < HEADER_BYTES or not data.startswith(_START):
        return None
    if _CHECK.unpack_from(data, _FIELDS.size)[0] != zlib.crc32(data[: _FIELDS.size]):
        return None
    _, _, _, _, kinds, opening, _, records, first_ms, last_ms, length, checksum = _FIELDS.unpack_from(data)
    return BlockInfo(at, length, records, first_ms, last_ms, kinds, bool(opening), checksum)


def _search(file: BinaryIO, at: int, size: int) -> int:
    """The offset of the next readable header, or `size` where there is none."""
    while at < size:
        file.seek(at)
        chunk = file.read(_SEARCH_BYTES + len(_START) - 1)
        found = chunk.find(_START)
        while found >= 0:
            if _header(file, at + found) is not None:
                return at + found
            found = chunk.find(_START, found + 1)
        at += _SEARCH_BYTES
    return size


def _check_start(file: BinaryIO, name: str) -> None:
    file.seek(0)
    other = _ANY_VERSION.match(file.read(len(_START)))
    if other is not None and other[1][0] > VERSION:
        raise TapeError(f"{name}: expected tape version {VERSION}, found {other[1][0]}: a newer liqtop made it")


def _begins(file: BinaryIO) -> bool:
    """Whether the file starts as a tape does, however short it is."""
    file.seek(0)
    return _START.startswith(file.read(len(_START)))


def _seen(file: BinaryIO) -> str:
    file.seek(0)
    return f"a file that starts with {file.read(16)!r}"
