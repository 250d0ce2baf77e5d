"""What can be wrong with the safety tables. Raised when they are loaded, never while a message is read."""


class SafetyTableBroken(Exception):
    """A safety table cannot be used. The message names the file, the entry and what to do."""
