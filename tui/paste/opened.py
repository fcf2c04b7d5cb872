"""The table that is open while lines go by: its title and note, its header, and how the lines below it are lined up."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tui.paste.columns import Columns, columns_of, single_spaced
from tui.paste.draft import Label, label_of
from tui.paste.kept import KEPT
from tui.paste.layout import Row, aligned
from tui.paste.lexing import NUMERIC, Token, lex
from tui.paste.numbers import Style
from tui.paste.prose import Context

_MOST_TITLE_WORDS = 3
_MOST_ALIGNED = 200
"""So many lines below a header are lined up by it. Judgement: no pasted table is longer."""
_KEYS = ("venue", "price", "band", "window")
_OF_A_MAP = re.compile(r"(?:estimated|modelled), lens \w+, preset \w+")
"""How the note of liqtop's own estimated map begins; what follows is about its confidence and start."""
_POINTS = ("percentage points", "п.п.", "百分点")


class OpenTable:
    """What the lines above say of the next one. Each method that answers a sentence has taken the line as its own."""

    def __init__(self, style: Style) -> None:
        self._style = style
        self._aligned: dict[int, tuple[str, ...] | None] = {}
        self.context = Context()
        self.columns: Columns | None = None

    @property
    def kept(self) -> bool:
        """Whether it is a table whose rows are kept for what they say."""
        return self.context.section in KEPT

    def close(self) -> None:
        """Nothing is open any more."""
        self._open(Label(), "")

    def lines_up(self, context: Context) -> None:
        """Another kind of table has been read; its columns are gone."""
        self.columns = None
        self.context = context

    def titled(self, row: Row) -> str:
        """What a line says as a title, perhaps with a note behind it, "" where it is none."""
        if not row.cells or len(row.cells) > 2 or row.shape in ("bars", "dashes"):
            return ""
        tokens = lex(row.cells[0], self._style)
        label = label_of(tokens)
        if not label.section or any(token.kind in NUMERIC for token in tokens) or label.words > _MOST_TITLE_WORDS:
            return ""
        if row.shape == "line" and tokens[0].says("role") in _KEYS and _single_header(tokens):
            return ""
        note = row.cells[1] if len(row.cells) > 1 else ""
        if note and not self._is_note(note, label.section):
            return ""
        if label.trend or (label.role in ("long", "short") and label.section not in KEPT):
            return ""
        self._open(label, note)
        return f"the title of a table: {self._named}"

    def noted(self, row: Row) -> str:
        """What a line says as a note beneath a title: whether the table was measured, its window and unit."""
        if row.shape != "line" or self.columns is not None or not self.context.section:
            return ""
        label = label_of(lex(_telling(row.text), self._style))
        if label.section and label.section != self.context.section:
            return ""
        measured = bool(label.basis) or label.role == "seen"
        if not (measured or label.words) or not self._is_note(row.text, self.context.section):
            return ""
        self.context = replace(
            self.context,
            basis=label.basis or self.context.basis,
            minutes=label.minutes if measured else self.context.minutes,
            points=self.context.points or _in_points(row.text),
        )
        return f"a note: {self._named}"

    def headed(self, row: Row, below: Sequence[Row]) -> str:
        """What a line says as a header, "" where it is none; the lines of its table are lined up by it."""
        if self.columns is not None and self.kept:
            return ""
        cells = _single_header(lex(row.text, self._style)) if row.shape == "line" else row.cells
        columns = columns_of(cells, self.context, self._style)
        if columns is None:
            return ""
        self.columns = columns
        if columns.section not in KEPT:
            self.context = replace(self.context, section=columns.section)
        if row.shape == "columns":
            self._align(row, below)
        unused = [name for name, label in zip(columns.names, columns.labels, strict=True) if not label.known and name]
        more = f"; not known: {', '.join(unused)}" if unused else ""
        return f"the header of a table{f': {columns.section}' if columns.section else ''}{more}"

    def cells(self, row: Row) -> tuple[str, ...]:
        """A row's cells, as many as the table has columns where they fit, else as they are."""
        if self.columns is None:
            return row.cells
        count = len(self.columns.labels)
        if row.shape in ("columns", "line") and self._aligned.get(row.number):
            return self._aligned[row.number] or row.cells
        if row.shape in ("tabs", "bars") and len(row.cells) < count and len(row.cells) > 1:
            return (*row.cells, *([""] * (count - len(row.cells))))
        if row.shape == "line":
            return single_spaced(lex(row.text, self._style), count) or row.cells
        return row.cells

    def fitting(self, cells: Sequence[str]) -> Columns | None:
        """The columns for a row of so many cells; a header that leaves out the exchange's name gets it."""
        columns = self.columns
        if columns is None or len(cells) == len(columns.labels):
            return columns
        if len(cells) == len(columns.labels) + 1 and columns.labels[0].role != "venue":
            named = columns_of(("Exchange", *columns.names), self.context, self._style)
            starts = lex(cells[0], self._style, True)
            return named if named is not None and starts and starts[0].kind not in NUMERIC else None
        return None

    def _open(self, label: Label, note: str) -> None:
        told = label_of(lex(_telling(note), self._style)) if note else Label()
        self.context = Context(
            label.section,
            label.basis or told.basis,
            label.minutes or told.minutes,
            label.market,
            label.venue,
            _in_points(note),
        )
        self.columns = None
        self._aligned.clear()

    def _is_note(self, text: str, section: str) -> bool:
        """Whether a text is words about a table and no row of it."""
        if section in KEPT or _OF_A_MAP.match(text):
            return True
        tokens = lex(text, self._style)
        numbers = any(token.kind in NUMERIC for token in tokens)
        return ("," in text or ";" in text or label_of(tokens).words > 0) and (not numbers or "seen" in text)

    def _align(self, header: Row, below: Sequence[Row]) -> None:
        lines = []
        for row in below[:_MOST_ALIGNED]:
            if row.shape not in ("columns", "line"):
                break
            lines.append(row)
        for row, cells in zip(lines, aligned(header.text, [row.text for row in lines]), strict=True):
            self._aligned[row.number] = cells

    @property
    def _named(self) -> str:
        return self.context.section + (f", {self.context.basis}" if self.context.basis else "")


def _telling(note: str) -> str:
    """The part of a note that tells of which kind a table is."""
    own = _OF_A_MAP.match(note)
    return own[0] if own else note


def _in_points(text: str) -> bool:
    return any(word in text for word in _POINTS)


def _single_header(tokens: Sequence[Token]) -> tuple[str, ...]:
    """The columns of a header whose names only one space parts: a span and its "change" are one."""
    cells: list[str] = []
    joined = False
    for place, token in enumerate(tokens):
        if token.kind not in ("said", "span") or token.says("filler"):
            return ()
        before = tokens[place - 1] if place else None
        kinds = {token.kind, before.kind} if before is not None else set()
        changes = before is not None and "change" in (before.says("role"), token.says("role"))
        if kinds == {"said", "span"} and changes and not joined:
            cells[-1] += f" {token.text}"
            joined = True
        else:
            cells.append(token.text)
            joined = False
    return tuple(cells) if len(cells) > 2 else ()
