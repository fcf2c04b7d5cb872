"""The numbers of the journal."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
