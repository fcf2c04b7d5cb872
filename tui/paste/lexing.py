"""A line as tokens: numbers with their units, ranges, pairs, spans of time, known phrases, other words and marks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, cast

from tui.paste.labels import Meaning, is_ideograph, phrase_at
from tui.paste.numbers import CORE, Bound, Doubt, Number, Style, read_core
from tui.paste.numerals import spelled_at

Kind = Literal["number", "range", "pair", "span", "said", "word", "mark", "time", "doubt"]
NUMERIC = ("number", "range", "pair", "doubt")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line. `numbers`: one, or two of a range or pair; `minutes` of a span; `said` of a phrase."""

    kind: Kind
    text: str
    start: int
    end: int
    numbers: tuple[Number, ...] = ()
    minutes: float = 0.0
    said: tuple[Meaning, ...] = ()
    doubt: Doubt | None = None
    note: str = ""
    spaced: int = 0

    def says(self, kind: str) -> str:
        """The value of the first thing of that kind that is said here, "" where there is none."""
        return next((meaning.value for meaning in self.said if meaning.kind == kind), "")


_TIME = re.compile(
    r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}(?![\d.,])"
    r"|\d{1,2}:\d\d(?::\d\d)?(?![\d:])|\d+\.\d+\.\d+\.\d+"
)
_ODDS = re.compile(r"(\d+(?:[.,]\d+)?)\s?:\s?1(?![\d.,:])")
_UNITS = {"s": 1 / 60, "m": 1.0, "h": 60.0, "d": 1440.0, "w": 10_080.0}
_SPAN = re.compile(
    r"(\d+(?:\.\d+)?)[ -]?(?:"
    r"(?P<h>(?:hours?|hrs?|h|час(?:а|ов)?|ч)(?![^\W_])|小时|時)|(?P<d>(?:days?|d|день|дня|дней|дн|сут(?:ки|ок)?)(?![^\W_])|天)"
    r"|(?P<w>(?:weeks?|w|недел[яиь]|нед)(?![^\W_])|周)|(?P<m>(?:minutes?|mins?|минут[аы]?|мин)(?![^\W_])|分钟)"
    r"|(?P<s>(?:seconds?|secs?|s|секунд[аы]?|сек|с)(?![^\W_])|秒))\.?",
    re.IGNORECASE,
)
_COMPOUND = re.compile(r"(?=\d+[dhm]\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?![\w.,])")
_BARE_SPAN = re.compile(r"(?:сутки|daily|the day)(?![^\W_])", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w.&'-]*", re.ASCII)
_OTHER_WORD = re.compile(r"[^\W\d_a-zA-Z\u3400-\u9fff]+|[\u3400-\u9fff]")
_JOINT = re.compile(r"–|—|-|~|\.\.|…|至|到|\s(?:to|and|до|и|through)\s", re.IGNORECASE)
_LETTERS = {"L": "long", "S": "short", "Л": "long", "Ш": "short"}


@lru_cache(maxsize=4096)
def lex(text: str, style: Style, alone: bool = False) -> tuple[Token, ...]:
    """The tokens of a normalised line or cell. `alone`: it is a cell, so spaces in it don't part columns.

    The same text is asked for more than once, as a title, a header and a row: its tokens are remembered.
    """
    tokens = _paired(_ranged(_lettered(_undashed(list(_scan(text, style)), text)), text))
    return tuple(_bounded([_unspaced(token, tokens, place, alone) for place, token in enumerate(tokens)]))


def _scan(text: str, style: Style) -> Iterator[Token]:
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _token(text, place, style)
        yield token
        place = token.end


def _token(text: str, place: int, style: Style) -> Token:
    if _begins(text, place):
        if match := _TIME.match(text, place):
            return Token("time", match[0], place, match.end())
        if (match := _ODDS.match(text, place)) and not isinstance(core := read_core(match[1], style, False), str):
            return Token("number", match[0], place, match.end(), (Number(core[0], match[0], "x"),))
        if span := _span(text, place):
            return span
        if found := spelled_at(text, place, style):
            raw = text[place : found.end]
            if found.number is None:
                return Token("doubt", raw, place, found.end, doubt=found.doubt)
            return Token("number", raw, place, found.end, (found.number,), note=found.note, spaced=found.spaced)
    if phrase := phrase_at(text, place):
        return Token("said", text[place : phrase[0]], place, phrase[0], said=phrase[1])
    if match := _WORD.match(text, place) or _OTHER_WORD.match(text, place):
        return Token("word", match[0], place, match.end())
    if match := CORE.match(text, place):
        return Token("doubt", match[0], place, match.end(), doubt=Doubt(match[0], "digits inside a word"))
    return Token("mark", text[place], place, place + 1)


def _begins(text: str, place: int) -> bool:
    """Whether a number may begin here: not inside a word, nor behind another number's point."""
    before = text[place - 1] if place else " "
    if before in ".,":
        return not (place > 1 and text[place - 2].isdigit())
    return not before.isalnum() or is_ideograph(before)


def _span(text: str, place: int) -> Token | None:
    if match := _COMPOUND.match(text, place):
        parts = zip(match.groups(), (1440.0, 60.0, 1.0, 1 / 60), strict=True)
        minutes = sum(min(float(part), 1e9) * unit for part, unit in parts if part)
        return Token("span", match[0], place, match.end(), minutes=minutes)
    if match := _SPAN.match(text, place):
        unit = next(name for name, found in match.groupdict().items() if found)
        return Token("span", match[0], place, match.end(), minutes=min(float(match[1]), 1e9) * _UNITS[unit])
    if match := _BARE_SPAN.match(text, place):
        return Token("span", match[0], place, match.end(), minutes=1440.0)
    return None


def _undashed(tokens: list[Token], text: str) -> list[Token]:
    """A number behind a single hyphen and a space is doubted: that may be its minus."""
    alone = text.count(" - ") + text.startswith("- ") == 1
    for place in range(1, len(tokens)):
        dash, token = tokens[place - 1], tokens[place]
        if alone and dash.text == "-" and dash.kind == "mark" and token.kind == "number" and dash.end < token.start:
            doubt = Doubt(token.text, "a hyphen before it: a minus or a separator")
            tokens[place] = replace(token, kind="doubt", numbers=(), doubt=doubt)
    return tokens


def _lettered(tokens: list[Token]) -> list[Token]:
    """L and S are long and short where they stand beside a number: `380M L / 10M S`, `L: 380M`."""
    for place, token in enumerate(tokens):
        side = _LETTERS.get(token.text) if token.kind == "word" else None
        beside = [tokens[other] for other in (place - 1, place + 1) if 0 <= other < len(tokens)]
        if side and any(other.kind in NUMERIC or other.text == ":" for other in beside):
            tokens[place] = replace(token, kind="said", said=(Meaning("role", side),))
    return tokens


def _ranged(tokens: Sequence[Token], text: str) -> list[Token]:
    """Two numbers with a dash or a word between them become one range; longer chains are columns."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        chain = _chain(tokens, place, text)
        if len(chain) == 2:
            found.append(_range(tokens[chain[0]], tokens[chain[1]], text))
        else:
            found.extend(tokens[place : chain[-1] + 1])
        place = chain[-1] + 1
    return found


def _chain(tokens: Sequence[Token], place: int, text: str) -> list[int]:
    """The places of the numbers that follow one another with nothing but joints between them."""
    chain = [place]
    while tokens[chain[-1]].kind == "number":
        last = chain[-1]
        following = next(
            (other for other in range(last + 1, min(last + 4, len(tokens))) if tokens[other].numbers), None
        )
        if following is None or tokens[following].kind != "number":
            break
        gap = text[tokens[last].end : tokens[following].start]
        if not _JOINT.fullmatch(gap) and not (gap == "" and tokens[following].text[0] in "-–"):
            break
        chain.append(following)
    return chain


def _range(first: Token, second: Token, text: str) -> Token:
    """From one number to the other; where only the second has a magnitude or a unit it is that of both."""
    low, high = first.numbers[0], second.numbers[0]
    raw = text[first.start : second.end]
    if first.end == second.start:
        high = replace(high, value=abs(high.value), signed=False, raw=high.raw[1:])
    unit = high.unit or low.unit
    scale = high.scale if low.scale == 1.0 else 1.0
    if low.value * scale > high.value:
        scale = 1.0
    low, high = replace(low, value=low.value * scale, unit=unit), replace(high, unit=unit)
    far = high.value > 10 * low.value > 0 and unit != "%"
    if low.value > high.value or far:
        return Token("doubt", raw, first.start, second.end, doubt=Doubt(raw, "a range or two columns"))
    return Token("range", raw, first.start, second.end, (low, high), note=first.note or second.note)


def _paired(tokens: Sequence[Token]) -> list[Token]:
    """Two numbers with nothing but a slash between them become a pair; with more slashes they stay as they are."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        kinds = [token.kind for token in tokens[place : place + 3]]
        ends = place + 3 == len(tokens) or (place + 3 < len(tokens) and tokens[place + 3].text != "/")
        begins = not found or found[-1].text != "/"
        if kinds == ["number", "mark", "number"] and tokens[place + 1].text == "/" and ends and begins:
            first, last = tokens[place], tokens[place + 2]
            raw, note = f"{first.text}/{last.text}", first.note or last.note
            found.append(Token("pair", raw, first.start, last.end, first.numbers + last.numbers, note=note))
            place += 3
        else:
            found.append(tokens[place])
            place += 1
    return found


def _unspaced(token: Token, tokens: Sequence[Token], place: int, alone: bool) -> Token:
    """A number grouped by plain spaces is doubted where the spaces could as well part columns."""
    if not token.spaced:
        return token
    beside = [tokens[other] for other in (place - 1, place + 1) if 0 <= other < len(tokens)]
    crowded = any(other.kind in NUMERIC for other in beside)
    clear = alone or (place > 0 and tokens[place - 1].text in (":", "="))
    if crowded or token.spaced > 3 or (token.numbers[0].scale != 1.0 and (token.spaced > 1 or not clear)):
        reason = "its spaces group thousands or part columns"
        return replace(token, kind="doubt", numbers=(), doubt=Doubt(token.text, reason))
    return token


def _bounded(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with "up to", "at least" and the like joined to the number that follows them."""
    found: list[Token] = []
    bound: Bound = ""
    for token in tokens:
        if said := token.says("bound"):
            bound = cast(Bound, said)
            continue
        if bound and token.numbers:
            token = replace(token, numbers=tuple(replace(number, bound=bound) for number in token.numbers))
        bound = ""
        found.append(token)
    return found
