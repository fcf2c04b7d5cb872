"""The numbers of the header."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
