"""Frames to mutate, by venue: recorded ones, documented ones and the demo's, with the instrument lists they need."""

import json
import os
from collections import defaultdict
from functools import cache
from pathlib import Path

from feeds.demo import records
from feeds.events import Market
from feeds.record import Record
from tests.feeds.decoding import FRAMES, NOW
from tests.reliability.scene import liquidation

SECONDS = 150.0  # of the demo: every kind of frame of every venue is among them
_MOST = 400  # of a venue

_VENDORED = ("binance", "bybit", "okx", "htx")


@cache
def demo() -> dict[str, list[Record]]:
    """What the demo's venues send, by venue: lists first."""
    told: dict[str, list[Record]] = defaultdict(list)
    for record in records(coins=("BTC", "ETH", "SOL", "PEPE"), seconds=SECONDS, scenario="cascade"):
        told[record.venue].append(record)
    return told


def listings(venue: str) -> list[Record]:
    """The venue's instrument lists."""
    return [record for record in demo()[venue] if record.kind == "listing"]


def frames(venue: str) -> list[Record]:
    """Frames of a venue, recorded ones first."""
    found = [_record(venue, "spot" if "spot" in path.name else "perp", text) for path, text in _recorded(venue)]
    if venue in _VENDORED:
        found.append(_record(venue, "perp", json.dumps(liquidation(venue, 5, 70_000, NOW)[1]).encode()))
    made = [record for record in demo()[venue] if record.kind == "frame"]
    return [*found, *made[:: max(1, len(made) // _MOST)]]


def _record(venue: str, market: Market, text: bytes) -> Record:
    return Record(NOW, "frame", venue, market, f"{venue} {market}", text)


def _recorded(venue: str) -> list[tuple[Path, bytes]]:
    folders = [FRAMES / venue]
    if shared := os.environ.get("LIQTOP_DATA"):
        folders += [path for path in Path(shared).glob(f"**/{venue}") if path.is_dir()]
    found = [
        (path, text)
        for folder in folders
        for path in sorted([*folder.glob("*.json"), *folder.glob("*.jsonl")])
        for text in _texts(path)
    ]
    return found[:_MOST]


def _texts(path: Path) -> list[bytes]:
    """The frames of a fixture: a line each, in an envelope or bare, or all of the file."""
    lines = path.read_bytes().splitlines() if path.suffix == ".jsonl" else [path.read_bytes()]
    texts = []
    for line in lines:
        row = json.loads(line)
        frame = row.get("frame", row.get("answer", row)) if isinstance(row, dict) else row
        texts.append(json.dumps(frame, separators=(",", ":")).encode())
    return [text for text in texts if len(text) < 20_000]
