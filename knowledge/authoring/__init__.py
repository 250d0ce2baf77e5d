"""What the command line needs to make and keep a practice: questions, a first folder, checks, what blocks going live."""

from knowledge.authoring.articles import ArticleRefused, new_article
from knowledge.authoring.going_live import Blocker, blockers
from knowledge.authoring.init import InitRefused, init
from knowledge.authoring.questions import NotUnderstood, Question, questions
from knowledge.authoring.report import Report, Row, check, listing

__all__ = [
    "ArticleRefused",
    "Blocker",
    "InitRefused",
    "NotUnderstood",
    "Question",
    "Report",
    "Row",
    "blockers",
    "check",
    "init",
    "listing",
    "new_article",
    "questions",
]
