"""The hit record of one coin: predictions that run, those that came due, and what they prove."""

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable

from scoring.record.evidence import by_day, judge
from scoring.record.prediction import HOUR_MS, Band, Fate, Forecast, Prediction, predict
from scoring.settings.record import RecordSettings
from scoring.view.estimated import Record
from scoring.view.realised import Side


class _Open:
    """A prediction that runs, and what was touched so far."""

    __slots__ = ("mirror_hit", "prediction", "shifted_hit", "touched_ms")

    def __init__(self, prediction: Prediction) -> None:
        self.prediction = prediction
        self.touched_ms: int | None = None
        self.mirror_hit = self.shifted_hit = False

    def follow(self, low: float, high: float, now_ms: int) -> None:
        """What lies on a side of the starting price is touched by reaching or jumping over it."""
        prediction = self.prediction
        if prediction.side == "above":
            touched, mirrored, shifted = high >= prediction.level, low <= prediction.mirror, high >= prediction.shifted
        else:
            touched, mirrored, shifted = low <= prediction.level, high >= prediction.mirror, low <= prediction.shifted
        if touched and self.touched_ms is None:
            self.touched_ms = now_ms
        self.mirror_hit = self.mirror_hit or mirrored
        self.shifted_hit = self.shifted_hit or shifted

    def fate(self) -> Fate:
        hit = self.touched_ms is not None
        return Fate(self.prediction, hit, self.mirror_hit, self.shifted_hit, self.touched_ms)


class HitRecord:
    """Predicts each cluster when it is born and again each horizon while it lives, and counts what came of it.

    A fate is counted when its time is over, also where the level was touched before: counting hits at once and misses
    later would make any young record look lucky. Call `follow` with each stretch of time before `predict` at its end.
    """

    def __init__(self, settings: RecordSettings) -> None:
        self.voided = 0
        """How many predictions a gap made void."""
        self._settings = settings
        self._open: list[_Open] = []
        self._fates: deque[Fate] = deque(maxlen=settings.most_kept)
        self._predicted: dict[int, int] = {}
        self._followed_ms: int | None = None
        self._readings: dict[tuple[Side | None, int | None], Record] = {}

    @property
    def running(self) -> tuple[Prediction, ...]:
        """The predictions whose time is not over."""
        return tuple(one.prediction for one in self._open)

    @property
    def waiting(self) -> tuple[Prediction, ...]:
        """Those of them whose level was not touched yet."""
        return tuple(one.prediction for one in self._open if one.touched_ms is None)

    def predict(self, forecast: Forecast, bands: Iterable[Band]) -> tuple[Prediction, ...]:
        """Predict the bands that are new or were last looked at a horizon ago; returns those predictions.

        One that chance nearly decides is looked at again a horizon later, not as soon as the price has moved: the move
        would be what chose it. Identities that are not among `bands` are forgotten.
        """
        again_ms = forecast.at_ms - self._settings.horizon_hours * HOUR_MS
        earlier, self._predicted = self._predicted, {}
        made: list[Prediction] = []
        for band in bands:
            last_ms = earlier.get(band.identity)
            if last_ms is not None and last_ms > again_ms:
                self._predicted[band.identity] = last_ms
                continue
            self._predicted[band.identity] = forecast.at_ms
            found = predict(band, forecast, self._settings)
            if found is not None and len(self._open) < self._settings.most_open:
                self._open.append(_Open(found))
                made.append(found)
        self._followed_ms = max(self._followed_ms or 0, forecast.at_ms)
        return tuple(made)

    def follow(self, low: float, high: float, now_ms: int) -> tuple[Fate, ...]:
        """The price went from `low` to `high` since the last call; returns the fates that are now sealed."""
        last_ms, self._followed_ms = self._followed_ms, now_ms
        if last_ms is not None and now_ms - last_ms > self._settings.gap_minutes * 60_000:
            self.voided += len(self._open)
            self._open.clear()
            self._predicted.clear()
        sealed: list[Fate] = []
        running: list[_Open] = []
        for one in self._open:
            if now_ms <= one.prediction.due_ms:
                one.follow(low, high, now_ms)
            if now_ms >= one.prediction.due_ms:
                sealed.append(one.fate())
            else:
                running.append(one)
        self._open = running
        if sealed:
            self._fates.extend(sealed)
            self._readings.clear()
        return tuple(sealed)

    def reading(self, side: Side | None = None, distance: float | None = None) -> Record:
        """What such predictions proved so far: of one side or both, as far away as `distance` or at any distance."""
        place = None if distance is None else bisect_right(self._settings.distances, abs(distance))
        found = self._readings.get((side, place))
        if found is None:
            days = by_day(fate for fate in self._fates if self._alike(fate, side, place))
            found = self._readings[side, place] = judge(tuple(days.values()), self._settings)
        return found

    def _alike(self, fate: Fate, side: Side | None, place: int | None) -> bool:
        prediction = fate.prediction
        if side is not None and prediction.side != side:
            return False
        return place is None or bisect_right(self._settings.distances, abs(prediction.distance)) == place

    def fates(self) -> tuple[Fate, ...]:
        """The fates that are kept, oldest first."""
        return tuple(self._fates)

    def restore(self, fates: Iterable[Fate]) -> None:
        """Put fates of an earlier run before those of this one. Predictions that ran then are void: a gap was there."""
        both = [*fates, *self._fates]
        self._fates.clear()
        self._fates.extend(both)
        self._readings.clear()
