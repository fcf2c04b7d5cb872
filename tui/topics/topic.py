"""What stands behind a number of the screen: what it is, how it is made, and where this one comes from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scoring.view import MarketView
from tui.controls import Controls

Fact = tuple[str, str]
"""What is told of one number at this moment, as name and text: ("source", "BIN BYB"), ("age", "3s")."""

Facts = Callable[[MarketView, Controls, str], Sequence[Fact]]
"""The facts of one number in a view; the text is which one of its kind (`of` in `about`)."""


def no_facts(view: MarketView, controls: Controls, of: str) -> Sequence[Fact]:
    """Nothing is known beyond what the topic says."""
    return ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A kind of number. `meaning`: what it is, `use`: what a trader does with it, each a sentence.

    `formula`: how it is made, "" where it is shown as the exchange sends it. `facts`: source, age, completeness now.
    """

    name: str
    title: str
    meaning: str
    use: str
    formula: str = ""
    facts: Facts = no_facts
