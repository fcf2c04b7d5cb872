"""The numbers of the seek bar."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import clean, clock, percent, span, usd
from tui.topics.facts import fact, not_known, told
from tui.topics.topic import Fact, Topic

_TAPE = "the tape's own times of receipt"


def _position(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    tape = controls.tape
    if tape is None:
        return not_known(controls)
    length = max(tape.end_ms - tape.start_ms, 1)
    return (
        fact("source", _TAPE, controls),
        told("time", clock(tape.at_ms, controls.local_time), controls),
        told("share", percent((tape.at_ms - tape.start_ms) / length, 0, signed=False), controls),
    )


def _busy(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    tape = controls.tape
    if tape is None or not tape.busy:
        return not_known(controls)
    known = [one for one in tape.busy if one is not None]
    return (
        fact("source", "all liquidations on the tape of the watched coins", controls),
        told("sum", usd(sum(known)), controls),
        fact("sampled", "a lower bound where an exchange sends only a part of its liquidations", controls),
        *_scanned(view, controls, of),
    )


def _mark(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    tape = controls.tape
    marks = [words for at_ms, words in tape.marks if str(at_ms) == of] if tape is not None else []
    if not marks:
        return not_known(controls)
    at = clock(int(of), controls.local_time)
    return (told("time", at, controls), *(told("cascade", clean(words), controls) for words in marks))


def _scanned(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    tape = controls.tape
    if tape is None or tape.scan in ("none", "failed"):
        return (fact("complete", "nothing is scanned", controls),)
    share = percent(tape.scanned, 0, signed=False)
    resting = [fact("saving", "it rests, to leave the machine alone; ) lets it go on", controls)]
    return (
        fact("complete", "{share} of the tape is scanned", controls, share=share),
        *resting * (tape.scan == "resting"),
    )


def _played(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    tape = controls.tape
    if tape is None:
        return not_known(controls)
    return (
        told("time", clock(tape.since_ms, controls.local_time), controls),
        told("seen", span(max(tape.at_ms - tape.since_ms, 0) // 60_000), controls),
    )


TOPICS: tuple[Topic, ...] = (
    Topic(
        "seek.position",
        "Position",
        "Where on the tape the replay is.",
        "Click the bar to go elsewhere; { and } go a minute, ( and ) to the cascade before and after.",
        "time of the tape / its length",
        _position,
    ),
    Topic(
        "seek.busy",
        "Liquidations on the tape",
        "How much of the watched coins was liquidated in this part of the tape; a dot is none, a slash not recorded.",
        "See where the tape is worth watching before you play it.",
        "square root of the part's USD / that of the busiest part",
        _busy,
    ),
    Topic(
        "seek.mark",
        "Cascade on the tape",
        "A cascade of longs (down) or shorts (up) was told here, by the same rules as in the cascade pane.",
        "Go to just before it with ( and ) and watch what came before; the coin's own stand out.",
        "the time at which its state became igniting",
        _mark,
    ),
    Topic(
        "seek.scanned",
        "Scanned",
        "How much of the tape was looked through ahead of the play; what is not is unknown, not empty.",
        "Press ) to have a scan that rests look further.",
        "time looked through / length of the tape",
        _scanned,
    ),
    Topic(
        "seek.speed",
        "Speed",
        "How many times faster than recorded the tape plays.",
        "< and > change it; n plays one record.",
    ),
    Topic(
        "seek.lead",
        "Seeking",
        "How much is played of what comes before the moment you go to; the panes still show the moment you left.",
        "Wait for it: sums over a window need what came before.",
        "records played / records of the day before, at most 250,000",
    ),
    Topic(
        "seek.played",
        "Played of the window",
        "How much of the chosen window the tape was played for without a break before this moment.",
        "Sums over the window are lower bounds until all of it was played.",
        "time now - time from which it was played",
        _played,
    ),
)
