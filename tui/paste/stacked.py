"""Tables copied with one cell on each line, as browsers often do: the header's cells first, then row after row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tui.paste.columns import Columns, columns_of
from tui.paste.draft import label_of
from tui.paste.labels import venue_named
from tui.paste.layout import NOTHING, Row
from tui.paste.lexing import NUMERIC, lex
from tui.paste.numbers import Style
from tui.paste.prose import Context

_LONGEST = 40
"""A longer line is no cell of such a table. Judgement."""


@dataclass(frozen=True, slots=True)
class Stack:
    """A run of lines that is one table. `titles`: lines before the header; `left`: lines behind the last whole row."""

    titles: tuple[Row, ...]
    header: tuple[Row, ...]
    columns: Columns
    rows: tuple[tuple[Row, ...], ...]
    left: tuple[Row, ...]


def runs(rows: Sequence[Row], style: Style) -> Iterator[list[Row]]:
    """Maximal runs of single cells; blank lines between them don't end a run."""
    run: list[Row] = []
    for row in rows:
        if row.shape == "line" and kind_of(row, style):
            run.append(row)
        elif row.shape != "blank":
            yield run
            run = []
    yield run


def kind_of(row: Row, style: Style) -> str:
    """Whether a line is one cell: a "label", a "venue", a "value" or "nothing"; "" where it is more than that."""
    text = row.text.strip()
    if text in NOTHING:
        return "nothing"
    if len(text) > _LONGEST:
        return ""
    tokens = lex(text, style, True)
    numbers = [token for token in tokens if token.kind in NUMERIC]
    if not numbers:
        if venue_named(text):
            return "venue"
        label = label_of(tokens)
        return "label" if label.known and label.words <= 1 else ""
    return "value" if len(numbers) == 1 and all(token.kind in (*NUMERIC, "mark") for token in tokens) else ""


def stack_of(run: Sequence[Row], context: Context, style: Style) -> Stack | None:
    """The table that a run of single cells is; None where its rows don't fit any header it has."""
    kinds = [kind_of(row, style) for row in run]
    first = next((place for place, kind in enumerate(kinds) if kind != "label"), len(kinds))
    body, body_kinds = run[first:], kinds[first:]
    if not first or len(body) < 2:
        return None
    for titles in range(first):
        for named in (False, True):
            header = run[titles:first]
            cells = (*(["Exchange"] if named else []), *(row.text.strip() for row in header))
            if len(cells) < 2 or (named and kinds[first] != "venue"):
                continue
            above = _above(run[:titles], context, style)
            columns = columns_of(cells, above, style)
            if columns is None or not (count := _fitting(columns, body_kinds)):
                continue
            width = len(cells)
            rows = tuple(tuple(body[start : start + width]) for start in range(0, count * width, width))
            return Stack(tuple(run[:titles]), tuple(header), columns, rows, tuple(body[count * width :]))
    return None


def _above(titles: Sequence[Row], context: Context, style: Style) -> Context:
    for row in titles:
        label = label_of(lex(row.text, style))
        if label.section:
            context = Context(label.section, label.basis or context.basis, label.minutes, label.market)
    return context


def _fitting(columns: Columns, kinds: Sequence[str]) -> int:
    """How many whole rows fit: an exchange where one belongs, values elsewhere."""
    width, count = len(columns.labels), 0
    while (row := kinds[count * width : (count + 1) * width]) and len(row) == width:
        for kind, label in zip(row, columns.labels, strict=True):
            wanted = ("venue",) if label.role == "venue" else ("value", "nothing")
            if kind not in wanted:
                return count if count > 1 else 0
        count += 1
    return count
