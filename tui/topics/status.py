"""The numbers of the status bar, and what is told of exchanges in trouble."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import byte_rate, clean
from tui.topics.facts import fact, feed_facts, program_facts, told
from tui.topics.topic import Fact, Topic


def _left_out(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Each kind with its count and the last reason."""
    counts = view.counts
    kinds = sorted(counts.left_out.items(), key=lambda pair: (-pair[1], pair[0]))
    said = [(f"{kind}: {number}", counts.reasons.get(kind, "")) for kind, number in kinds if number]
    return tuple(told("kind", f"{kind}, {reason}" if reason else kind, controls) for kind, reason in said)


def _sent(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """The budget, and what is saved for it."""
    if controls.bandwidth is None:
        return (*program_facts(view, controls), fact("budget", "none: --bandwidth or the config sets one", controls))
    budget = fact("budget", "{budget}", controls, budget=byte_rate(controls.bandwidth))
    saved = fact("saving", "{level} of 3", controls, level=controls.thrift)
    return (*program_facts(view, controls), budget, saved)


def _trouble(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """What the program knows of the exchange, its streams or its answers."""
    state = next((one for one in view.venues if one.venue == of and one.trouble), None)
    facts = tuple(feed_facts(view, controls, of))
    return (*facts, told("trouble", clean(state.trouble), controls)) if state else facts


TOPICS: tuple[Topic, ...] = (
    Topic(
        "status.notice",
        "Message",
        "What the last key did, or why it could not.",
        "It gives way to the keys after a moment.",
        "",
        program_facts,
    ),
    Topic(
        "status.note",
        "Note",
        "What is wrong with the files that the program keeps.",
        "What is on the screen is right; what a restart would show may be missing.",
        "",
        program_facts,
    ),
    Topic(
        "status.trouble",
        "Trouble with a feed",
        "Which exchange brings no data or doubtful data, since when, and when it is tried again.",
        "Its part of every sum is missing meanwhile: read all sums as lower bounds. Key f shows everything.",
        "",
        _trouble,
    ),
    Topic(
        "status.missing",
        "Missing exchange",
        "An exchange that tells this kind of data but is not in the table, and why.",
        "The table and its sums are without it: not zero, unknown.",
        "",
        _trouble,
    ),
    Topic(
        "status.alerts",
        "New alerts",
        "How many of your alert rules fired since you last looked at the alerts.",
        "Key a shows what fired, when, and at which value.",
        "",
        program_facts,
    ),
    Topic(
        "status.left_out",
        "Left out",
        "Messages that were not counted: too late, from the future, impossible, or seen twice.",
        "A few are usual; many from one exchange mean that its sums can't be trusted. Key f names them.",
        "",
        _left_out,
    ),
    Topic(
        "status.merged",
        "Merged trades",
        "Trades that were added up with others because more came than this computer could fold one by one.",
        "Sums and CVD stay right; large trades may be counted as larger ones.",
        "",
        program_facts,
    ),
    Topic(
        "status.dropped",
        "Dropped trades",
        "Trades for which there was no room: CVD and large trades are without them. Liquidations are never dropped.",
        "Watch fewer coins or exchanges on this computer.",
        "",
        program_facts,
    ),
    Topic(
        "status.bytes",
        "Sent to the terminal",
        "How many bytes a second the screen takes, before any compression of the line.",
        "On a thin line set a budget with --bandwidth 4k: the screen then saves until it keeps to it.",
        "bytes written in the last seconds / their time",
        _sent,
    ),
    Topic(
        "status.thrift",
        "Thin line",
        "The budget of bytes leaves no room for everything: ages and the tape move in larger steps, colours are fewer.",
        "Prices, sums and states stay as fresh as ever; a larger budget brings the rest back.",
        "",
        _sent,
    ),
)
