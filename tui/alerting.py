"""Alerts while the monitor runs: the config's rules held against looks at the market, and what fires handed on."""

from collections.abc import Mapping, Sequence

from feeds.source import Mode
from scoring.alerts.engine import FOREVER_MS, Engine
from scoring.alerts.rule import Rule, rules_of
from scoring.settings.alerts import AlertingSettings
from scoring.view import MarketView
from scoring.view.alerts import Fired
from tui.controls import Controls
from tui.courier import Courier
from tui.language import ENGLISH, label
from tui.notify.settings import NotifySettings
from tui.settings import Loaded
from tui.views.alerts import AlertBoard

SNOOZE_MINUTES = 15
"""How long one key keeps a rule quiet."""


def alert_rules(loaded: Loaded) -> tuple[Rule, ...]:
    """The config's rules."""
    settings = loaded.settings
    return rules_of(settings.alerts, settings.alerting, {name: loaded.coins(name) for name in settings.lists})


class Alerting:
    """The rules of one monitor. Time is the market's: of a tape the tape's, so that its cooldowns and snoozes are too.

    Of the demo and of a tape nothing is told beside the screen, unless `[notify] demo_and_replay` says so.
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        alerting: AlertingSettings,
        notify: NotifySettings,
        mode: Mode,
        environment: Mapping[str, str],
    ) -> None:
        self.engine = Engine(rules, alerting)
        self._mode = mode
        self._notify = notify
        self._environment = environment
        self._courier = Courier(notify, environment)
        self._fired: list[Fired] = []

    def coins(self, watched: Sequence[str]) -> tuple[str, ...]:
        """Which of the watched coins have to be looked at; streams are seen in the view of any coin."""
        rules = self.engine.rules
        named = tuple(coin for coin in watched if any(rule.metric.of_coin and rule.concerns(coin) for rule in rules))
        return named or (tuple(watched[:1]) if rules else ())

    def take(self, view: MarketView) -> None:
        """Hold the rules against a fresh view, and deliver what fires."""
        fired = self.engine.step(view, view.at_ms)
        self._fired += fired
        if fired and self._tells:
            self._courier.put(fired)

    def forget(self) -> None:
        """The market began anew, as after a tape was sought."""
        self.engine.forget()

    def go_by(self, rules: Sequence[Rule], alerting: AlertingSettings, notify: NotifySettings) -> None:
        """Go on by these. What is on its way by the old settings is called back."""
        self.engine.go_by(rules, alerting)
        if notify != self._notify:
            self._courier.close(0)
            self._notify, self._courier = notify, Courier(notify, self._environment)

    def taken(self) -> list[Fired]:
        """What fired since this was asked last, oldest first."""
        fired, self._fired = self._fired, []
        return fired

    def sequences(self) -> list[str]:
        """What the terminal is to be sent."""
        return self._courier.sequences()

    def problems(self) -> list[str]:
        """One line for each delivery that failed."""
        return self._courier.problems()

    def snooze(self, rule: str, now_ms: int, controls: Controls = ENGLISH) -> str:
        """Keep a rule quiet for a while, or wake it; returns the sentence about it."""
        engine = self.engine
        if engine.snoozed_until("", now_ms) is not None:
            return label("all rules are snoozed: Z wakes them", controls)
        if engine.snoozed_until(rule, now_ms) is not None:
            engine.wake(rule)
            return label("{rule} is awake again", controls, rule=rule)
        engine.snooze(now_ms + SNOOZE_MINUTES * 60_000, rule)
        text = "{rule} is quiet for {minutes} min; what begins meanwhile is never told"
        return label(text, controls, rule=rule, minutes=SNOOZE_MINUTES)

    def snooze_all(self, now_ms: int, controls: Controls = ENGLISH) -> str:
        """Keep all rules quiet for good, or wake them; returns the sentence about it."""
        engine = self.engine
        if not engine.rules:
            return label("no alert rules: there is no [alerts.NAME] in the config", controls)
        if engine.snoozed_until("", now_ms) is not None:
            engine.wake()
            return label("all rules are awake again", controls)
        engine.snooze(FOREVER_MS)
        return label("all rules are quiet until Z wakes them; what begins meanwhile is never told", controls)

    def board(self) -> AlertBoard:
        """What the alerts screen shows."""
        here = "" if self._tells else self._mode
        return AlertBoard(tuple(reversed(self.engine.recent)), self.engine.status(), here)

    def close(self) -> None:
        """End the deliveries."""
        self._courier.close()

    @property
    def _tells(self) -> bool:
        return self._mode == "LIVE" or self._notify.demo_and_replay
