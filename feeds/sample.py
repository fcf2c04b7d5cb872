"""The recording that ships with the program, and how it was made: `python -m feeds.sample RECORDING TAPE`."""

import gzip
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from feeds.events import Connected, to_json
from feeds.record import Kind, Record
from feeds.tape import TapeError, TapeWriter

PROVENANCE = (
    "Binance USD-M perpetuals, 2025-01-27 16:50 to 17:20 UTC: 1,344 liquidations of 207 symbols, 11,728 aggregate "
    "trades. The events are real. The liquidation frames were rebuilt from a CSV of their fields, so their event time "
    "E is null. Only aggregate trades above about 15,000 USD of BTC, ETH, BNB, SOL, DOGE and WIF are in it, so trades "
    "are incomplete. Binance publishes at most one liquidation per symbol and second, so their sums are lower bounds. "
    "The instrument list is rebuilt from the symbols."
)
_STREAM = "binance perp"
_LISTING = "https://fapi.binance.com/fapi/v1/exchangeInfo"


class _Order(msgspec.Struct):
    symbol: str = msgspec.field(name="s")


class _Frame(msgspec.Struct):
    symbol: str = msgspec.field(name="s", default="")
    order: _Order | None = msgspec.field(name="o", default=None)


class _Row(msgspec.Struct):
    ts_ms: int
    frame: msgspec.Raw


def sample_path() -> Path:
    """The tape that ships with the program."""
    return Path(str(files("feeds").joinpath("sample.tape.zst")))


def convert(recording: Path, tape: Path) -> int:
    """Make a tape of gzipped lines `{ts_ms, kind, frame}`; returns its bytes. Raises `TapeError` where it exists."""
    if tape.exists():
        raise TapeError(f"{tape}: expected a new file, found one that exists")
    with gzip.open(recording, "rb") as lines:
        rows = msgspec.json.Decoder(_Row).decode_lines(lines.read())
    first_ms = rows[0].ts_ms
    with TapeWriter(tape, block_bytes=1 << 20, block_seconds=float("inf"), level=19) as writer:
        for record in _head(rows, first_ms):
            writer.write(record)
        writer.flush()
        for row in rows:
            writer.write(_record(row.ts_ms, "frame", _STREAM, bytes(row.frame)))
    return tape.stat().st_size


def _head(rows: list[_Row], first_ms: int) -> Iterator[Record]:
    """What stands before the frames: where it all comes from, the instruments, the state of the stream."""
    yield _record(first_ms, "note", "", PROVENANCE.encode())
    yield _record(first_ms, "listing", _LISTING, msgspec.json.encode(_listing(rows, first_ms)))
    connected = Connected(
        venue="binance",
        market="perp",
        at_ms=first_ms,
        received_ms=first_ms,
        stream=_STREAM,
        reason="a recording begins",
    )
    yield _record(first_ms, "status", _STREAM, to_json(connected))


def _record(at_ms: int, kind: Kind, stream: str, payload: bytes) -> Record:
    return Record(at_ms, kind, "binance", "perp", stream, payload)


def _listing(rows: list[_Row], first_ms: int) -> dict[str, Any]:
    frames = msgspec.json.Decoder(_Frame).decode
    found = (frames(row.frame) for row in rows)
    symbols = sorted({frame.order.symbol if frame.order else frame.symbol for frame in found})
    return {"timezone": "UTC", "serverTime": first_ms, "symbols": [_instrument(symbol) for symbol in symbols]}


def _instrument(symbol: str) -> dict[str, str]:
    base, quote = symbol[:-4], symbol[-4:]
    if quote not in ("USDT", "USDC"):
        raise TapeError(f"{symbol}: expected a symbol that ends in USDT or USDC")
    return {
        "symbol": symbol,
        "pair": symbol,
        "contractType": "PERPETUAL",
        "status": "TRADING",
        "baseAsset": base,
        "quoteAsset": quote,
        "marginAsset": quote,
        "underlyingType": "COIN",
    }


def main(arguments: list[str]) -> int:
    """Convert; returns the exit code."""
    if len(arguments) != 2:
        print("usage: python -m feeds.sample RECORDING TAPE", file=sys.stderr)
        return 2
    recording, tape = map(Path, arguments)
    try:
        size = convert(recording, tape)
    except (TapeError, OSError, msgspec.MsgspecError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{tape}: {size:,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
