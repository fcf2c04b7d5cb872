"""Mutated frames of every venue: no crash, no number that is none, and every frame is accounted for.

`LIQTOP_FUZZ` is how many frames a venue gets; by default few enough for every run. `LIQTOP_FUZZ_SEED` starts elsewhere.
"""

import gzip
import json
import math
import os
import zlib
from collections import Counter
from random import Random

import msgspec
import pytest

from feeds.events import Status, Traffic, Undecodable
from feeds.pipeline import Pipeline
from feeds.record import Record
from feeds.settings import IntakeSettings
from feeds.venue import Control
from feeds.venues import VENUES
from tests.reliability import corpus
from tests.reliability.mutations import mutated

FRAMES = int(os.environ.get("LIQTOP_FUZZ", "20000"))
SEED = int(os.environ.get("LIQTOP_FUZZ_SEED", "1"))
FRESH_EVERY = 5_000  # frames after which the venue's decoders begin anew, as after a reconnect


def fresh(venue: str) -> Pipeline:
    pipeline = Pipeline(IntakeSettings(late_seconds=1e12, future_seconds=1e12))
    for record in corpus.listings(venue):
        pipeline.feed(record)
    return pipeline


def assert_sound(event: msgspec.Struct) -> None:
    """Every number of an event is finite, and its texts are short and can be shown."""
    for name in event.__struct_fields__:
        value = getattr(event, name)
        if isinstance(value, float):
            assert math.isfinite(value), (name, event)
        elif name == "reason":
            assert value.isprintable(), event
            assert 0 < len(value) < 500, event


@pytest.mark.parametrize("venue", sorted(VENUES))
def test_every_mutated_frame_is_events_a_refusal_or_what_needs_neither(venue: str) -> None:
    """Frames in are frames with events, frames refused, what the protocol says, and what is understood and left alone.

    The last are last trades told again, block trades and empty lists: JSON at least, because what is none is refused.
    """
    random, known, counts = Random(f"{SEED}:{venue}"), corpus.frames(venue), Counter[str]()
    for number in range(FRAMES):
        if number % FRESH_EVERY == 0:
            pipeline = fresh(venue)
        record = random.choice(known)
        wire = mutated(record.payload, random.choice(known).payload, random)
        counts[outcome(pipeline, msgspec.structs.replace(record, payload=wire))] += 1
    assert sum(counts.values()) == FRAMES
    assert counts["events"] > FRAMES // 200, counts
    assert counts["refused"] > FRAMES // 5, counts
    print(venue, dict(counts))


def outcome(pipeline: Pipeline, record: Record) -> str:
    """What became of a frame; fails where an event can't be trusted or a decoder failed."""
    controls: list[Control] = []
    events = [event for event in pipeline.split(record, controls) if not isinstance(event, Traffic)]
    for event in events:
        assert_sound(event)
        assert not (isinstance(event, Undecodable) and event.kind == "decoder"), (event.reason, record.payload)
    if any(not isinstance(event, Status) for event in events):
        return "events"
    if events:
        return "refused"
    if controls:
        return "control"
    assert is_json(record.payload), f"neither events nor a refusal: {record.payload!r}"
    return "nothing to tell"


def is_json(wire: bytes) -> bool:
    """Whether a frame is JSON, by another reader than the program's; broken characters count as characters."""
    try:
        plain = gzip.decompress(wire) if wire.startswith(b"\x1f\x8b") else wire
        json.loads(plain.decode(errors="replace"), strict=False)
    except (ValueError, OSError, EOFError, zlib.error):
        return False
    return True


@pytest.mark.parametrize("venue", sorted(VENUES))
def test_the_frames_themselves_are_mostly_events(venue: str) -> None:
    """What is mutated is worth mutating: the demo's frames and the recorded ones are read."""
    pipeline, frames = fresh(venue), corpus.frames(venue)
    read = [any(not isinstance(event, Status) for event in pipeline.feed(frame)) for frame in frames]
    assert sum(read) > len(frames) / 3
