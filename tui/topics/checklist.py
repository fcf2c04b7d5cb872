"""The numbers of the checklist."""

from tui.topics.topic import Topic

TOPICS: tuple[Topic, ...] = ()
