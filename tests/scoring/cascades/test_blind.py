"""What is dead is blind, what is doubtful is never calm, and what samples says so."""

from dataclasses import replace

import pytest

from tests.scoring.cascades.script_fixture import Script, calm, cascading, exhausted


def test_the_sampled_rule_needs_half_the_impulse_and_says_so() -> None:
    """240,000 USD in a minute are 6 bp: enough for a feed that shows half, too little for one that shows all."""
    found = {}
    for complete in (True, False):
        script = calm(complete)
        script.coins = None
        script.pass_(20, -3.0, 12_000.0)
        found[complete] = script.after()
        view = script.coin.view().down
        assert view.rule == ("full" if complete else "sampled")
        assert ("sampled rule" in view.why) is not complete
        assert view.inputs.sampled is not complete
        assert (view.inputs.renewal is None) is not complete
    assert "cascading" in found[False]
    assert "cascading" not in found[True]


@pytest.mark.parametrize("sleeping", [calm, cascading, exhausted])
def test_dead_liquidation_feeds_are_blind_whatever_was_before(sleeping: object) -> None:
    """And half a minute must pass with them before anything is told."""
    script = sleeping() if callable(sleeping) else calm()
    script.around = replace(script.around, blind="no liquidation feed is up")
    script.pass_(1)
    assert script.coin.view().down.why == "no liquidation feed is up"
    assert (script.state("down"), script.state("up")) == ("blind", "blind")
    script.around = replace(script.around, blind=None)
    script.pass_(25)
    assert (script.state("down"), script.state("up")) == ("blind", "blind")
    script.pass_(20)
    assert script.state("up") == "calm"


def test_stale_trades_are_blind_after_five_seconds() -> None:
    script = calm()
    script.pass_(5, trades=False)
    assert script.state() == "calm"
    script.pass_(1, trades=False)
    assert script.state() == "blind"
    assert "trades are 6.0 s old" in script.coin.view().down.why


def test_stale_open_interest_blinds_calm_and_not_a_cascade() -> None:
    """What was seen still proves a cascade; nothing proves a calm."""
    script = calm()
    script.pass_(100, reads=False)
    assert script.state() == "blind"
    assert "open interest is" in script.coin.view().down.why
    for second in range(20):
        script.pass_(1, -3.0, 3_000.0 * (second + 1), orders=min(4, 1 + second // 4), reads=False)
    assert script.state("down") == "cascading"
    assert "OI pending" in script.coin.view().down.why
    assert script.state("up") == "blind"


def test_a_coin_without_any_open_interest_is_calm_and_pending() -> None:
    script = Script()
    script.coins = None
    script.pass_(60)
    assert script.state() == "calm"
    assert "OI pending" in script.coin.view().down.inputs.pending


def test_a_saturated_sampling_feed_is_blind_where_it_would_be_calm() -> None:
    """An order in each of ten seconds hides how many there were; a complete feed beside it does not."""
    script = calm(complete=False)
    script.pass_(12, 0.0, 100.0)
    view = script.coin.view().down
    assert (view.state, view.at_least, view.title) == ("blind", True, "blind >=")
    assert cascading(complete=False).coin.view().down.title == "cascading >="
    full = calm()
    full.pass_(12, 0.0, 100.0)
    assert full.coin.view().down.title == "calm"
