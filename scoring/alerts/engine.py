"""Alerts: holds the rules against each view and returns those that fire. The caller owns time and delivery."""

from collections import deque
from collections.abc import Sequence

from scoring.alerts.connects import Connects
from scoring.alerts.history import History
from scoring.alerts.readers import Moment
from scoring.alerts.rule import Rule
from scoring.alerts.watch import Watch, compare
from scoring.settings.alerts import AlertingSettings
from scoring.view import MarketView
from scoring.view.alerts import Fired, Observed, RuleStatus

_NONE_SEEN = {True: "none of its coins was looked at yet", False: "no stream of its exchanges was seen yet"}

FOREVER_MS = 1 << 62
"""A snooze until this ends only when it is lifted."""


class Engine:
    """All rules with what each remembers. A rule fires once when its condition begins to hold, and again only after
    it was known not to hold.

    What is not known fires nothing and arms nothing. What held already when it was first known, or came within
    `quiet_seconds` of that, fires nothing.
    """

    def __init__(self, rules: Sequence[Rule], settings: AlertingSettings) -> None:
        self.rules = tuple(rules)
        self.recent: deque[Fired] = deque(maxlen=settings.kept)
        self._settings = settings
        self._quiet_ms = round(settings.quiet_seconds * 1000)
        self._snoozed: dict[str, int] = {}
        self._fired: dict[str, int] = {}
        self._last_ms: dict[str, int] = {}
        self._held_back: dict[str, int] = {}
        self._told_back: dict[tuple[str, str], int] = {}
        self.forget()

    def forget(self) -> None:
        """Know nothing of the market any more, as after a tape was sought. Snoozes and what fired are kept."""
        self._now_ms = 0
        self._connects = Connects()
        self._watches: dict[tuple[str, str], Watch] = {}
        self._histories: dict[tuple[str, str], History] = {}
        self._cooling: dict[tuple[str, str], int] = {}

    def go_by(self, rules: Sequence[Rule], settings: AlertingSettings) -> None:
        """Go on by these. A rule that stays as it was keeps what it remembers, another begins anew."""
        same = {rule.name for rule in rules if rule in self.rules}
        named = {"", *(rule.name for rule in rules)}
        for by_subject in (self._watches, self._cooling, self._told_back):
            for key in [key for key in by_subject if key[0] not in same]:
                del by_subject[key]
        for by_rule in (self._fired, self._last_ms, self._held_back):
            for name in by_rule.keys() - same:
                del by_rule[name]
        self._snoozed = {name: until for name, until in self._snoozed.items() if name in named}
        if settings.history_minutes != self._settings.history_minutes:
            self._histories = {}
        self.rules, self._settings = tuple(rules), settings
        self.recent = deque(self.recent, maxlen=settings.kept)
        self._quiet_ms = round(settings.quiet_seconds * 1000)

    def step(self, view: MarketView, now_ms: int) -> list[Fired]:
        """The alerts that this coin's view fires now. Time that goes back begins anew.

        To be called about once a second for each coin that a rule concerns.
        """
        if now_ms < self._now_ms:
            self.forget()
        self._now_ms = now_ms
        self._connects.note(view.feeds, now_ms)
        self._connects.take(view.coin, view.tape, now_ms)
        moment = Moment(view, now_ms, self._connects)
        seen: dict[str, tuple[Observed, ...]] = {}
        fired: list[Fired] = []
        for rule in self.rules:
            if not rule.concerns(view.coin):
                continue
            name = rule.metric.name
            if name not in seen:
                seen[name] = tuple(rule.metric.read(moment))
            fired += [
                one
                for observed in seen[name]
                if rule.is_for(observed) and (one := self._look(rule, observed, now_ms)) is not None
            ]
        for name, observations in seen.items():
            for observed in observations:
                if observed.value is not None:
                    self._history(name, observed.subject).note(now_ms, observed.value)
        self.recent.extend(fired)
        return fired

    def snooze(self, until_ms: int = FOREVER_MS, rule: str = "") -> None:
        """Keep a rule quiet until then; without a name all of them. What begins to hold meanwhile never fires."""
        self._snoozed[rule] = until_ms

    def wake(self, rule: str = "") -> None:
        """End a snooze; without a name all of them."""
        if rule:
            self._snoozed.pop(rule, None)
        else:
            self._snoozed.clear()

    def snoozed_until(self, rule: str, now_ms: int) -> int | None:
        """Until when a rule is kept quiet; None where it is not."""
        until = max(self._snoozed.get(rule, 0), self._snoozed.get("", 0))
        return until if until > now_ms else None

    def status(self) -> tuple[RuleStatus, ...]:
        """How every rule stands, in the order of the config."""
        return tuple(self._status(rule) for rule in self.rules)

    def _history(self, metric: str, subject: str) -> History:
        history = self._histories.get((metric, subject))
        if history is None:
            settings = self._settings
            history = History(settings.history_minutes, settings.history_least_minutes)
            self._histories[metric, subject] = history
        return history

    def _look(self, rule: Rule, observed: Observed, now_ms: int) -> Fired | None:
        key = (rule.name, observed.subject)
        watch = self._watches.get(key)
        if watch is None:
            watch = self._watches[key] = Watch()
        history = self._history(rule.metric.name, observed.subject)
        compared = compare(rule, observed, history, now_ms)
        if not watch.look(rule, observed, compared, now_ms):
            return None
        early = watch.known_since_ms is None or now_ms - watch.known_since_ms < self._quiet_ms
        if early or self.snoozed_until(rule.name, now_ms) is not None:
            watch.armed = False
            return None
        cooling = (rule.name, "" if rule.once_per_rule else observed.subject)
        if now_ms < self._cooling.get(cooling, 0):
            if not watch.waiting:
                watch.waiting = True
                self._held_back[rule.name] = self._held_back.get(rule.name, 0) + 1
                self._told_back[cooling] = self._told_back.get(cooling, 0) + 1
            return None
        self._cooling[cooling] = now_ms + rule.cooldown_ms
        watch.armed, watch.waiting, watch.fired_at_ms = False, False, now_ms
        self._fired[rule.name] = self._fired.get(rule.name, 0) + 1
        self._last_ms[rule.name] = now_ms
        return self._card(rule, observed, compared, watch, history, self._told_back.pop(cooling, 0), now_ms)

    @staticmethod
    def _card(
        rule: Rule,
        observed: Observed,
        compared: float | None,
        watch: Watch,
        history: History,
        held_back: int,
        now_ms: int,
    ) -> Fired:
        return Fired(
            rule=rule.name,
            severity=rule.severity,
            metric=rule.metric.name,
            unit=rule.metric.unit,
            when=rule.condition.text,
            at_ms=now_ms,
            observed=observed,
            compared=compared,
            threshold=None if rule.condition.of_states else rule.condition.threshold,
            percentile=None if observed.value is None else history.percentile(observed.value),
            before=watch.before,
            before_at_ms=watch.before_at_ms,
            held_back=held_back,
            deliver=rule.deliver,
        )

    def _status(self, rule: Rule) -> RuleStatus:
        mine = {subject: watch for (name, subject), watch in self._watches.items() if name == rule.name}
        unknown = [subject for subject, watch in mine.items() if watch.holds is None]
        return RuleStatus(
            rule=rule.name,
            metric=rule.metric.name,
            when=rule.condition.text,
            severity=rule.severity,
            fired=self._fired.get(rule.name, 0),
            last_at_ms=self._last_ms.get(rule.name),
            held_back=self._held_back.get(rule.name, 0),
            holding=tuple(subject for subject, watch in mine.items() if watch.holds),
            armed=sum(bool(watch.armed) for watch in mine.values()),
            unknown=tuple(unknown),
            reason=mine[unknown[-1]].reason if unknown else "" if mine else _NONE_SEEN[rule.metric.of_coin],
            had_data=any(watch.known_since_ms is not None for watch in mine.values()),
            snoozed_until_ms=self.snoozed_until(rule.name, self._now_ms),
            cooling_until_ms=max(
                (until for (name, _), until in self._cooling.items() if name == rule.name and until > self._now_ms),
                default=None,
            ),
        )
