"""After a cascade: is the leverage gone, how one-sided was the day, and how does it rank in one's own history."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from scoring.levels import balance
from scoring.settings.cascades import AftermathRules
from scoring.view.cascades import DayBalance, Exhaustion, ExhaustionPart


@dataclass(frozen=True, slots=True)
class After:
    """What is known after a cascade; None is not known.

    `funding`, `funding_before`: the rate per 8 h now and before the event. `funding_share`: its place in its own
    history. `interest`: change of open interest in coins since before the event. `spot_volume`: of 15 min, by its
    median of 24 h. `rate`: forced orders now by their usual rate.
    """

    funding: float | None = None
    funding_before: float | None = None
    funding_share: float | None = None
    interest: float | None = None
    spot_volume: float | None = None
    rate: float | None = None


def exhaustion(after: After, coin: str, rules: AftermathRules) -> Exhaustion:
    """The badge: complete with four of four signs, partial with two or three.

    What is not known stays unknown: with fewer known signs than would decide, so is the badge.
    """
    parts = (_funding(after, rules), _interest(after, coin, rules), _volume(after, rules), _rate(after, rules))
    met = sum(part.met is True for part in parts)
    possible = met + sum(part.met is None for part in parts)
    if met >= rules.complete:
        return Exhaustion("complete", parts)
    if met >= rules.partial:
        return Exhaustion("partial", parts)
    return Exhaustion("unknown" if possible >= rules.partial else "none", parts)


def _funding(after: After, rules: AftermathRules) -> ExhaustionPart:
    now, before, share = after.funding, after.funding_before, after.funding_share
    if share is not None and rules.funding_middle[0] <= share <= rules.funding_middle[1]:
        return ExhaustionPart("funding", True, f"in the middle of its history, {share:.0%}")
    if now is None or before is None:
        return ExhaustionPart("funding", None, "not known before and after the event")
    way = before - rules.funding_neutral
    if way == 0:
        return ExhaustionPart("funding", True, f"neutral before, {now:.4%} now")
    done = (before - now) / way
    met = done >= rules.funding_way
    return ExhaustionPart("funding", met, f"{before:.4%} to {now:.4%}, {done:.0%} of the way to neutral")


def _interest(after: After, coin: str, rules: AftermathRules) -> ExhaustionPart:
    if after.interest is None:
        return ExhaustionPart("open interest", None, "not known before and after the event")
    needed = rules.interest_bitcoin if coin == "BTC" else rules.interest_other
    met = after.interest <= needed
    return ExhaustionPart("open interest", met, f"{after.interest:+.1%} in coins, {needed:.0%} is a flush")


def _volume(after: After, rules: AftermathRules) -> ExhaustionPart:
    if after.spot_volume is None:
        return ExhaustionPart("spot volume", None, "not known for 24 h")
    low, high = rules.spot_volume
    return ExhaustionPart("spot volume", low <= after.spot_volume <= high, f"x{after.spot_volume:.1f} of its median")


def _rate(after: After, rules: AftermathRules) -> ExhaustionPart:
    if after.rate is None:
        return ExhaustionPart("liquidations", None, "no usual rate is known")
    return ExhaustionPart("liquidations", after.rate < rules.rate, f"x{after.rate:.1f} of the usual rate")


def rank(usd: float, history: Sequence[float], rules: AftermathRules) -> float | None:
    """The share of earlier days that liquidated less; None where those are too few to say."""
    if len(history) < rules.history_least:
        return None
    return bisect_left(sorted(history), usd) / len(history)


def day_balance(
    long_usd: float, short_usd: float, at_least: bool, history: Sequence[float], one_sided: float,
    rules: AftermathRules,
) -> DayBalance | None:  # fmt: skip
    """What 24 h liquidated of each side, and how that ranks; None where nothing was liquidated.

    `history`: sums of both sides of earlier days. `one_sided`: from which share of one side on the day was that.
    """
    found = balance(long_usd, short_usd)
    if found is None:
        return None
    words = "balanced"
    if found.long_share >= one_sided:
        words = "one-sided long flush"
    elif found.long_share <= 1 - one_sided:
        words = "one-sided short squeeze"
    if at_least:
        words += ", a lower bound"
    place = rank(long_usd + short_usd, history, rules)
    return DayBalance(long_usd, short_usd, found.long_share, found.ratio, at_least, words, place, len(history))
