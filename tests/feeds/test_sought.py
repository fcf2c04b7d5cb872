"""Where a replay is asked to go, from one thread, while another obeys: nothing that is asked is lost."""

from feeds.sought import Sought


def test_what_is_asked_is_taken_once() -> None:
    sought = Sought()
    sought.ask(5)
    assert (sought.to_ms, sought.take(), sought.take(), sought.to_ms) == (5, 5, None, None)


def test_what_is_asked_while_another_moment_is_reached_stays_asked() -> None:
    sought = Sought()
    sought.ask(5)
    sought.ask(7)
    assert not sought.met(5)
    assert sought.to_ms == 7
    assert sought.met(7)
    assert sought.to_ms is None


def test_a_consumer_that_starts_afresh_is_not_met_by_playing_on() -> None:
    sought = Sought()
    sought.ask(5)
    sought.ask(5, anew=True)
    assert not sought.met(5)
    assert (sought.to_ms, sought.anew) == (5, True)


def test_that_a_consumer_starts_afresh_outlasts_another_moment_and_ends_when_it_is_taken() -> None:
    sought = Sought()
    sought.ask(5, anew=True)
    sought.ask(9)
    assert sought.anew
    assert sought.take() == 9
    assert not sought.anew
