"""The numbers of the journal."""

from collections.abc import Sequence

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import clean
from tui.topics.facts import fact, program_facts
from tui.topics.topic import Fact, Topic


def _price_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Of a result: which prices it is graded by."""
    return (
        fact("source", "the coin's price as it was watched, else closes of candles", controls),
        fact("complete", "a price up to 60 s late counts; else the result stays unknown", controls),
    )


def _item_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Of an item's worth: `of` is the item and the horizon, "funding@4h"."""
    name, _, hours = of.partition("@")
    facts = (fact("kind", "counted, from your own entries alone", controls), *program_facts(view, controls))
    return (fact("item", "{item} after {time}", controls, item=clean(name), time=hours), *facts) if hours else facts


TOPICS: tuple[Topic, ...] = (
    Topic(
        "journal.count",
        "Entries",
        "How many checklists were kept, and how many lines of the file can't be read.",
        "Ten entries on either side of an item are the least that anything can be told from.",
        facts=program_facts,
    ),
    Topic(
        "journal.time",
        "When it was kept",
        "The moment of the checklist, in UTC.",
        "Entries of one coin that overlap share a price: only the first counts in the records.",
        facts=program_facts,
    ),
    Topic(
        "journal.verdict",
        "Verdict then",
        "What the checklist said at that moment for that direction, with its score.",
        "Whether you entered against it, and what came of that.",
        facts=program_facts,
    ),
    Topic(
        "journal.price",
        "Price then",
        "The coin's price when the entry was kept; ? where none was fresh, which can't be graded.",
        "Results are returns from this price.",
        facts=_price_facts,
    ),
    Topic(
        "journal.result",
        "Result",
        "The return in the entry's direction after that time: plus is a gain; or when it comes.",
        "Costs and funding are not in it. Enter shows how far the price went for and against it.",
        "long: price after / price then − 1; short: with the sign turned",
        _price_facts,
    ),
    Topic(
        "journal.note",
        "Note",
        "What you wrote when you kept it.",
        "Write why, not what: the checklist is kept anyway.",
        facts=program_facts,
    ),
    Topic(
        "journal.mean",
        "All entries",
        "How many entries came due at that horizon, their mean return, and how many were gains.",
        "Few entries tell little; those that overlap are left out.",
        "mean of the returns; entries of one coin and direction that overlap count once",
        _item_facts,
    ),
    Topic(
        "journal.item",
        "Worth of an item",
        "Entries in which the item passed / did not, and whether the first did better.",
        "Give an item more weight only where a difference is told; mostly there is none.",
        "mean return where it passed − where not, with an interval so wide that all items hold together with 95 %",
        _item_facts,
    ),
)
