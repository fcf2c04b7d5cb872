"""Numbers, times and prices as the screen and the headless commands write them. What is not known is `?`."""

import math
import unicodedata
from datetime import UTC, datetime

from rich.cells import cell_len

UNKNOWN = "?"
NONE_SEEN = "·"
"""Stands where a feed was watched and nothing came; never written for what was not watched."""
AT_LEAST = "≥"

_UNITS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
_CODES = {"coinbase": "CBS", "bitmex": "BMX", "bitget": "BGT"}
_BRACKETS = str.maketrans("[]", "()")
_SECONDS_PER_DAY = 86_400
_EMOJI = range(0x1F000, 0x20000)
"""Terminals disagree about how wide these are."""

_ASCII = str.maketrans(
    {
        "●": "*", "◐": "~", "○": "o", "✕": "x", "·": ".", "✔": "+", "✘": "x", "▸": ">", "›": ">", "─": "-",
        "│": "|", "▲": "^", "▼": "v", "◆": "#", "–": "-", "—": "-", "−": "-", "≥": ">=", "≈": "~", "×": "x", "…": "~",
        "σ": "sd", "ρ": "rho", "Σ": "sum ", "√": "sqrt", "Φ": "Phi", "κ": "k", "½": "1/2", "◇": "o", "★": "*",
        "▌": "<", "▐": ">", "◂": "<", "↑": "up", "↓": "down", "←": "left", "→": "right",
    }
)  # fmt: skip


def usd(value: float | None) -> str:
    """USD in one unit: a decimal below 100 of the unit, none from 100 on: 950, 4.3k, 430k, 1.2M, 12.8B."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    sign, size = ("−" if value < 0 else ""), abs(value)
    if size >= 1e15:
        return f"{sign}{size:.0e}"
    if 0 < size < 1:
        return f"{sign}{size:.1g}"
    for factor, unit in reversed(_UNITS):
        if size < factor * 999.5 and size >= 999.5:
            return sign + _short(size / factor) + unit
    return f"{sign}{size:.0f}" if size < 999.5 else f"{sign}{size / 1e12:.0f}T"


def _short(mantissa: float) -> str:
    text = f"{mantissa:.1f}" if mantissa < 99.95 else f"{mantissa:.0f}"
    return text.removesuffix(".0")


def scaled(value: float, largest: float) -> str:
    """USD in the unit of a column's largest amount: 0.4M beside 12.8M. Far below that unit it has its own: 19k, 950."""
    factor, unit = next((pair for pair in _UNITS if largest >= pair[0] * 0.9995), (1.0, ""))
    if 0.1 * factor <= value < 999.95 * factor and unit:
        return f"{value / factor:.1f}{unit}"
    return usd(float(f"{value:.2g}")) if 0 < value < 0.1 * factor else usd(value)


def same_unit(text: str, largest: float) -> bool:
    """Whether an amount is written in the unit of a column's largest amount."""
    return text[-1:].isdigit() == (largest < 999.5) and (largest < 999.5 or text[-1:] == usd(largest)[-1:])


def thousands(value: float) -> str:
    """USD in thousands, for rows that are compared at a glance: 1,900k, 61k, 0.4k."""
    if not 0 < value < 1e12:
        return usd(value)
    return f"{value / 1e3:,.0f}k" if value >= 999.5 else f"{value / 1e3:.1g}k"


def amount(value: float | None, lower_bound: bool, seen: bool = True, largest: float | None = None) -> str:
    """USD that was liquidated: `≥` for a lower bound, `·` for nothing seen, `?` for nothing watched.

    `largest`: the largest amount of the column, for all of them to be in its unit.
    """
    if value is None or not math.isfinite(value) or (value == 0 and not seen):
        return UNKNOWN
    if value == 0:
        return NONE_SEEN
    return (AT_LEAST if lower_bound else "") + (usd(value) if largest is None else scaled(value, largest))


def price(value: float | None, step: float | None = None) -> str:
    """A price in USD with the digits its size asks for, or with those of a price step: 71,452.3, 0.00001234."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-12:
        return f"{value:.3e}".replace("-", "−", 1) if value < 0 else f"{value:.3e}"
    digits = step_digits(step) if step else _price_digits(size)
    return f"{value:,.{digits}f}".replace("-", "−")


def _price_digits(size: float) -> int:
    for least, digits in ((1e6, 0), (1e4, 1), (1e2, 2), (1.0, 4)):
        if size >= least:
            return digits
    return 2 if size == 0 else min(3 - math.floor(math.log10(size)), 15)


def step_digits(step: float) -> int:
    """The decimals that tell two neighbouring multiples of a price step apart: 250 -> 0, 2.5 -> 1, 0.005 -> 3."""
    for digits in range(16):
        scaled = step * 10**digits
        if scaled >= 0.999 and abs(scaled - round(scaled)) < 1e-6 * scaled:
            return digits
    return 15


def percent(fraction: float | None, decimals: int = 2, signed: bool = True, gap: str = " ") -> str:
    """A fraction as percent with its sign: +1.24 %, −0.28 %."""
    if fraction is None or not math.isfinite(fraction):
        return UNKNOWN
    value = fraction * 100
    if abs(value) >= 1e6:
        return ("−" if value < 0 else "+" if signed else "") + f"{abs(value):.0e}{gap}%"
    text = f"{abs(value):.{decimals}f}"
    negative = value < 0 and float(text) > 0
    return ("−" if negative else "+" if signed else "") + text + gap + "%"


def ratio(value: float | None) -> str:
    """How many times the usual: 10.2×, 0.02×."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if 0 < value < 0.995:
        return f"{max(value, 0.01):.2f}×" if value >= 0.005 else "<0.01×"
    return (f"{value:.1f}" if value < 99.95 else usd(value)) + "×"


def score(value: float | None) -> str:
    """A score of 0 to 1 in two digits: .79, 1.00."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    return f"{value:.2f}".removeprefix("0") if 0 <= value < 1e3 else UNKNOWN


def duration(ms: float | None) -> str:
    """A span of time in its two largest units: 12s, 3m20s, 2h05m, 3d04h. What lies ahead counts as 0s."""
    if ms is None or not math.isfinite(ms):
        return UNKNOWN
    seconds = max(int(ms // 1000), 0)
    if seconds < 60:
        return f"{seconds}s"
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes}m{seconds:02d}s"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours}h{minutes:02d}m"
    days, hours = divmod(hours, 24)
    return f"{days}d{hours:02d}h" if days < 1000 else f"{days}d"


def minutes(ms: float) -> str:
    """A span of time without its seconds: <1m, 3m, 2h05m."""
    return "<1m" if ms < 60_000 else f"{int(ms // 60_000)}m" if ms < 3_600_000 else duration(ms)


def span(minutes: float) -> str:
    """A window or the seen part of it, without empty units: 15m, 1h, 2h30m, 24h."""
    if 0 < minutes < 1:
        return f"{max(int(minutes * 60), 1)}s"
    hours, rest = divmod(int(minutes), 60)
    return f"{hours}h{rest:02d}m" if hours and rest else f"{hours}h" if hours else f"{rest}m"


def clock(at_ms: int | None, local: bool = False) -> str:
    """A time of day, HH:MM:SS, in UTC or in the reader's zone."""
    if not at_ms:
        return UNKNOWN
    if local:
        try:
            return f"{datetime.fromtimestamp(at_ms / 1000):%H:%M:%S}"
        except (OverflowError, OSError, ValueError):
            return UNKNOWN
    minutes, seconds = divmod(at_ms // 1000 % _SECONDS_PER_DAY, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def stamp(at_ms: int | None) -> str:
    """Date and time in UTC: 2025-01-27 12:03:44 UTC."""
    if not at_ms:
        return UNKNOWN
    try:
        return f"{datetime.fromtimestamp(at_ms / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (OverflowError, OSError, ValueError):
        return UNKNOWN


def byte_rate(bytes_per_second: float | None) -> str:
    """What the terminal receives: 840 B/s, 3.1 kB/s."""
    if bytes_per_second is None or not math.isfinite(bytes_per_second):
        return UNKNOWN
    if bytes_per_second < 999.5:
        return f"{bytes_per_second:.0f} B/s"
    return f"{bytes_per_second / 1000:.1f} kB/s"


def venue_code(venue: str) -> str:
    """Three letters for an exchange: BIN, BYB, OKX."""
    return _CODES.get(venue) or clean(venue)[:3].upper() or UNKNOWN


def clean(text: str, width: int | None = None) -> str:
    """Text from outside made harmless: no control, format, combining or right-to-left characters, no markup brackets.

    With a width it is also cut to that many cells.
    """
    if not (text.isascii() and text.isprintable()):
        text = "".join(map(_harmless, unicodedata.normalize("NFC", text)))
    text = text.translate(_BRACKETS)
    return text if width is None else cut(text, width)


def _harmless(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character)[0] in "CM" or cell_len(character) == 0:
        return ""
    if ord(character) in _EMOJI or unicodedata.bidirectional(character) in ("R", "AL", "AN"):
        return UNKNOWN
    return character


def cell_width(text: str) -> int:
    """How many terminal cells a harmless text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, width: int, more: bool = False) -> str:
    """The text in at most `width` cells, with an ellipsis where something was cut or `more` follows."""
    if cell_width(text) + more <= width:
        return text + "…" * more
    kept, used = "", 1
    for character in text:
        used += cell_width(character)
        if used > width:
            break
        kept += character
    return kept + "…" if width > 0 else ""


def to_ascii(text: str) -> str:
    """The same text for a terminal that shows ASCII alone."""
    if text.isascii():
        return text
    text = text.translate(_ASCII)
    return "".join(character if character.isascii() else UNKNOWN * cell_width(character) for character in text)
