"""What the scoring says in plain sentences: in the signs of the screen, and its verdicts in the reader's language."""

import re

from tui.controls import Controls
from tui.format import clean, score
from tui.language import label

_SIGNS = (
    (re.compile(r"(?<![\w.)])-(?=\d)"), "−"),
    (re.compile(r"(?<!\w)x(?=\d)"), "×"),
    (re.compile(r"(?<=\d)%"), " %"),
    (re.compile(r">=\s*(?=\d)"), "≥"),
)
"""A hyphen for minus, an x for times, a percent sign without its space, a written-out `≥`."""
_SHARES = re.compile(r"(\d+ %) known, (\d+ %) needed")
_BELOW = re.compile(r"below (\d*\.\d+)(?:, failed: (.+))?")


def typeset(text: str) -> str:
    """A sentence made harmless, with the minus, times and percent signs that the numbers of the screen have.

    >>> typeset("x0.5 of the usual rate, -5% is a flush")
    '×0.5 of the usual rate, −5 % is a flush'
    """
    text = clean(text)
    for plain, sign in _SIGNS:
        text = plain.sub(sign, text)
    return text


def verdict_reason(reason: str, controls: Controls) -> str:
    """Why a verdict is what it is, in the reader's language; what is not known to be said stays as it is."""
    text = clean(reason)
    kind, _, rest = text.partition(": ")
    if text == "no item fails":
        return label("no item fails", controls)
    if kind == "veto":
        return label("veto: {items}", controls, items=_items(rest, controls))
    if kind == "failed":
        return label("failed: {items}", controls, items=_items(rest, controls))
    if found := _BELOW.fullmatch(text):
        below = label("below {least}", controls, least=score(float(found[1])))
        failed = found[2] and label("failed: {items}", controls, items=_items(found[2], controls))
        return f"{below}, {failed}" if failed else below
    if found := _SHARES.fullmatch(text):
        return label("{share} known, {least} needed", controls, share=found[1], least=found[2])
    return f"{label('blind', controls)}: {typeset(rest)}" if kind == "blind" else typeset(text)


ITEM_WORDS = {
    "cascade": "cascade", "funding": "funding", "liquidation map": "liquidation map", "open interest": "open interest",
    "CVD": "CVD", "BTC context": "BTC context", "local trend": "local trend", "large trades": "large trades",
    "long/short ratio": "long/short ratio", "realised 24 h": "realised 24 h", "options": "options", "none": "none",
}  # fmt: skip
"""The items of the checklist, and that there is none."""


def _items(names: str, controls: Controls) -> str:
    return ", ".join(label(ITEM_WORDS[name], controls) if name in ITEM_WORDS else name for name in names.split(", "))


_BALANCE_WORDS = {
    "balanced": "balanced", "one-sided long flush": "one-sided long flush",
    "one-sided short squeeze": "one-sided short squeeze", "a lower bound": "a lower bound",
}  # fmt: skip


def balance_words(words: str, controls: Controls) -> str:
    """How one-sided a day was, in the reader's language."""
    parts = clean(words).split(", ")
    return ", ".join(label(_BALANCE_WORDS[part], controls) if part in _BALANCE_WORDS else part for part in parts)
