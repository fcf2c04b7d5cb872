"""The market of a moment that is led in to: at no time does another thread think that there is none."""

import pytest

from feeds.inbox import Inbox
from scoring.market import Market
from scoring.settings import ScoringSettings
from tests.tui.scripted import mark
from tui.leading import Leading

PRICE = mark(71_000.0)


class Watched(Leading):
    """Notes after each step of a change what another thread would see."""

    seen: list[bool]

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if "seen" in self.__dict__:
            self.seen.append(self.is_going)


def market() -> Market:
    return Market(ScoringSettings(), ("BTC",))


@pytest.fixture
def leading() -> Watched:
    return Watched(market, Inbox(1_000))


def test_a_moment_that_is_reached_is_led_in_to_until_the_screen_takes_it(leading: Watched) -> None:
    leading.begin()
    leading.seen = []
    assert leading.put([PRICE])
    leading.arrive()
    assert all(leading.seen)
    reached, events = leading.hand_over(waiting=True)
    assert reached is not None
    assert reached.view("BTC").price.value == 71_000.0
    assert (events, leading.is_going) == ([], False)


def test_without_a_lead_in_events_wait_until_those_before_them_are_folded(leading: Watched) -> None:
    leading.put([PRICE])
    leading.arrive()
    assert leading.hand_over(waiting=True) == (None, [])
    assert leading.hand_over(waiting=False) == (None, [PRICE])


def test_nothing_is_handed_over_while_a_moment_is_led_in_to(leading: Watched) -> None:
    leading.put([PRICE])
    leading.begin()
    leading.put([PRICE])
    assert leading.hand_over(waiting=False) == (None, [])
    leading.arrive()
    leading.put([PRICE])
    assert leading.hand_over(waiting=True)[1] == [PRICE]


def test_another_moment_takes_the_place_of_one_that_nobody_took_yet(leading: Watched) -> None:
    leading.begin()
    leading.put([PRICE])
    leading.arrive()
    leading.begin()
    assert leading.hand_over(waiting=False)[0] is None
    leading.arrive()
    reached, _ = leading.hand_over(waiting=False)
    assert reached is not None
    assert reached.view("BTC").price.value is None


def test_a_tape_without_lead_ins_begins_anew_at_once(leading: Watched) -> None:
    leading.put([PRICE])
    leading.begin_at_once()
    leading.put([PRICE, PRICE])
    reached, events = leading.hand_over(waiting=True)
    assert reached is not None
    assert events == [PRICE, PRICE]
