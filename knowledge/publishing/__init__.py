"""Turns a practice folder without errors into one immutable, hashed `PublishedPractice`, and keeps it on disk."""

from knowledge.publishing.files import PublishedUnreadable, read, write
from knowledge.publishing.publish import PracticeInvalid, publish

__all__ = ["PracticeInvalid", "PublishedUnreadable", "publish", "read", "write"]
