"""The themes where colours may be chosen freely.

Every text has at least 4.5 times the luminance of its ground as WCAG counts it, also after the downgrade to 256
colours; `old` and `rule` 3 times; in `contrast` all but `rule` 7 times. Greys are kept nearly free of hue: with more of
it the downgrade would tint them.
"""

from collections.abc import Mapping

Look = Mapping[str, str]
"""A style by its name, as Rich writes styles."""

DARK_GROUND = "#101014"
_BADGE = "bold #101014 on"
_DARK: Look = {
    "text": "#c9ced6", "muted": "#7f8791", "strong": "bold #f2f4f7", "title": "bold #a3adba", "accent": "bold #a4d53a",
    "price_row": "bold #ffffff on #30363d", "rule": "#5d646c",
    "long": "#e8825a", "short": "#5fb0e0", "pass": "#6cc070", "warn": "#e0b040", "fail": "bold #f0605a",
    "unknown": "#7f8791", "stale": "#a08d62", "struck": "strike #7f8791", "selected": "bold #f2f4f7 on #2c3239",
    "live": f"{_BADGE} #73c168", "replay": f"{_BADGE} #5fb0e0", "demo": f"{_BADGE} #c79be8",
    "paused": f"{_BADGE} #e0b040",
    "up": "#6cc070", "down": "#f0605a", "pointed": f"{_BADGE} #e0b040", "alarm": "bold #ffffff on #b3261e",
    "recent": "bold #f2f4f7", "aged": "#9aa3ae", "old": "#6b737d", "curve": "#9fb4c7",
}  # fmt: skip
_COLOURBLIND: Look = {
    **_DARK,
    "long": "#e69f00", "short": "#56b4e9", "pass": "#2fc4a0", "warn": "#f0e442", "fail": "bold #ff7f50",
    "up": "#56b4e9", "down": "#e69f00",
    "live": f"{_BADGE} #2fc4a0", "paused": f"{_BADGE} #f0e442", "pointed": f"{_BADGE} #f0e442",
}  # fmt: skip
"""After Okabe and Ito, "Color Universal Design" (2008): orange against sky blue, never red against green."""
_LIGHT: Look = {
    "text": "#24292f", "muted": "#656d76", "strong": "bold #000000", "title": "bold #4a5560", "accent": "bold #3d6b00",
    "price_row": "bold #000000 on #d6dbe1", "rule": "#8c939b",
    "long": "#b4441b", "short": "#0b66a8", "pass": "#1a7f37", "warn": "#8a6100", "fail": "bold #c01c28",
    "unknown": "#656d76", "stale": "#806048", "struck": "strike #656d76", "selected": "bold #000000 on #e2e6ea",
    "live": "bold #ffffff on #1a7f37", "replay": "bold #ffffff on #0b66a8", "demo": "bold #ffffff on #7d3fb5",
    "paused": "bold #000000 on #e0b040",
    "up": "#1a7f37", "down": "#c01c28", "pointed": "bold #000000 on #e0b040", "alarm": "bold #ffffff on #c01c28",
    "recent": "bold #000000", "aged": "#57606a", "old": "#7a828b", "curve": "#3b5b78",
}  # fmt: skip
_CONTRAST: Look = {
    "text": "#ffffff", "muted": "#c0c0c0", "strong": "bold #ffffff", "title": "bold #ffffff", "accent": "bold #d7ff5f",
    "price_row": "bold #000000 on #ffffff", "rule": "#808080",
    "long": "bold #ffaf5f", "short": "bold #87d7ff", "pass": "bold #5fff87", "warn": "bold #ffff5f",
    "fail": "bold #ff8787",
    "unknown": "#c0c0c0", "stale": "#d7c087", "struck": "strike #c0c0c0", "selected": "bold #000000 on #d0d0d0",
    "live": "bold #000000 on #5fff87", "replay": "bold #000000 on #87d7ff", "demo": "bold #000000 on #e7afff",
    "paused": "bold #000000 on #ffff5f",
    "up": "bold #5fff87", "down": "bold #ff8787", "pointed": "bold #000000 on #ffff5f",
    "alarm": "bold #ffffff on #a00000",
    "recent": "bold #ffffff", "aged": "#d8d8d8", "old": "#a8a8a8", "curve": "#d7e7ff",
}  # fmt: skip

FULL: Mapping[str, Look] = {"dark": _DARK, "light": _LIGHT, "colourblind": _COLOURBLIND, "contrast": _CONTRAST}
GROUNDS: Mapping[str, str] = {
    "dark": DARK_GROUND, "light": "#ffffff", "colourblind": DARK_GROUND, "contrast": "#000000",
}  # fmt: skip
"""The background of each."""
PANELS: Mapping[str, str] = {
    "dark": "#30363d", "light": "#d6dbe1", "colourblind": "#30363d", "contrast": "#262626",
}  # fmt: skip
"""The background of what lies on top, as the list of commands."""

_VIRIDIS = (
    "#5b2a86", "#51429a", "#46589d", "#386e9e", "#2b849a",
    "#22998f", "#35ae7a", "#62c35c", "#a4d53a", "#fde725",
)  # fmt: skip
"""Viridis (van der Walt and Smith, 2015) with its dark end lifted: the smallest bar stands out from a dark ground."""
_VIRIDIS_ON_WHITE = (
    "#d9c71f", "#a8c42b", "#6fba52", "#2fa07a", "#26938a",
    "#27708a", "#2b628b", "#2e4f8c", "#472d7b", "#440154",
)  # fmt: skip
"""From yellow to purple: on white it is the dark that stands out."""
_VIRIDIS_LIT = (
    "#af87ff", "#5fafff", "#5fc0f0", "#5fd7af", "#5fe7a0",
    "#5fef87", "#87f77f", "#afff5f", "#d7ff5f", "#ffff5f",
)  # fmt: skip
"""The same hues, all so light that black on them has 7 times less luminance."""


def _on(colours: tuple[str, ...], white: range) -> tuple[str, ...]:
    """Bars of these colours, whose text is white on the levels of `white`, else black."""
    return tuple(f"{'#ffffff' if level in white else '#000000'} on {colour}" for level, colour in enumerate(colours))


HEAT: Mapping[str, tuple[str, ...]] = {
    "dark": _on(_VIRIDIS, range(4)),
    "colourblind": _on(_VIRIDIS, range(4)),
    "light": _on(_VIRIDIS_ON_WHITE, range(5, 10)),
    "contrast": _on(_VIRIDIS_LIT, range(0)),
}
"""heat0 to heat9, from little to much."""
