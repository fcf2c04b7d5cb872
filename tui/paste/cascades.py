"""What liqtop's own snapshot tells of its cascades: read from its tables, and graded as it was."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast, get_args

from scoring.cascade_item import cascade_item
from scoring.view.cascades import CascadeState, CascadesView, Direction, Exhaustion, Extent, StateName
from tui.format import clean
from tui.paste import echo
from tui.paste.findings import Finding
from tui.paste.gathered import Gathered
from tui.paste.lexing import lex
from tui.paste.numbers import Style
from tui.paste.prose import Told
from tui.paste.spans import span_minutes
from tui.paste.tables import Understood

_MS_A_MINUTE = 60_000
_DIRECTIONS: dict[str, Direction] = {"down": "down", "up": "up"}
_AFTER: dict[str, Direction] = {"after the fall": "down", "after the rise": "up"}


def take_state(into: Gathered, direction: Direction, state: str, at_least: bool, age_ms: float, **told: str) -> bool:
    """Keep a direction's state, with its `why` and `rule`; False for a word that is none."""
    if state not in get_args(StateName):
        return False
    found = CascadeState(
        direction,
        cast(StateName, state),
        -max(0, round(age_ms)),
        clean(told.get("why", "")),
        "full" if told.get("rule") == "full" else "sampled",
        at_least,
    )
    known = into.cascades or CascadesView()
    into.cascades = replace(known, down=found) if direction == "down" else replace(known, up=found)
    return True


def take_exhaustion(into: Gathered, extent: str, of: Direction | None) -> bool:
    """Keep whether the leverage was gone, and after which way; False for a word that says nothing of it."""
    if extent not in get_args(Extent):
        return False
    badge = Exhaustion(cast(Extent, extent))
    into.cascades = replace(into.cascades or CascadesView(), exhaustion=badge, exhaustion_of=of)
    return True


def read_cascade(cells: Sequence[str], style: Style, into: Gathered) -> Told:
    """Read a row of one of liqtop's own tables: the states, and whether the leverage is gone; the others are kept."""
    first, second, third = [*(clean(cell.strip()) for cell in cells), "", "", ""][:3]
    name, _, more = second.partition(" ")
    reason = clean(cells[-1].strip()) if cells else ""
    direction = _DIRECTIONS.get(first)
    if first == "both" and name == "blind":
        into.blind = reason
        return Told([f"no liquidation could be seen: {reason}"])
    if direction is not None and len(cells) > 4:
        minutes = next((found for token in lex(third, style, True) if (found := span_minutes(token)) is not None), 0.0)
        told = {"why": "" if reason == "none" else reason, "rule": cells[3].strip()}
        if take_state(into, direction, name, more in ("≥", ">="), minutes * _MS_A_MINUTE, **told):
            return Told([f"cascade {direction}: {second}{f' for {echo.span(minutes)}' if minutes else ''}"])
    if first == "leverage gone" and take_exhaustion(into, name, _AFTER.get(third)):
        return Told([f"leverage gone: {second} {third}"])
    return Told([f"cascade, not graded: {clean(' '.join(cell for cell in cells if cell), 100)}"])


def cascade_finding(understood: Understood) -> Finding | None:
    """The states in a sentence each, and the checklist's item as liqtop grades it from them."""
    if understood.blind:
        item = cascade_item(understood.cascades, understood.blind, 0, 0.0)
        return Finding("cascade", (f"blind: {understood.blind}",), item=item)
    if understood.cascades is None:
        return None
    item = cascade_item(understood.cascades, None, 0, 0.0)
    states = (understood.cascades.down, understood.cascades.up)
    sentences = [f"{one.direction}: {one.title}{f', {one.why}' if one.why else ''}" for one in states]
    figures: dict[str, float | str | None] = {one.direction: one.state for one in states}
    return Finding("cascade", tuple(sentences), figures, item)
