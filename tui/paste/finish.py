"""A draft that is complete becomes typed rows and a sentence about them, or a reason why it does not."""

from collections.abc import Callable

from tui.paste.draft import LIQUIDATIONS, Draft
from tui.paste.gathered import Gathered
from tui.paste.liquidations import liquidations
from tui.paste.reports import crowd, depth, flow, funding, interest, market, options


def finish(draft: Draft, into: Gathered) -> str:
    """Add the draft's rows; the sentence says what was understood, "" where nothing was: the draft has the problems."""
    if not draft.filled:
        return ""
    said = _FINISHERS.get(draft.section, liquidations)(draft, into)
    if said:
        for note in draft.notes:
            into.assume(note)
    return said


_FINISHERS: dict[str, Callable[[Draft, Gathered], str]] = {
    "interest": interest,
    "funding": funding,
    "crowd": crowd,
    "flow": flow,
    "depth": depth,
    "options": options,
    "market": market,
    **dict.fromkeys(LIQUIDATIONS, liquidations),
}
