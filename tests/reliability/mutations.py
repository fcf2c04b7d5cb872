"""What a frame turns into on a bad day: bytes flipped, cut, doubled or swapped, values of another kind put in."""

import gzip
import json
from collections.abc import Callable
from random import Random

from tests.feeds.garbled import NO_MESSAGES, WRONG, compact, spots

_TOKENS = (
    b"null",
    b"NaN",
    b"-1",
    b"1e999",
    b"[]",
    b"{}",
    b'""',
    b"\x00",
    b"\xff",
    b'"\\ud800"',
    b"99999999999999999999",
)


def mutated(frame: bytes, other: bytes, random: Random) -> bytes:
    """The frame after one to three mishaps; `other`: another frame of the venue."""
    zipped = frame.startswith(b"\x1f\x8b") and random.random() < 0.8
    plain = gzip.decompress(frame) if zipped else frame
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        plain = random.choice(_MISHAPS)(plain, other, random)
    return gzip.compress(plain, 1) if zipped else plain


def _flip(frame: bytes, other: bytes, random: Random) -> bytes:
    copy = bytearray(frame)
    for _ in range(random.randint(1, 4)):
        if copy:
            copy[random.randrange(len(copy))] = random.randrange(256)
    return bytes(copy)


def _digit(frame: bytes, other: bytes, random: Random) -> bytes:
    places = [index for index, byte in enumerate(frame) if 48 <= byte <= 57]
    if not places:
        return frame
    place = random.choice(places)
    return frame[:place] + random.choice((b"", b"0", b"9", b"-", b".", b"e9", b"000000000000")) + frame[place + 1 :]


def _cut(frame: bytes, other: bytes, random: Random) -> bytes:
    begin, end = sorted((random.randint(0, len(frame)), random.randint(0, len(frame))))
    return random.choice((frame[:begin], frame[begin:], frame[:begin] + frame[end:]))


def _double(frame: bytes, other: bytes, random: Random) -> bytes:
    begin, end = sorted((random.randint(0, len(frame)), random.randint(0, len(frame))))
    return frame[:end] + frame[begin:]


def _splice(frame: bytes, other: bytes, random: Random) -> bytes:
    return frame[: random.randint(0, len(frame))] + other[random.randint(0, len(other)) :]


def _token(frame: bytes, other: bytes, random: Random) -> bytes:
    place = random.randint(0, len(frame))
    return frame[:place] + random.choice(_TOKENS) + frame[place:]


def _nothing(frame: bytes, other: bytes, random: Random) -> bytes:
    return random.choice(NO_MESSAGES) if random.random() < 0.02 else frame


def _value(frame: bytes, other: bytes, random: Random) -> bytes:
    """Still JSON: a value, or a whole branch, is of another kind, or gone."""
    try:
        message = json.loads(frame)
    except (ValueError, RecursionError):
        return frame
    path = random.choice(spots(message))
    path = path[: random.randint(1, len(path))] if path else path
    if not path:
        return frame
    place = message
    for step in path[:-1]:
        place = place[step]
    if random.random() < 0.15:
        del place[path[-1]]
    else:
        place[path[-1]] = random.choice(WRONG)
    return compact(message)


_MISHAPS: tuple[Callable[[bytes, bytes, Random], bytes], ...] = (
    _flip, _digit, _digit, _cut, _double, _splice, _token, _nothing, _value, _value, _value,
)  # fmt: skip
