"""What a safety check says about one message."""

from dataclasses import dataclass
from typing import Literal

Label = Literal["emergency", "crisis", "clinical_advice", "none"]
Tier = Literal["hard", "soft", "none"]

LABEL_OF_KIND: dict[str, Label] = {
    "emergency": "emergency",
    "poison": "emergency",
    "crisis": "crisis",
    "domestic_violence": "crisis",
    "child_abuse": "crisis",
    "elder_abuse": "crisis",
    "sexual_assault": "crisis",
    "perinatal": "crisis",
    "harm_to_others": "crisis",
    "clinical_advice": "clinical_advice",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The label of a message, how sure it is, which fixed text fits (`kind`), and the rules that said so.

    `hard` stops the flow; `soft` adds one line and goes on (R-503). A clinical question has no tier.
    `kind` is None when nothing was found.
    """

    label: Label
    tier: Tier
    kind: str | None
    rules: tuple[str, ...] = ()
    attempt: bool = False   # a suicide attempt under way: the text carries 911, 988 and poison control together

    @property
    def alarm(self) -> bool:
        """Whether the patient must be shown an emergency or crisis text, in full or as one line."""
        return self.label in ("emergency", "crisis")


NOTHING_FOUND = Verdict(label="none", tier="none", kind=None)
