"""The numbers of the cascade."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
