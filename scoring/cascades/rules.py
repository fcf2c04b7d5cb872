"""The conditions of the states, each a plain question about the inputs of one second, and their words.

An input that is not known is passed over where it only confirms, and named in the words; a state that only it could
prove is not entered.
"""

from scoring.cascades.surroundings import Ahead
from scoring.settings.cascades import CascadeRules, LoadingRules
from scoring.view.cascades import CascadeInputs, Direction


def ignites(inputs: CascadeInputs, rules: CascadeRules, part: float = 1.0) -> bool:
    """Whether forced orders and the price break out together. `part`: of the thresholds, for holding a state."""
    enter = rules.enter
    return (
        inputs.usd_60s > 0
        and inputs.usd_60s >= inputs.least_usd * part
        and inputs.orders_60s >= enter.orders * part
        and inputs.sigmas is not None
        and inputs.sigmas >= enter.move_sigmas * part
        and (inputs.ratio is None or inputs.ratio >= enter.ratio * part)
        and (inputs.impulse_bp is None or inputs.impulse_bp >= enter.ignition_bp * part)
        and (inputs.renewal is None or inputs.renewal >= enter.ignition_renewal * part)
    )


def cascades(inputs: CascadeInputs, rules: CascadeRules, part: float = 1.0) -> bool:
    """Whether forced orders feed on themselves: the impulse, the renewal number, the move, levels, open interest.

    Without a complete feed there is no renewal number and half of the impulse is enough. Open interest decides only
    where it was read since ignition.
    """
    enter = rules.enter
    if inputs.impulse_bp is None or inputs.move_120 is None or inputs.needed_move is None:
        return False
    if inputs.move_120 < inputs.needed_move * part or inputs.levels < enter.levels:
        return False
    if inputs.interest_5m is not None and inputs.interest_5m > enter.interest * part:
        return False
    if not inputs.complete:
        return inputs.impulse_bp >= enter.cascade_sampled_bp * part
    grows = inputs.renewal_low is not None and inputs.renewal_low >= enter.renewal_low * part
    return inputs.impulse_bp >= enter.cascade_bp * part and grows


def loads(ahead: Ahead, rules: LoadingRules) -> str | None:
    """Why leverage stands ready in a direction; None where it does not, or where it is not known."""
    if ahead.strength is None or ahead.touch is None:
        return None
    if ahead.strength < rules.strength or ahead.touch < rules.touch:
        return None
    near = f"a cluster of {ahead.strength:.1f} depths, touched in 4 h with {ahead.touch:.0%}"
    if ahead.interest_24h is not None and ahead.interest_24h >= rules.interest:
        return f"{near}; OI {ahead.interest_24h:+.1%} in 24 h"
    if ahead.funding_share is not None and ahead.funding_share >= rules.funding_share:
        return f"{near}; funding more one-sided than {ahead.funding_share:.0%} of its history"
    if ahead.crowd is not None and ahead.crowd >= rules.crowd:
        return f"{near}; {ahead.crowd:.0%} of accounts on that side"
    return None


def evidence(inputs: CascadeInputs, direction: Direction) -> str:
    """The inputs in one line, those that are pending named last."""
    least = ">=" if inputs.sampled else ""
    sign = -1 if direction == "down" else 1
    parts = []
    if inputs.impulse_bp is not None:
        parts.append(f"impulse {least}{inputs.impulse_bp:.1f} bp")
    if inputs.complete and inputs.renewal is not None and inputs.renewal_low is not None:
        parts.append(f"R {inputs.renewal:.1f} (at least {inputs.renewal_low:.1f})")
    if inputs.move_120 is not None:
        parts.append(f"{sign * inputs.move_120 * 1e4:+.0f} bp in 2 min")
    if inputs.levels:
        parts.append(f"{inputs.levels} levels")
    if inputs.interest_5m is not None:
        parts.append(f"OI {inputs.interest_5m:+.1%} in 5 min")
    if not inputs.complete:
        parts.append("sampled rule")
    return ", ".join((*parts, *inputs.pending))
