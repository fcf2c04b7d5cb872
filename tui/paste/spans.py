"""Spans of time as liqtop itself writes them in its tables."""

from tui.paste.lexing import Token


def span_minutes(token: Token) -> float | None:
    """The minutes a token tells, None where it tells none; liqtop's ages write minutes with a small m."""
    if token.kind == "number" and token.numbers[0].minutes:
        return token.numbers[0].value / 1e6
    return token.minutes if token.kind == "span" else None
