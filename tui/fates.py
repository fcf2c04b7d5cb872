"""What became of clusters outlives the program: new fates go to the store, earlier ones into the hit records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from feeds.store import Document
from scoring.record.hits import HitRecord
from scoring.record.prediction import Fate
from scoring.view import Lens, Preset

VERSION = 1
"""Of the form of a stored fate."""
EVERY_MS = 60_000
"""How often new fates are looked for, in the market's time: a prediction runs for hours."""

_decoder = msgspec.json.Decoder(Fate)


@dataclass(frozen=True, slots=True)
class Fates:
    """Fates by coin, oldest first, and how many documents could not be read."""

    of_coin: Mapping[str, Sequence[Fate]]
    unreadable: int = 0


def document_of(fate: Fate) -> Document:
    """The fate as it is stored, under a key that no other fate has."""
    one = fate.prediction
    key = f"{one.coin} {one.lens} {one.preset} {one.at_ms} {one.side} {one.level:.12g}"
    return Document(key, one.due_ms, VERSION, msgspec.json.encode(fate))


def fates_of(documents: Iterable[Document]) -> Fates:
    """The fates of documents; one of another version, or that is none, is counted and left out."""
    found: dict[str, list[Fate]] = {}
    unreadable = 0
    for document in documents:
        try:
            if document.version != VERSION:
                raise msgspec.ValidationError(f"expected version {VERSION}, found {document.version}")
            fate = _decoder.decode(document.payload)
        except msgspec.DecodeError:
            unreadable += 1
            continue
        found.setdefault(fate.prediction.coin, []).append(fate)
    return Fates(found, unreadable)


class FateKeeper:
    """Restores each record once and tells its new fates. A cluster's identity begins anew with each run."""

    def __init__(self, lens: Lens, preset: Preset) -> None:
        self._kind = (lens, preset)
        self._stored: Fates | None = None
        self._kept: dict[str, tuple[HitRecord, Fate | None]] = {}
        self._due_ms = 0

    def recall(self, fates: Fates) -> None:
        """What earlier runs stored; may be called by another thread."""
        self._stored = fates

    def work(self, records: Mapping[str, HitRecord], now_ms: int) -> list[Document]:
        """Restore the records that are new, and return what is to be stored; does so once a minute."""
        stored = self._stored
        if stored is None:
            return []
        due = now_ms >= self._due_ms
        if due:
            self._due_ms = now_ms + EVERY_MS
        documents: list[Document] = []
        for coin, record in records.items():
            known = self._kept.get(coin)
            if known is None or known[0] is not record:
                known = self._kept[coin] = (record, self._restore(record, stored.of_coin.get(coin, ())))
            if due:
                documents += map(document_of, self._new(coin, known[1], record))
        return documents

    def _restore(self, record: HitRecord, fates: Sequence[Fate]) -> Fate | None:
        """Give the record its past; returns the last fate of it."""
        ours = [fate for fate in fates if (fate.prediction.lens, fate.prediction.preset) == self._kind]
        if ours:
            record.restore(ours)
        return ours[-1] if ours else None

    def _new(self, coin: str, last: Fate | None, record: HitRecord) -> list[Fate]:
        """The fates behind the last one that is stored."""
        new: list[Fate] = []
        for fate in reversed(record.fates()):
            if fate is last:
                break
            new.append(fate)
        if new:
            self._kept[coin] = (record, new[0])
        return new[::-1]
