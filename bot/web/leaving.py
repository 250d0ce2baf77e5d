"""Which tabs of a conversation are open in this process, so that closing one of two is not "the patient has left"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Presence:
    """Streams by conversation and tab (a tab has a token of its own). Tabs in other processes mend it at their next ping."""

    open: dict[str, Counter[str]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    """Tokens whose page said goodbye while its stream was still up."""

    def arrive(self, conversation: str, token: str) -> None:
        self.gone.discard(token)
        self.open.setdefault(conversation, Counter())[token] += 1

    def depart(self, conversation: str, token: str) -> None:
        tabs = self.open.get(conversation)
        if tabs is None:
            return
        tabs[token] -= 1
        if tabs[token] <= 0:
            del tabs[token]
            self.gone.discard(token)
        if not tabs:
            del self.open[conversation]

    def leave(self, conversation: str, token: str) -> None:
        if token in self.open.get(conversation, ()):
            self.gone.add(token)

    def left(self, token: str) -> bool:
        return token in self.gone

    def anybody(self, conversation: str) -> bool:
        """Whether a tab is open that has not said goodbye."""
        return any(token not in self.gone for token in self.open.get(conversation, ()))
