"""Each coin in a line: what the overview shows of it, reckoned a few coins at a time."""

from collections.abc import Mapping
from dataclasses import replace

from scoring.around import Around
from scoring.cascade_item import urgent
from scoring.checklist import checklist
from scoring.coin import CoinState
from scoring.funding import funding_median, readings
from scoring.gathered import facts_of
from scoring.interest import aggregate_change
from scoring.ladder import MICRO
from scoring.picture import day_total
from scoring.settings import ScoringSettings
from scoring.view import CoinSummary

_AT_ONCE = 2
"""How many coins are judged anew for one picture, so that two hundred of them never delay it."""
_HOLDS_MS = 5_000
"""A judgement this young is kept."""


class Overview:
    """The lines of all coins, the oldest judgement renewed first."""

    def __init__(self, settings: ScoringSettings) -> None:
        self._settings = settings
        self._judged: dict[str, tuple[int, CoinSummary]] = {}

    def lines(self, coins: Mapping[str, CoinState], window: int, around: Around) -> tuple[CoinSummary, ...]:
        """Every coin's line at this moment, in their order; verdicts and changes may be some seconds old."""
        now_ms = around.at_ms
        due = sorted(coins, key=lambda name: self._judged.get(name, (-1, None))[0])[:_AT_ONCE]
        for name in due:
            if name not in self._judged or now_ms - self._judged[name][0] >= _HOLDS_MS:
                self._judged[name] = (now_ms, self._judge(coins[name], around))
        return tuple(self._line(state, window, around) for state in coins.values())

    def _line(self, state: CoinState, window: int, around: Around) -> CoinSummary:
        line = state.summary(window, around.at_ms)
        long, short, sampled = state.last_minute.sums(around.at_ms)
        known = self._judged.get(state.name)
        seen = around.blind is None
        return replace(
            line if known is None else replace(known[1], price=line.price, imbalance=line.imbalance),
            alert=urgent(*state.watch.names),
            long_60s=long / MICRO if seen else None,
            short_60s=short / MICRO if seen else None,
            sampled_60s=sampled,
        )

    def _judge(self, state: CoinState, around: Around) -> CoinSummary:
        settings, now_ms = self._settings, around.at_ms
        price = state.prices.reading(now_ms)
        fundings = readings(state.fundings.values(), now_ms, settings.funding, state.reports.place_of_funding)
        middle = funding_median(fundings, now_ms)
        facts = facts_of(
            state, None if price.reason else price.value, fundings, day_total(state, around), around, settings
        )
        checks = checklist(facts, settings)
        known = [(row.coins, row.coins_24h) for row in facts.interest if not row.stale]
        return CoinSummary(
            coin=state.name,
            price=None,
            imbalance=None,
            change=facts.price_24h,
            funding_8h=middle.per_8h if middle is not None else None,
            interest_24h=aggregate_change(
                [(coins, change) for coins, change in known if coins is not None and change is not None]
            ),
            long=checks.long.verdict,
            short=checks.short.verdict,
        )
