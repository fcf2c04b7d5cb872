"""The numbers of the feeds."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
