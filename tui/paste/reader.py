"""A paste read from its first line to its last, with a sentence about each line."""

import re
from collections.abc import Iterable, Sequence

from tui.paste.columns import DATA, Columns, read_row
from tui.paste.document import read_documents
from tui.paste.draft import LIQUIDATIONS, Draft, label_of
from tui.paste.gathered import Gathered
from tui.paste.kept import KEPT, read_kept
from tui.paste.layout import NOTHING, Row, row_of
from tui.paste.lexing import NUMERIC, Token, lex
from tui.paste.numbers import Style, normalised, style_of
from tui.paste.opened import OpenTable
from tui.paste.prose import Context, Told, read_line
from tui.paste.stacked import Stack, runs, stack_of
from tui.paste.tables import Line, Outcome, Understood

MOST_CHARACTERS = 1_000
"""A longer line is left out: no table has such a row."""
MOST_LINES = 20_000
"""Further lines are left out, and that is said."""

_HEADING = re.compile(r"(?:#\s+)?liqtop (\S+)\s+(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC|\?)")
_LEGEND = "at least (sampled or partly seen)"
_MARKUP = re.compile(r"^(?:#{1,6}\s+|>\s+|[*•]\s+|\*\*|__)|(?:\*\*|__)$")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029\x85]")
_CELLS = ("dashes", "tabs", "columns", "bars")


def understand(text: str) -> Understood:
    """All that a paste tells. It never raises, and holds no number that is not in the paste or follows from it."""
    into = Gathered()
    lines = [normalised(line) for line in _BREAK.split(text)]
    outside = read_documents(lines, into)
    style = style_of("\n".join(line for _, line in outside))
    _Reader(style, into).read(outside)
    into.lines.sort(key=lambda line: line.number)
    return into.frozen()


class _Reader:
    def __init__(self, style: Style, into: Gathered) -> None:
        self._style = style
        self._into = into
        self._table = OpenTable(style)

    def read(self, lines: Iterable[tuple[int, str]]) -> None:
        rows = self._rows(lines)
        stacked = {run[0].number: run for run in runs(rows, self._style) if len(run) > 2}
        taken: set[int] = set()
        for place, row in enumerate(rows):
            if row.shape == "blank" and self._table.columns is not None and self._table.kept:
                self._table.close()
            if row.number in taken or row.shape in ("blank", "rule"):
                continue
            run = stacked.get(row.number)
            stack = stack_of(run, self._table.context, self._style) if run else None
            if stack is not None:
                taken |= self._stack(stack)
                continue
            value = self._value(row, rows[place + 1 :])
            taken |= {value.number} if value else set()
            self._row(row, rows[place + 1 :], value)

    def _rows(self, lines: Iterable[tuple[int, str]]) -> list[Row]:
        rows: list[Row] = []
        for number, text in lines:
            if number > MOST_LINES:
                self._say(number, "", "not read", f"only the first {MOST_LINES:,} lines are read")
                break
            if len(text) > MOST_CHARACTERS:
                self._say(number, text, "not read", f"longer than {MOST_CHARACTERS:,} characters")
                continue
            rows.append(row_of(number, _MARKUP.sub("", text.strip()) if text[:1] in "#>*•_" else text))
        return rows

    def _say(self, number: int, text: str, outcome: Outcome, meaning: str, problems: Sequence[str] = ()) -> None:
        self._into.lines.append(Line(number, text.strip()[:200], outcome, meaning, tuple(problems)))

    def _row(self, row: Row, below: Sequence[Row], value: Row | None) -> None:
        if _LEGEND in row.text:
            self._say(row.number, row.text, "title", "the legend of a snapshot")
        elif match := _HEADING.match(row.text):
            self._into.coin = match[1][:16]
            self._say(row.number, row.text, "title", f"a snapshot of {match[1]}, {match[2]}")
        elif value is None and (said := self._table.titled(row) or self._table.noted(row)):
            self._say(row.number, row.text, "title", said)
        elif said := self._table.headed(row, below):
            self._say(row.number, row.text, "columns", said)
        elif row.text.strip(" |") == "nothing seen":
            self._say(row.number, row.text, "read", "nothing seen")
        elif self._table.kept:
            cells = self._table.cells(row)
            told = read_kept(self._table.context.section, cells, row.number, self._style, self._into)
            self._tell(row, told)
        else:
            self._numbers(row, value)

    def _numbers(self, row: Row, value: Row | None) -> None:
        cells, context = self._table.cells(row), self._table.context
        columns = self._table.fitting(cells)
        if columns is not None and columns.section in DATA and _by_column(columns):
            return self._tell(row, read_row(cells, columns, row.number, context, self._style, self._into))
        if row.shape in _CELLS and len(cells) == 3 and (told := self._bare(row, cells)):
            return self._tell(row, told)
        text = row.text if value is None else f"{row.text.strip()}: {value.text.strip()}"
        tokens = _joined(row.cells, self._style) if row.shape in _CELLS else lex(text, self._style)
        told = read_line(tokens, row.number, context, self._into)
        if self._table.columns is not None and not told.said and told.problems and row.shape != "line":
            told.problems.insert(0, f"{len(cells)} cells under {len(self._table.columns.labels)} columns")
        return self._tell(row, told, value)

    def _bare(self, row: Row, cells: Sequence[str]) -> Told | None:
        """Three cells of bare numbers, of which one or two may be empty: a ladder's row, if it looks like one."""
        context = self._table.context
        if context.section not in LIQUIDATIONS:
            return None
        draft = Draft(row.number, context.section, minutes=context.minutes, basis=context.basis)
        for cell in cells:
            tokens = lex(cell, self._style, True)
            if cell in NOTHING:
                draft.bare.append(None)
            elif len(tokens) == 1 and tokens[0].kind == "number":
                draft.bare.append(tokens[0].numbers[0])
                draft.notes += [tokens[0].note] if tokens[0].note else []
            else:
                return None
        told = Told()
        told.close(draft, self._into)
        return told

    def _stack(self, stack: Stack) -> set[int]:
        """Read a table of one cell a line; the numbers of its lines."""
        for row in stack.titles:
            self._say(row.number, row.text, "title", self._table.titled(row) or "above a table")
        for row in stack.header:
            self._say(row.number, row.text, "columns", "the header of a table with one cell on each line")
        for rows in stack.rows:
            cells = [row.text.strip() for row in rows]
            told = read_row(cells, stack.columns, rows[0].number, self._table.context, self._style, self._into)
            first, *others = rows
            self._tell(first, told)
            for row in others:
                self._say(row.number, row.text, "read" if told.said else "not read", f"belongs to line {first.number}")
        context = self._table.context
        self._table.lines_up(Context(stack.columns.section, context.basis, context.minutes))
        return {row.number for row in (*stack.titles, *stack.header, *(row for rows in stack.rows for row in rows))}

    def _value(self, row: Row, below: Sequence[Row]) -> Row | None:
        """The line with the value of a label that stands alone on its line."""
        following = next((other for other in below if other.shape != "blank"), None)
        if self._table.kept or row.shape != "line" or following is None or following.shape != "line":
            return None
        tokens, values = lex(row.text, self._style), lex(following.text, self._style, True)
        label = label_of(tokens)
        if any(token.kind in NUMERIC for token in tokens) or not label.known or label.words > 1:
            return None
        numbers = [token for token in values if token.kind in NUMERIC]
        others = [token for token in values if token.kind not in (*NUMERIC, "mark")]
        return following if numbers and not others and label.section not in KEPT else None

    def _tell(self, row: Row, told: Told, value: Row | None = None) -> None:
        if told.said:
            self._say(row.number, row.text, "read", "; ".join(told.said), told.problems)
        elif told.problems:
            self._say(row.number, row.text, "not read", "; ".join(told.problems))
        elif any(character.isdigit() for character in row.text):
            self._say(row.number, row.text, "not read", "no label here that says what its numbers are")
        else:
            self._say(row.number, row.text, "skipped", "no number in it")
        if value is not None:
            self._say(value.number, value.text, "read" if told.said else "not read", f"belongs to line {row.number}")


def _by_column(columns: Columns) -> bool:
    """Whether the header tells what stands in its columns; under "Metric, Value" each row tells it itself."""
    roles = ("venue", "price", "band", "window", "long", "rate")
    return any(label.role in roles or label.section for label in columns.labels)


def _joined(cells: Sequence[str], style: Style) -> tuple[Token, ...]:
    """The tokens of cells in their order, parted by bars."""
    bar = Token("mark", "|", 0, 0)
    return tuple(token for cell in cells for token in (bar, *lex(cell, style, True)))
