"""States and scores read off a view for the alerts. A state that can't be told has a reason instead."""

from collections.abc import Iterable

from scoring.alerts.readers import Moment
from scoring.view import DirectionVerdict
from scoring.view.alerts import Observed
from scoring.view.cascades import CascadeState


def verdict_long(moment: Moment) -> Iterable[Observed]:
    """The checklist's answer for a long; too little data is no answer."""
    return [_verdict(moment, moment.view.checklist.long)]


def verdict_short(moment: Moment) -> Iterable[Observed]:
    """The checklist's answer for a short; too little data is no answer."""
    return [_verdict(moment, moment.view.checklist.short)]


def _verdict(moment: Moment, verdict: DirectionVerdict) -> Observed:
    if verdict.verdict == "INSUFFICIENT DATA":
        return Observed(moment.view.coin, reason=f"insufficient data: {verdict.reason}")
    return Observed(moment.view.coin, state=verdict.verdict, source=f"checklist: {verdict.reason}", at_ms=moment.now_ms)


def score_long(moment: Moment) -> Iterable[Observed]:
    """The checklist's score for a long, where there is enough to answer from."""
    return [_score(moment, moment.view.checklist.long)]


def score_short(moment: Moment) -> Iterable[Observed]:
    """The checklist's score for a short, where there is enough to answer from."""
    return [_score(moment, moment.view.checklist.short)]


def _score(moment: Moment, verdict: DirectionVerdict) -> Observed:
    if verdict.verdict == "INSUFFICIENT DATA" or verdict.score is None:
        return Observed(moment.view.coin, reason=f"insufficient data: {verdict.reason}")
    return Observed(moment.view.coin, verdict.score, source=f"checklist: {verdict.reason}", at_ms=moment.now_ms)


def cascade_down(moment: Moment) -> Iterable[Observed]:
    """The state of a cascade of longs."""
    return [_cascade(moment, "down")]


def cascade_up(moment: Moment) -> Iterable[Observed]:
    """The state of a cascade of shorts."""
    return [_cascade(moment, "up")]


def _cascade(moment: Moment, direction: str) -> Observed:
    """Being blind is a state of its own."""
    states = moment.view.cascades
    return of_cascade(moment.view.coin, states.down if direction == "down" else states.up)


def of_cascade(coin: str, told: CascadeState) -> Observed:
    """A direction's state with what made it."""
    if not told.since_ms:
        return Observed(coin, reason=told.why)
    source = f"{told.rule} feed rule: {told.why}"
    return Observed(coin, state=told.state, source=source, at_ms=told.since_ms, at_least=told.at_least)


def sight(moment: Moment) -> Iterable[Observed]:
    """Whether any liquidation of the coin can be seen; before the first connect neither."""
    view, blind = moment.view, moment.view.cascade.blind
    if not any(venue.coverage > 0 for total in view.totals for venue in total.venues):
        return [Observed(view.coin, reason="no liquidation feed has connected yet")]
    state = "blind" if blind else "seen"
    return [Observed(view.coin, state=state, source=blind or "liquidation feeds", at_ms=moment.now_ms)]


def feeds(moment: Moment) -> Iterable[Observed]:
    """Every stream's state; one that never connected has none yet."""
    for feed in moment.view.feeds:
        where = f"{feed.venue} {feed.market}"
        if feed.state == "off":
            yield Observed(feed.stream or where, reason=feed.evidence, venue=feed.venue)
        else:
            yield Observed(
                feed.stream or where, state=feed.state, source=feed.evidence, at_ms=moment.now_ms, venue=feed.venue
            )
