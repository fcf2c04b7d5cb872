"""Values as they are echoed: with all their digits, so that a reader can compare them with what was pasted."""

from math import isfinite

_UNITS = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))


def money(value: float | None, bounded: str = "") -> str:
    """An amount in one unit with up to seven digits: 466.66M, 1.2B; what is not told is `?`.

    >>> money(466.66e6), money(1.2e9, "at least"), money(-8e6), money(None)
    ('466.66M', '≥1.2B', '−8M', '?')
    """
    if value is None or not isfinite(value):
        return "?"
    sign = {"at least": "≥", "at most": "≤", "about": "≈"}.get(bounded, "") + ("−" if value < 0 else "")
    size = abs(value)
    for factor, unit in _UNITS:
        if size >= factor:
            return f"{sign}{size / factor:.7g}{unit}"
    return f"{sign}{size:.7g}"


def price(value: float | None) -> str:
    """A price with its digits: 90,400, 0.00001234.

    >>> price(90400.0), price(0.00001234), price(71452.3)
    ('90,400', '0.00001234', '71,452.3')
    """
    if value is None or not isfinite(value):
        return "?"
    digits = f"{value:,.12f}" if abs(value) < 1 else f"{value:,.6f}"
    return digits.rstrip("0").rstrip(".")


def share(fraction: float | None, signed: bool = True) -> str:
    """A fraction as percent with its digits: +0.012 %, −2.1 %, 62 %.

    >>> share(0.00012), share(-0.021), share(0.62, signed=False)
    ('+0.012 %', '−2.1 %', '62 %')
    """
    if fraction is None or not isfinite(fraction):
        return "?"
    sign = "−" if fraction < 0 else "+" if signed else ""
    return f"{sign}{abs(fraction * 100):.6g} %"


def span(minutes: float | None) -> str:
    """A window: 24 h, 15 m, 7 d.

    >>> span(1440), span(15), span(10080), span(None)
    ('24 h', '15 m', '7 d', 'a window not told')
    """
    if minutes is None:
        return "a window not told"
    if minutes > 2880 and minutes % 1440 == 0:
        return f"{minutes / 1440:g} d"
    if minutes >= 60:
        return f"{minutes / 60:g} h"
    return f"{minutes:g} m" if minutes >= 1 else f"{minutes * 60:g} s"
