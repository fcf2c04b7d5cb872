"""One number where it stands in a line: its sign, currency, digits, magnitude, percent sign or coin."""

import re
from dataclasses import dataclass
from decimal import Decimal

from tui.paste.labels import is_ideograph, phrase_of
from tui.paste.numbers import CORE, GAP, LARGEST, MAGNITUDES, Doubt, Number, Style, read_core

_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d|[.,']\d)")
_EXPONENT = re.compile(r"[eE][+-]?\d{1,3}(?!\w)")
_SIGN = re.compile(
    r"(?P<arrow>[▲▼△▽↑↓]\s?)?(?P<dash>—)?(?P<sign>[+\-–])?(?P<usd>(?:US)?\$\s?|USDT?\s)?(?P<inner>[+-])?(?=\d)"
)
_USD = re.compile(r"\s?(?:(?:US\$|\$|USDT|USDC|USD)(?![^\W_])|美元|美金|刀)")
_PERCENT = re.compile(r"\s?%")
_TIMES = re.compile(r"[x×](?![^\W_])")
_DEVIATIONS = re.compile(r"σ(?![^\W_])")
_COIN = re.compile(r"\s(?!UTC|GMT|EST|PST|ET)[A-Z]{2,6}(?![^\W_])")
_DOWN = "▼▽↓"


def _alternatives(words: list[str]) -> str:
    """Longest first; only ideographs may be followed by further letters."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word) + ("" if is_ideograph(word[-1]) else r"(?![^\W_])") for word in ordered)


_ATTACHED = re.compile(_alternatives(list(MAGNITUDES)), re.IGNORECASE)
_APART = re.compile(
    r"\s(" + _alternatives([word for word in MAGNITUDES if len(word) > 1 or is_ideograph(word)]) + ")", re.IGNORECASE
)
_CAPITAL = re.compile(r"\s([KMBT](?![^\W_]))")


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number, or why it is none, and where it ends. `spaced`: how many plain spaces group its digits."""

    number: Number | None
    doubt: Doubt | None
    end: int
    note: str = ""
    spaced: int = 0


def spelled_at(text: str, place: int, style: Style) -> Spelled | None:
    """The number whose sign or first digit stands at `place`; None where there is none."""
    sign = _SIGN.match(text, place)
    if sign is None:
        return None
    core = _SPACED.match(text, sign.end()) or CORE.match(text, sign.end())
    if core is None:
        return None
    exponent = _EXPONENT.match(text, core.end())
    end = exponent.end() if exponent else core.end()
    word, end = ("", end) if exponent else magnitude_at(text, end)
    unit, end = _unit(text, end)
    if sign["usd"]:
        unit = unit or "USD"
    raw = text[place:end]
    read = read_core(core[0].replace(" ", GAP), style, bool(word) or unit == "%")
    if isinstance(read, str):
        return Spelled(None, Doubt(raw, read), end)
    scale = MAGNITUDES[word.lower()] if word else 1.0
    factor = Decimal("1" + exponent[0]) if exponent else Decimal(scale)
    value = float(Decimal(repr(read[0])) * factor)  # 2.14B is 2140000000.0, as a reader would write it
    if reason := _reason(text, end, sign, value):
        return Spelled(None, Doubt(raw, reason), end)
    negative = sign["sign"] in ("-", "–") or sign["inner"] == "-" or _is_down(sign)
    number = Number(
        value=-value if negative else value,
        raw=raw,
        unit=unit,
        signed=any(sign[name] for name in ("arrow", "sign", "inner")),
        scale=scale,
        minutes=word in ("m", "м") and not unit,
    )
    return Spelled(number, None, end, read[1], core[0].count(" "))


def magnitude_at(text: str, place: int) -> tuple[str, int]:
    """The word or letter at `place` that multiplies the number before it, "" for none, and where it ends."""
    if match := _ATTACHED.match(text, place):
        return match[0], match.end()
    if match := _APART.match(text, place) or _CAPITAL.match(text, place):
        return match[1], match.end()
    return "", place


def _is_down(sign: re.Match[str]) -> bool:
    return (sign["arrow"] or "").strip() in tuple(_DOWN)


def _reason(text: str, end: int, sign: re.Match[str], value: float) -> str:
    """Why a number that has a value is still not read, "" where it is."""
    if end < len(text) and (text[end].isalnum() or text[end] == "_") and not is_ideograph(text[end]):
        return "digits inside a word"
    if sign["dash"]:
        return "a long dash before a number: a minus or a separator"
    if sign["sign"] and sign["inner"]:
        return "two signs"
    if _is_down(sign) and "+" in (sign["sign"], sign["inner"]):
        return "an arrow down and a plus"
    if value >= LARGEST:
        return "larger than any number of a market"
    return ""


def _unit(text: str, end: int) -> tuple[str, int]:
    for pattern, unit in ((_PERCENT, "%"), (_USD, "USD"), (_TIMES, "x"), (_DEVIATIONS, "σ")):
        if match := pattern.match(text, end):
            return unit, match.end()
    if (match := _COIN.match(text, end)) and not phrase_of(match[0].strip()):
        return match[0].strip(), match.end()
    return "", end
