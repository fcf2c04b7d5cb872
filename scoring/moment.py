"""Moments and spans as the short words that reasons and evidence use."""


def clock(at_ms: int) -> str:
    """The UTC clock of a UNIX time.

    >>> clock(1_737_979_424_000)
    '12:03:44 UTC'
    """
    seconds = at_ms // 1000 % 86_400
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d} UTC"


def span(length_ms: float) -> str:
    """A length of time in its largest fitting unit.

    >>> span(900), span(75_000), span(720_000), span(86_400_000)
    ('0.9 s', '1 m', '12 m', '24 h')
    """
    seconds = max(0.0, length_ms) / 1000
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 60:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} m"
    return f"{seconds / 3600:.0f} h"
