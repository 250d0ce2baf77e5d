"""Outside systems in memory or on loopback, for tests and the demo. They keep the same promises as the real ones."""

from integrations.fakes.clock import FixedClock
from integrations.fakes.forms import DirectForms
from integrations.fakes.texts import FakeTexts, Text

__all__ = ["DirectForms", "FakeTexts", "FixedClock", "Text"]
