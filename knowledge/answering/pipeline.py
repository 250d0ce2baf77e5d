"""From a `PublicQuestion` to an answer that may be shown, or an honest reason why not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.answering.grounding import objection
from knowledge.answering.passages import CannotAnswer, Reason, passages_for
from knowledge.answering.ports import ModelNonsense, WordingModel
from knowledge.prompts import MAX_CHARACTERS, answer_prompt
from knowledge.published import PublishedPractice
from knowledge.question import PublicQuestion, check


@dataclass(frozen=True, slots=True)
class Answer:
    """Worded by the model and borne by the cited passages."""

    text: str
    passage_ids: tuple[str, ...]
    language: str


async def answer(
    question: PublicQuestion, *, practice: PublishedPractice, model: WordingModel, today: date
) -> Answer | CannotAnswer:
    """Raises `ModelFailed` when the model cannot be reached, and `QuestionRefused` outside the published vocabulary."""
    check(question, practice)
    passages = passages_for(question, practice=practice, today=today)
    if isinstance(passages, CannotAnswer):
        return passages
    prompt = answer_prompt(passages, language=question.language, length=question.length)
    try:
        worded = await model.word(prompt)
    except ModelNonsense:
        return CannotAnswer(Reason.NONSENSE)
    if worded.cannot_answer:
        return CannotAnswer(Reason.DECLINED)
    cited = tuple(passage for passage in passages if passage.id in worded.passage_ids)
    known = {passage.id for passage in passages}
    if not cited or not set(worded.passage_ids) <= known:
        return CannotAnswer(Reason.NOT_GROUNDED)
    if not 0 < len(worded.answer) <= MAX_CHARACTERS[question.length]:
        return CannotAnswer(Reason.NONSENSE)
    links = (practice.website, practice.portal_url, *practice.notices.values())
    if objection(worded.answer, passages=cited, language=question.language, links=links) is not None:
        return CannotAnswer(Reason.NOT_GROUNDED)
    return Answer(worded.answer, tuple(passage.id for passage in cited), question.language)
