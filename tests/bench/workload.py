"""The frames that every decoder is timed on: those of the shipped recording, wrapped as the live route wraps them."""

import json
from pathlib import Path

from feeds.record import Record
from feeds.sample import sample_path
from feeds.tape import TapeReader


def recorded() -> tuple[list[Record], list[Record]]:
    """The listing records, and the frames: raw in the recording, wrapped as in a combined stream here."""
    listings, frames = [], []
    for record in TapeReader(sample_path()).records():
        if record.kind == "listing":
            listings.append(record)
        elif record.kind == "frame":
            event = json.loads(record.payload)
            stream = "!forceOrder@arr" if event["e"] == "forceOrder" else f"{event['s'].lower()}@aggTrade"
            event["E"] = event.get("E") or record.received_ms  # rebuilt frames have none, live ones always do
            wrapped = json.dumps({"stream": stream, "data": event}, separators=(",", ":")).encode()
            frames.append(Record(record.received_ms, "frame", record.venue, record.market, record.stream, wrapped))
    return listings, frames


def burst(frames: list[Record], copies: int) -> list[Record]:
    """The same liquidations one a millisecond, `copies` times over with times of their own: a cascade at full speed."""
    start = frames[0].received_ms
    made = []
    for number in range(copies * len(frames)):
        record = frames[number % len(frames)]
        message = json.loads(record.payload)
        message["data"]["E"] = message["data"]["o"]["T"] = start + number
        payload = json.dumps(message, separators=(",", ":")).encode()
        made.append(Record(start + number, "frame", record.venue, record.market, record.stream, payload))
    return made


def write(frames: list[Record], path: Path) -> None:
    """One frame a line, for a decoder that runs in another environment."""
    path.write_bytes(b"\n".join(record.payload for record in frames) + b"\n")
