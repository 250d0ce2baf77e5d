"""Patient text has no way through the hatch: a question is made of published ids and closed facets."""

from bot.privacy.phi import Phi
from knowledge.published import PublishedPractice
from knowledge.question import Facet, FacetKind, Length, PublicQuestion, ask


def examples(typed: Phi[str], practice: PublishedPractice, facet: Facet) -> None:
    ask(practice, language="en", length=Length.SHORT, sections=(typed,))  # refused: arg-type
    ask(practice, language=typed, length=Length.SHORT, sections=("hours",))  # refused: arg-type
    ask(practice, language="en", length="what I typed", sections=("hours",))  # refused: arg-type
    ask(practice, language="en", length=Length.SHORT, sections=("hours",), facets=(typed,))  # refused: arg-type
    ask(practice, language="en", length=Length.SHORT, sections=("hours",), text=typed)  # refused: call-arg
    ask(practice, language="en", length=Length.SHORT, sections=("hours",), facets=(facet,))
    Facet(FacetKind.PLAN, typed)  # refused: arg-type
    Facet("reason", "headache")  # refused: arg-type
    PublicQuestion(practice.hash, "en", Length.SHORT, (typed,))  # refused: arg-type
    PublicQuestion(practice.hash, "en", Length.SHORT, ("hours",)).sections = ("typed",)  # refused: misc
