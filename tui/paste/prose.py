"""A line as words and numbers, without columns: it is cut into parts, and the parts of one thing are put together."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tui.paste.draft import LIQUIDATIONS, Draft, Label, label_of
from tui.paste.finish import finish
from tui.paste.gathered import Gathered
from tui.paste.lexing import NUMERIC, Token
from tui.paste.parts import SIDES, order_of, parts, pieces, quoted, unbracketed
from tui.paste.taking import take

MOST_WORDS = 3
"""A part of a line with more unknown words around its numbers is a sentence, not a row of a table. Judgement."""


@dataclass(frozen=True, slots=True)
class Context:
    """What stands above a line: the title's table, its basis and window, and the venue where a block is of one."""

    section: str = ""
    basis: str = ""
    minutes: float | None = None
    market: str = ""
    venue: str = ""
    points: bool = False


@dataclass(slots=True)
class Told:
    """What a line came to: sentences about what was understood, and the problems."""

    said: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def close(self, draft: Draft, into: Gathered) -> None:
        """Finish a draft and keep what it came to."""
        if sentence := finish(draft, into):
            self.said.append(sentence)
        elif draft.filled and not draft.problems:
            raws = ", ".join(number.raw for number in draft.values.values())
            draft.problems.append(f"{raws or 'a trend'}: nothing tells what it is of")
        self.problems += draft.problems


def read_line(tokens: Sequence[Token], line: int, context: Context, into: Gathered) -> Told:
    """Read one line's tokens into rows."""
    tokens, order, roles = order_of(tokens)
    told = Told()
    for row in quoted(tokens):
        _read(unbracketed(row), line, context, into, order, roles, told)
    return told


def _read(
    tokens: Sequence[Token],
    line: int,
    context: Context,
    into: Gathered,
    order: tuple[float, ...],
    roles: tuple[str, ...],
    told: Told,
) -> None:
    draft = _draft(line, context, order, roles)
    pending = Label()
    for part in parts(tokens):
        label, numbers = label_of(part), [token for token in part if token.kind in NUMERIC]
        if not numbers and not label.trend:
            pending = label.over(pending)
            continue
        if label.words > MOST_WORDS:
            told.problems += [f"{token.text.strip()}: in a sentence, not beside a label" for token in numbers]
            continue
        label = label.over(pending)
        if _is_other(draft, label, part):
            told.close(draft, into)
            draft = _next(draft, label, context, pending)
        _enter(draft, label, pending)
        _put(draft, label, part)
        pending = Label(minutes=pending.minutes) if not _complete(draft, part) else Label()
        if _complete(draft, part):
            told.close(draft, into)
            draft = _draft(line, context, order, roles)
    _trail(draft, pending)
    told.close(draft, into)


def _trail(draft: Draft, pending: Label) -> None:
    """Give the last entity a span that stands alone at the line's end: `0.01% / 8h`."""
    if pending.minutes is None:
        return
    if draft.section == "funding":
        draft.interval = pending.minutes / 60
    elif draft.minutes is None:
        draft.minutes = pending.minutes


def _draft(line: int, context: Context, order: tuple[float, ...], roles: tuple[str, ...]) -> Draft:
    return Draft(
        line, context.section, context.venue, context.market, context.minutes, context.basis, order=order, roles=roles
    )


def _next(draft: Draft, label: Label, context: Context, pending: Label) -> Draft:
    """The draft of the next entity of a line: the table goes on unless another is named."""
    new = _draft(draft.line, context, draft.order, draft.roles)
    new.section = draft.section
    if not label.venue and label.section and label.section != draft.section:
        new.venue = context.venue
    elif not label.venue:
        new.venue = draft.venue
    if new.section == "market" and not label.section and label.role != "price":
        new.section = context.section
    new.minutes = pending.minutes
    return new


def _enter(draft: Draft, label: Label, pending: Label) -> None:
    """Give a draft what a part's label says of the whole entity."""
    if label.section:
        draft.section = label.section
    elif label.role == "price" and draft.section not in LIQUIDATIONS:
        draft.section = "market"
    elif label.role in SIDES and draft.section not in (*LIQUIDATIONS, "crowd"):
        draft.section = ""
    draft.venue = label.venue or draft.venue
    draft.market = label.market or draft.market
    draft.basis = label.basis or draft.basis
    draft.place = label.place or draft.place
    draft.trend = label.trend or draft.trend
    if label.minutes is not None and (draft.section in ("flow", *LIQUIDATIONS) or pending.minutes is not None):
        draft.minutes = label.minutes
    if draft.section == "funding" and label.minutes is not None:
        draft.interval = label.minutes / 60


def _is_other(draft: Draft, label: Label, part: Sequence[Token]) -> bool:
    """Whether a part speaks of another entity than the draft."""
    if not draft.filled and not draft.problems:
        return False
    if label.section and label.section != draft.section:
        return not ({label.section, draft.section} <= set(LIQUIDATIONS))
    if label.venue and draft.venue and label.venue != draft.venue:
        return True
    if label.market and draft.market and label.market != draft.market and draft.section == "flow":
        return True
    if label.role == "price":
        return draft.section not in LIQUIDATIONS or draft.has_sides
    if label.role in SIDES and draft.section == "market":
        return True
    return any(token.kind == "range" for token in part) and draft.has_sides and "price" in draft.values


def _complete(draft: Draft, part: Sequence[Token]) -> bool:
    """Whether a part told a side's amount and where it is, so that it is a row by itself."""
    sided = draft.has_sides and any(token.says("role") in SIDES for token in part)
    return sided and (("high" in draft.values and "price" in draft.values) or bool(draft.place))


def _put(draft: Draft, label: Label, part: Sequence[Token]) -> None:
    """Put a part's numbers into the draft, each under the words nearest to it."""
    sides = any(token.says("role") in SIDES for token in part)
    amounts = [token for token in part if token.kind in NUMERIC]
    if sides and len(amounts) > 1:
        bands = [token for token in amounts if token.kind == "range" and not token.numbers[0].percent]
        for token in bands:
            take(draft, replace(label, role="band"), token)
        part = [token for token in part if token not in bands]
    for piece in pieces(part):
        own = label_of(piece)
        named = replace(own, section=own.section or label.section, unit=own.unit or label.unit)
        numbers = [token for token in piece if token.kind in NUMERIC]
        if len(amounts) == 1:
            named = own.over(label)
        elif piece == list(part):
            named = named.over(replace(label, role=label.role if label.role not in SIDES else ""))
        if draft.section == "funding":
            named = replace(named, minutes=None)
        for token in numbers:
            take(draft, named, token)
