"""What to do about a failure of the network, by the words that the feeds tell it in."""

_BY_WORDS = (
    (
        ("not offered from", "blocked (403)"),
        "it refuses this address by its location or a firewall: [network] proxy or gateway, or leave it out of venues",
    ),
    (
        ("rate limited", "banned", "too many"),
        "wait as long as it says; is another program on this address asking the same exchange?",
    ),
    (
        ("certificate", "ssl", "tls", "decryption failed"),
        "does a firewall or proxy open TLS? are the clock and the system's root certificates right?",
    ),
    (("resolve", "name or service", "no address", "nodename", "getaddrinfo"), "check the DNS resolver and the name"),
    (("proxy",), "check [network] proxy"),
    (
        ("refused", "unreachable", "connection attempts failed", "multiple exceptions"),
        "is the network up? where [network] has a gateway or a proxy, does it run?",
    ),
    (
        ("wrong route",),
        "it may block this address without a word: another way out ([network] proxy); a gateway has to pass frames on",
    ),
    (
        ("no handshake", "timed out", "no answer", "nothing received", "within"),
        "a firewall that drops without a word, or a poor line: --seconds 60 waits longer",
    ),
    (("answered 5", "maintenance"), "the exchange has trouble of its own: try again later"),
    (("not served",), "a newer liqtop: the exchange has moved the address"),
)
OTHERWISE = "ask once more; where it stays, run liqtop events to see it happen"
"""What to do about a failure that none of the words name."""


def advice_for(reason: str) -> str:
    """What to do about a failure with this reason."""
    words = reason.lower()
    return next((advice for marks, advice in _BY_WORDS if any(mark in words for mark in marks)), OTHERWISE)
