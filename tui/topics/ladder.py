"""The numbers of the ladder."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
