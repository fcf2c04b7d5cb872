"""The numbers of the feeds."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.topics.facts import feed_facts, not_known, program_facts, told
from tui.topics.topic import Fact, Topic


def _left_out(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Why the last one of this kind was left out."""
    counted = program_facts(view, controls)
    reason = view.counts.reasons.get(of, "")
    return (*counted, told("because", reason, controls)) if reason.strip() else counted


def _store(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """What went wrong with the program's files."""
    if not view.store:
        return not_known(controls)
    return (*program_facts(view, controls), *(told("doubt", note, controls) for note in view.notes if note.strip()))


TOPICS: tuple[Topic, ...] = (
    Topic(
        "feeds.state",
        "State of a stream",
        "Live, quiet (nothing was due), suspect (silent or doubted), dead (no connection), blocked (refused), or off.",
        "What a stream that isn't live would tell is missing from every sum. The evidence says what it is judged by.",
        "the age of the last message against the stream's usual pace and its keep-alives",
        feed_facts,
    ),
    Topic(
        "feeds.doubt",
        "Doubt of the data",
        "What in the stream's data can't be true, with what was expected and what was found.",
        "The doubtful part is left out of sums until it is right again.",
        facts=feed_facts,
    ),
    Topic(
        "feeds.rate",
        "Events a second",
        "How many events the stream brought a second lately.",
        "A stream that is far slower than usual may be half open; liquidations alone may be quiet for hours.",
        "decoded events / seconds, averaged over a minute",
        feed_facts,
    ),
    Topic(
        "feeds.last",
        "Age of the last message",
        "How long ago the stream's last message came; dimmed as it grows.",
        "Trades silent for half a minute are suspect; liquidations are not.",
        facts=feed_facts,
    ),
    Topic(
        "feeds.lag",
        "Lag of a stream",
        "How long its messages are on their way lately, in milliseconds.",
        "Lag on one exchange is its own trouble; lag on all of them is your line or your clock.",
        "median of: time of arrival - the exchange's own time stamp",
        feed_facts,
    ),
    Topic(
        "feeds.bytes",
        "Bytes a second",
        "How much the stream takes of your line.",
        "On a metered line switch off the exchanges that take most.",
        "bytes that came / their time",
        feed_facts,
    ),
    Topic(
        "feeds.again",
        "Reconnects",
        "How often the connection was made anew since the start.",
        "One a day is usual, many in an hour are a bad line or an exchange that refuses.",
        facts=feed_facts,
    ),
    Topic(
        "feeds.missed",
        "Missed time",
        "For how long altogether the stream was down since the start.",
        "Windows that reach into that time are lower bounds.",
        facts=feed_facts,
    ),
    Topic(
        "feeds.errors",
        "Messages that can't be read",
        "How many messages of the stream could not be decoded; they are counted, kept aside, and never guessed.",
        "A few are usual after a change at the exchange; a rising count says that the decoder is out of date.",
        facts=feed_facts,
    ),
    Topic(
        "feeds.retry",
        "Next attempt",
        "When the connection is tried again; 0s: now.",
        "After a refusal the wait is as long as the exchange asks for.",
        facts=feed_facts,
    ),
    Topic(
        "feeds.left_out",
        "Left out, by kind",
        "How many messages of a kind were not counted, and why the last of them was not.",
        "Late and duplicate ones come after reconnects; impossible ones are the exchange's mistakes.",
        facts=_left_out,
    ),
    Topic(
        "feeds.merged",
        "Merged trades",
        "Trades that were added up with others because more came than this computer could fold one by one.",
        "Sums and CVD stay right; large trades may be counted as larger ones.",
        facts=program_facts,
    ),
    Topic(
        "feeds.dropped",
        "Dropped trades",
        "Trades for which there was no room: CVD and large trades are without them. Liquidations are never dropped.",
        "Watch fewer coins or exchanges on this computer.",
        facts=program_facts,
    ),
    Topic(
        "feeds.not_watched",
        "Of coins not watched",
        "Events of coins that nobody asked for: exchanges that send all liquidations in one stream bring them.",
        "Nothing is wrong: they are no part of any table.",
        facts=program_facts,
    ),
    Topic(
        "feeds.store",
        "Store",
        "What is kept on disk, so that the ladder is warm after a restart.",
        "If it can't write, what is on the screen is right, and a restart would begin with a gap.",
        facts=_store,
    ),
)
