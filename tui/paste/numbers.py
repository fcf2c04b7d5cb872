"""Numbers as people paste them: `90 400`, `1,23 млрд`, `12.5亿`, `$1.2B`, `−2.1%`, and which of them can't be told.

A text is normalised first, so that there is one minus, one no-break space and one kind of digit. Nothing is guessed:
what reads two ways becomes a `Doubt` with its reason, except where the paste's other numbers decide; then that is said.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

GAP = "\u00a0"
"""Stands for every space that never breaks a line: between digits it groups thousands."""
LARGEST = 1e18
"""A larger number is none of a market's: it is two columns run together, or noise."""

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b.?")
_GAPS = "\u2007\u2009\u200a\u202f\u2008\u2006\u2005\u2004"
_MINUS = "\u2212\ufe63\uff0d\u2010\u2011\u207b"
_DASH = {"\u2013": "–", "\u2012": "–", "\u2014": "—", "\u2015": "—", "\u2500": "—"}
_NORMAL = str.maketrans(
    {**dict.fromkeys(_GAPS, GAP), **dict.fromkeys(_MINUS, "-"), **_DASH, "\u3000": " ", "ё": "е", "Ё": "Е"}
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) != "\uff0d"}
    | dict.fromkeys("\u2019\u2018\u02bc\u00b4", "'")
)  # fmt: skip

MAGNITUDES: dict[str, float] = {
    "k": 1e3, "к": 1e3, "тыс": 1e3, "тыс.": 1e3, "thousand": 1e3, "千": 1e3,
    "万": 1e4, "萬": 1e4,
    "m": 1e6, "м": 1e6, "mm": 1e6, "mn": 1e6, "mln": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "млн": 1e6,
    "млн.": 1e6, "миллион": 1e6, "миллиона": 1e6, "миллионов": 1e6, "百万": 1e6, "千万": 1e7,
    "亿": 1e8, "億": 1e8,
    "b": 1e9, "bn": 1e9, "bln": 1e9, "billion": 1e9, "billions": 1e9, "млрд": 1e9, "млрд.": 1e9, "миллиард": 1e9,
    "миллиарда": 1e9, "миллиардов": 1e9,
    "t": 1e12, "tn": 1e12, "trn": 1e12, "trillion": 1e12, "трлн": 1e12, "трлн.": 1e12, "万亿": 1e12,
}  # fmt: skip
"""What a word or letter behind a number multiplies it by, in lower case."""

CORE = re.compile(rf"\d+(?:[.,'{GAP}]\d+)*")
"""Digits with what may stand between them."""

Bound = Literal["", "at least", "at most", "about"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was read. `value` as written with its magnitude: percents are not divided.

    `unit`: "USD", "%", "" for none, "x" for times, "σ", or a coin. `raw`: as it stands in the line. `scale`: what its
    magnitude multiplied it by. `minutes`: it ends in a small m, which in a column of times means minutes. `signed`: a
    plus or minus stood before it.
    """

    value: float
    raw: str
    unit: str = ""
    bound: Bound = ""
    signed: bool = False
    scale: float = 1.0
    minutes: bool = False

    @property
    def percent(self) -> bool:
        """Whether a percent sign stood behind it."""
        return self.unit == "%"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A number that reads more than one way, or none."""

    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Style:
    """How many numbers of a paste can only mean a decimal comma, and how many only a decimal point."""

    decimal_commas: int = 0
    decimal_points: int = 0
    comma_threes: int = 0
    cyrillic: bool = False


def normalised(text: str) -> str:
    """The text with one kind of minus, dash, quote and no-break space, without control and invisible characters.

    A no-break space stays one only between digits. Length changes only by what is invisible.
    """
    text = _ESCAPES.sub("", text).translate(_NORMAL)
    if not text.isascii():
        text = "".join(map(_plain, text))
        text = re.sub(rf"(?<!\d){GAP}|{GAP}(?!\d)", " ", text)
    return "".join(character for character in text if (character >= " " and character != "\x7f") or character in "\t\n")


def _plain(character: str) -> str:
    if character.isascii() or character == GAP:
        return character
    kind = unicodedata.category(character)
    if kind == "Nd":
        return str(unicodedata.decimal(character))
    if kind == "Zs":
        return " "
    return "" if kind[0] == "C" or kind == "Mn" else character


def style_of(text: str) -> Style:
    """Count in a normalised text what tells decimal commas from decimal points."""
    commas = points = threes = 0
    for core in CORE.findall(text):
        kinds = [character for character in core if not character.isdigit()]
        groups = re.split(r"\D", core)
        if "," in kinds and "." in kinds:
            commas, points = (commas + 1, points) if kinds[-1] == "," else (commas, points + 1)
        elif len(kinds) > 1 and set(kinds) <= {","} and _grouped(groups):
            points += 1
        elif len(kinds) > 1 and set(kinds) <= {"."} and _grouped(groups):
            commas += 1
        elif kinds and kinds[-1] in ",." and kinds.count(kinds[-1]) == 1:
            threefold = len(kinds) == 1 and _grouped(groups)
            threes += threefold and kinds[-1] == ","
            commas += kinds[-1] == "," and not threefold
            points += kinds[-1] == "." and not threefold
    return Style(commas, points, threes, any("а" <= character <= "я" for character in text.lower()))


def _grouped(groups: list[str]) -> bool:
    """Whether digit groups are those of thousands: one to three digits, no leading zero, then threes."""
    return 0 < len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])


def read_core(core: str, style: Style, scaled: bool) -> tuple[float, str] | str:
    """The value of digits and what stands between them, and how an ambiguous one was decided; or why it has none.

    `scaled`: a magnitude or a percent sign follows, so that a thousands separator would be odd.
    """
    marks = [character for character in core if not character.isdigit()]
    groups = re.split(r"\D", core)
    if sum(map(len, groups)) > 18:
        return "more digits than a market's number has"
    spaces = [mark for mark in marks if mark not in ",."]
    rest = marks[len(spaces) :]
    if spaces:
        if marks[: len(spaces)] != spaces or len(set(spaces)) > 1 or not _grouped(groups[: len(spaces) + 1]):
            return "its groups of digits are not thousands"
        if len(rest) > 1:
            return "its groups of digits are not thousands"
        return float("".join(groups[: len(spaces) + 1]) + ("." + groups[-1] if rest else "")), ""
    if not marks:
        return float(core), ""
    if len(set(rest)) == 2:
        last = rest[-1]
        if rest.count(last) > 1 or not _grouped(groups[:-1]):
            return "its groups of digits are neither thousands nor decimals"
        return float("".join(groups[:-1]) + "." + groups[-1]), ""
    if len(rest) > 1:
        if not _grouped(groups):
            return "its groups of digits are neither thousands nor decimals"
        return float("".join(groups)), ""
    if not _grouped(groups):
        return float(".".join(groups)), ""
    return _three(groups, rest[0], style, scaled)


def _three(groups: list[str], mark: str, style: Style, scaled: bool) -> tuple[float, str] | str:
    """One mark before exactly three digits: thousands or decimals, by the rest of the paste."""
    whole, fraction = float("".join(groups)), float(".".join(groups))
    if style.decimal_commas and style.decimal_points:
        return "thousands or decimals: this paste has both decimal commas and decimal points"
    if mark == ".":
        if not style.decimal_commas:
            return fraction, ""
        return whole, "points before three digits are thousands: other numbers here have a decimal comma"
    if style.decimal_points:
        return whole, "commas before three digits are thousands: other numbers here have a decimal point"
    if style.decimal_commas:
        return fraction, "commas before three digits are decimal: other numbers here have a decimal comma"
    if style.comma_threes >= 3 or not (style.cyrillic or scaled):
        return whole, "commas before three digits are taken as thousands: no number here says otherwise"
    return "thousands or decimals: no other number of this paste tells"
