"""A table with a header: what each column holds, and a row of cells read by that."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tui.format import clean
from tui.paste.draft import LIQUIDATIONS, Draft, Label, label_of
from tui.paste.gathered import Gathered
from tui.paste.labels import venue_named
from tui.paste.layout import NONE_SEEN, NOTHING
from tui.paste.lexing import NUMERIC, Token, lex
from tui.paste.numbers import Number, Style
from tui.paste.prose import Context, Told
from tui.paste.taking import take

DATA = (*LIQUIDATIONS, "interest", "funding", "crowd", "flow", "depth", "options")
"""Sections whose rows hold numbers that a verdict can use."""
_KEYS = ("venue", "price", "band", "window", "rank")


@dataclass(frozen=True, slots=True)
class Columns:
    """The labels of a header. `section`: the table's; a column may belong to another. `venues`: they are exchanges."""

    labels: tuple[Label, ...]
    names: tuple[str, ...]
    section: str

    @property
    def venues(self) -> bool:
        """Whether the header names exchanges, so that each row is one thing of all of them."""
        return sum(bool(label.venue) and label.venue != "all" for label in self.labels) > 1


def columns_of(cells: Sequence[str], context: Context, style: Style) -> Columns | None:
    """The columns that a row of cells names; None where it is no header: one has neither numbers nor unknowns."""
    tokens = [[_as_span(token) for token in lex(cell, style, True)] for cell in cells]
    if len(cells) < 2 or "?" in cells or any(token.kind in NUMERIC for cell in tokens for token in cell):
        return None
    labels = [_own(label_of(cell), context) for cell in tokens]
    known = [label for label in labels if label.role or label.section or label.minutes or label.market or label.venue]
    filled = [cell for cell in cells if cell not in NOTHING]
    named = sum(bool(label.venue) for label in labels)
    if len(known) < 2 and not (len(known) == 1 and len(filled) == 2 and not named):
        return None
    if named and (named < 2 or any(label.role for label in labels[1:])):
        return None
    if not named and 2 * len(known) < len(filled):
        return None
    section = _section(labels, context)
    if section != "flow":
        labels = [replace(label, role="change") if _bare_span(label) else label for label in labels]
    left = ""
    for place, label in enumerate(labels):
        if label.section:
            left = label.section
        elif label.role == "change" and left:
            labels[place] = replace(label, section=left)
    return Columns(tuple(labels), tuple(cells), section)


def _as_span(token: Token) -> Token:
    """In a header a number with a small m is a window: 15m."""
    minutes = _minutes(token)
    return token if minutes is None else replace(token, kind="span", minutes=minutes, numbers=())


def _own(label: Label, context: Context) -> Label:
    """A header's word "market" names a column, not a table; so does "open interest" among options."""
    if label.section == "interest" and context.section == "options":
        return replace(label, section="", role="oi")
    return replace(label, section="", role=label.role or "market") if label.section == "market" else label


def _bare_span(label: Label) -> bool:
    return label.minutes is not None and not (label.role or label.section or label.market)


def _section(labels: Sequence[Label], context: Context) -> str:
    roles = {label.role for label in labels}
    sections = [label.section for label in labels if label.section]
    prices = bool(roles & {"price", "band"})
    if prices and {"long", "short"} <= roles and context.section not in ("clusters", "checklist"):
        return "ladder"
    if context.section and context.section not in ("liquidations", "market"):
        return context.section
    if sections:
        return sections[0]
    if {"window", "long"} <= roles:
        return "totals"
    if "yearly" in roles or {"rate", "interval"} <= roles:
        return "funding"
    if {"bid", "ask"} & roles:
        return "depth"
    return context.section


def read_row(cells: Sequence[str], columns: Columns, line: int, context: Context, style: Style, into: Gathered) -> Told:
    """Read a row of as many cells as there are columns."""
    told = Told()
    if _is_swept(cells, columns):
        return Told([f"{columns.section}: swept, nothing is left there"])
    drafts: dict[str, Draft] = {}
    base = Draft(line, columns.section, context.venue, context.market, context.minutes, context.basis)
    base.points = context.points
    row = label_of(token for token in lex(cells[0], style, True) if token.kind not in NUMERIC)
    for cell, label in zip(cells, columns.labels, strict=True):
        _describe(base, cell, label, style)
    for place, (cell, label) in enumerate(zip(cells, columns.labels, strict=True)):
        if columns.venues and place:
            label = row.over(label)
        if cell in NOTHING:
            _nothing(base, drafts, columns, cell, label)
            continue
        tokens = lex(cell, style, True)
        merged = label_of(token for token in tokens if token.kind not in NUMERIC).over(label)
        merged = replace(merged, role=label.role or merged.role)
        if label.role in ("venue", "window", "seen", "age", "side", "market", "next", "interval", "text", "who"):
            continue
        draft = _draft(drafts, base, merged, columns, label.venue if columns.venues else "")
        for token in tokens:
            if token.kind in NUMERIC:
                take(draft, merged, token)
    if base.venue == "median":
        return Told([f"{columns.section}: the page's own {clean(cells[0], 24)}, not counted"])
    for draft in drafts.values():
        told.close(draft, into)
    if not told.said and not told.problems and (base.venue or "?" in cells):
        told.said.append(f"{columns.section} {base.venue}".rstrip() + ": not known")
    return told


def _is_swept(cells: Sequence[str], columns: Columns) -> bool:
    """Whether it is liqtop's row of an estimate that the price went through, so that neither side holds anything."""
    sides = [cell for cell, label in zip(cells, columns.labels, strict=True) if label.role in ("long", "short")]
    return any(cell.startswith("swept ") for cell in cells) and all(cell in NOTHING for cell in sides)


def _draft(drafts: dict[str, Draft], base: Draft, label: Label, columns: Columns, venue: str) -> Draft:
    """The row's draft of the table that a cell belongs to; spot and futures in one row are two entities."""
    section = label.section or columns.section
    if section in LIQUIDATIONS and base.section in LIQUIDATIONS:
        section = base.section
    market = label.market if section == "flow" else ""
    key = f"{section} {market} {venue} {label.minutes if section == 'flow' else ''}"
    if key not in drafts:
        new = replace(base, section=section, values={}, bare=[], doubted=set(), problems=[], notes=[])
        new.market = market or base.market
        new.venue = venue or base.venue
        if section in ("flow", *LIQUIDATIONS) and label.minutes is not None:
            new.minutes = label.minutes
        drafts[key] = new
    return drafts[key]


def _describe(base: Draft, cell: str, label: Label, style: Style) -> None:
    """What a cell says of its whole row: exchange, window, how much of it was seen, interval, market, staleness."""
    tokens = lex(cell, style, True)
    said = label_of(tokens)
    minutes = next((found for token in tokens if (found := _minutes(token)) is not None), None)
    if label.role == "venue" and cell not in NOTHING:
        base.venue = venue_named(cell) or said.venue or clean(cell, 24).strip().lower()
    elif label.role == "window":
        base.minutes = minutes if minutes is not None else base.minutes
    elif label.role == "interval" and minutes is not None:
        base.interval = minutes / 60
    elif label.role == "who":
        base.heads = next((token.says("heads") for token in tokens if token.says("heads")), "")
    elif label.role == "market":
        base.market = said.market or base.market
    elif label.role == "side":
        base.place = said.place or base.place
    elif label.role == "seen":
        base.seen = minutes
        base.unwatched = cell == "none"
    elif label.role == "age":
        base.stale = base.stale or "stale" in cell


def _minutes(token: Token) -> float | None:
    """The span that a token tells; in a column of times a small m means minutes."""
    if token.kind == "span":
        return token.minutes
    if token.kind == "number" and token.numbers[0].minutes:
        return token.numbers[0].value / 1e6
    return None


def _nothing(base: Draft, drafts: dict[str, Draft], columns: Columns, cell: str, label: Label) -> None:
    """An empty cell tells nothing, except liqtop's sign for a feed that was watched while nothing came: none."""
    if label.role in ("long", "short") and (label.section or columns.section) in LIQUIDATIONS:
        draft = _draft(drafts, base, label, columns, "")
        if cell in NONE_SEEN:
            draft.put(label.role, Number(0.0, cell))
        elif cell == "?":
            draft.unwatched = True
    elif (label.section or columns.section) == "flow" and cell in NONE_SEEN and label.role in ("", "change"):
        _draft(drafts, base, label, columns, "").put("flow", Number(0.0, cell))


def single_spaced(tokens: Sequence[Token], count: int) -> tuple[str, ...] | None:
    """The cells of a line whose columns one space parts: a name and then numbers, if they are as many as columns."""
    first = next((place for place, token in enumerate(tokens) if token.kind in NUMERIC), len(tokens))
    cells = [" ".join(token.text for token in tokens[:first])] if first else []
    cells += [token.text for token in tokens[first:]]
    whole = all(token.kind in NUMERIC for token in tokens[first:])
    return tuple(re.sub(r"\s+", " ", cell) for cell in cells) if whole and len(cells) == count else None
