"""When a rule fires: reads the words of a condition, and tells which number or state a value is held against.

above 5M · below -0.01% · above percentile 95 · rises 2% in 15m · falls 3% in 1h · becomes igniting or cascading
"""

import re
from dataclasses import dataclass, replace
from math import isfinite
from typing import Literal

Kind = Literal["above", "below", "above percentile", "below percentile", "rises", "falls", "becomes"]

GRAMMAR = "above N, below N, above percentile N, below percentile N, rises N in 15m, falls N in 1h, or becomes STATE"
"""What a condition can be, in words."""

_NUMBER = re.compile(r"(?P<number>[+-]?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?)\s*(?P<suffix>k|m|b|%|bp)?", re.IGNORECASE)
_SPAN = re.compile(r"(?P<count>\d+(\.\d+)?)\s*(?P<unit>m|min|h)", re.IGNORECASE)
_FACTORS = {"": 1.0, "k": 1e3, "m": 1e6, "b": 1e9, "%": 1e-2, "bp": 1e-4}
_LONGEST_MINUTES = 7 * 1440


class BadCondition(ValueError):
    """The words can't be read: says what was expected and what was found."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition. `threshold` is in the metric's unit, a percentile from 0 to 100, or the change over `over_minutes`.

    `clear`: the value at which a rule re-arms, in the same terms. `states`: those that are entered, in lower case.
    """

    kind: Kind
    text: str
    threshold: float = 0.0
    clear: float = 0.0
    over_minutes: float = 0.0
    states: tuple[str, ...] = ()

    @property
    def upward(self) -> bool:
        """Whether more is nearer to firing."""
        return self.kind in ("above", "above percentile", "rises")

    @property
    def of_states(self) -> bool:
        """Whether it is about a state instead of a number."""
        return self.kind == "becomes"

    @property
    def of_percentile(self) -> bool:
        """Whether the value's own percentile is held against the threshold."""
        return self.kind.endswith("percentile")

    @property
    def of_change(self) -> bool:
        """Whether the value's change is held against the threshold."""
        return self.over_minutes > 0

    def holds(self, compared: float) -> bool:
        """Whether a number fulfils it. At the threshold it does not yet hold."""
        return compared > self.threshold if self.upward else compared < self.threshold

    def clears(self, compared: float) -> bool:
        """Whether a number is far enough back for the rule to fire again."""
        return compared <= self.clear if self.upward else compared >= self.clear


def condition_of(when: str, clear: str = "", rearm_share: float = 0.1) -> Condition:
    """The condition that these words mean; raises `BadCondition`."""
    words = " ".join(when.split())
    first, _, rest = words.partition(" ")
    first = first.lower()
    if first == "becomes":
        return _becomes(words, rest, clear)
    if first not in ("above", "below", "rises", "falls"):
        raise BadCondition(f"expected {GRAMMAR}, found {_quoted(when)}")
    if first in ("rises", "falls"):
        return _change(first == "rises", words, rest, clear, rearm_share)
    percentile = rest.lower().startswith("percentile ")
    threshold = number_of(rest.partition(" ")[2] if percentile else rest)
    if percentile and not 0 < threshold < 100:
        raise BadCondition(f"expected a percentile between 0 and 100, found {rest.partition(' ')[2]}")
    if percentile:
        kind: Kind = "above percentile" if first == "above" else "below percentile"
    else:
        kind = "above" if first == "above" else "below"
    return _armed(Condition(kind, words, threshold), clear, rearm_share)


def number_of(text: str) -> float:
    """A number with its suffix (k, M, B, %, bp); raises `BadCondition`.

    >>> number_of("5M"), number_of("-0.01 %"), number_of("1_000")
    (5000000.0, -0.0001, 1000.0)
    """
    found = _NUMBER.fullmatch(text.strip())
    value = float(found["number"].replace("_", "")) * _FACTORS[(found["suffix"] or "").lower()] if found else None
    if value is None or not isfinite(value):
        raise BadCondition(f"expected a number such as 5M, 0.05% or -1.5, found {_quoted(text)}")
    return value


def _becomes(words: str, rest: str, clear: str) -> Condition:
    states = tuple(" ".join(state.split()).lower() for state in re.split(r"\s+or\s+|,", rest) if state.strip())
    if not states:
        raise BadCondition("expected a state behind 'becomes', found nothing")
    if clear:
        raise BadCondition("expected no clear value for a state, which fires again once it was left")
    return Condition("becomes", words, states=states)


def _change(rises: bool, words: str, rest: str, clear: str, rearm_share: float) -> Condition:
    amount, _, span = rest.partition(" in ")
    found = _SPAN.fullmatch(span.strip())
    minutes = float(found["count"]) * (60 if found["unit"].lower() == "h" else 1) if found else 0.0
    if not 1 <= minutes <= _LONGEST_MINUTES:
        raise BadCondition(f"expected a change such as 'rises 2% in 15m' over 1m to 168h, found {_quoted(words)}")
    by = number_of(amount)
    if by <= 0:
        raise BadCondition(f"expected a change of more than 0, found {amount}")
    one = Condition("rises" if rises else "falls", words, by if rises else -by, over_minutes=minutes)
    return _armed(one, f"-{clear}" if clear and not rises else clear, rearm_share)


def _armed(one: Condition, clear: str, rearm_share: float) -> Condition:
    """The condition with the value at which it re-arms: the given one, or `rearm_share` of the threshold back."""
    if clear:
        at = number_of(clear)
        if at > one.threshold if one.upward else at < one.threshold:
            raise BadCondition(f"expected a value on the other side of the threshold, found {clear}")
    elif one.of_percentile:
        reach = one.threshold if one.upward else 100 - one.threshold
        at = one.threshold + (-1 if one.upward else 1) * rearm_share * reach
    else:
        at = one.threshold + (-1 if one.upward else 1) * rearm_share * abs(one.threshold)
    return replace(one, clear=at)


def _quoted(text: str) -> str:
    return f"'{text}'"
