"""The numbers of the status."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
