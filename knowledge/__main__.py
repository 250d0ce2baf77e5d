"""`python -m knowledge`: knowledge's own command line, in a process that never knows a patient. `frontdesk kb` calls it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from knowledge.authoring import (
    ArticleRefused,
    InitRefused,
    NotUnderstood,
    Question,
    blockers,
    check,
    init,
    listing,
    new_article,
    questions,
)
from knowledge.library.problems import Problem
from knowledge.publishing import PracticeInvalid, publish, write


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    result: int = options.run(options)
    return result


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="frontdesk kb", description="The practice's knowledge: check, publish, write.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, summary: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary)
        added.add_argument("practice", type=Path, metavar="DIR", help="the practice folder, with practice.yaml in it")
        added.set_defaults(run=run)
        return added

    command("check", _check, "Say everything that is wrong in a practice folder, with file, line and remedy.")
    out = command("publish", _publish, "Check, then make the practice's content current for the running service.")
    out.add_argument("--out", type=Path, default=Path("var/published"), help="where the service reads it (default: %(default)s)")
    command("list", _list, "List the articles: id, kind, languages, review date.")
    new = command("new", _new, "Start a new article from a skeleton.")
    new.add_argument("id", help="the article's id, like parking-and-directions")
    new.add_argument("--kind", default="services", help="what it is about (default: %(default)s)")
    command("init", _init, "Make a new practice folder; asks for the facts it needs.")
    command("blockers", _blockers, "List what keeps this practice from going live, each with its remedy.")
    return parser


def _print_problems(problems: Sequence[Problem]) -> None:
    for problem in problems:
        sys.stdout.write(f"{problem}\n")


def _check(options: argparse.Namespace) -> int:
    report = check(options.practice, today=date.today())  # noqa: DTZ011 - review dates are plain days
    _print_problems([*report.errors, *report.warnings])
    sys.stdout.write(f"{len(report.errors)} to fix, {len(report.warnings)} to look at.\n")
    return 1 if report.errors else 0


def _publish(options: argparse.Namespace) -> int:
    try:
        practice = publish(options.practice, today=date.today())  # noqa: DTZ011
    except PracticeInvalid as invalid:
        _print_problems(invalid.problems)
        sys.stdout.write("Nothing was published. Fix these, then publish again.\n")
        return 1
    write(practice, options.out)
    sys.stdout.write(f"Published {practice.name}: {len(practice.sections)} sections, {practice.hash[:12]}.\n")
    return 0


def _list(options: argparse.Namespace) -> int:
    for row in listing(options.practice, today=date.today()):  # noqa: DTZ011
        languages = ", ".join(row.approved) or "no approval"
        sys.stdout.write(f"{row.id:34} {row.kind:14} {languages:12} review by {row.review_by}  {row.title}\n")
    return 0


def _new(options: argparse.Namespace) -> int:
    try:
        path = new_article(options.practice, options.id, options.kind, today=date.today())  # noqa: DTZ011
    except ArticleRefused as refused:
        sys.stdout.write(f"{refused}\n")
        return 1
    sys.stdout.write(f"Wrote {path}. Fill it in, then run `frontdesk kb check`.\n")
    return 0


def _init(options: argparse.Namespace) -> int:
    answers: dict[str, str] = {}
    try:
        for question in questions():
            answers[question.key] = _asked(question, answers)
        written = init(options.practice, answers, today=date.today())  # noqa: DTZ011
    except EOFError:
        sys.stdout.write("\nStopped. Nothing was written.\n")
        return 1
    except InitRefused as refused:
        sys.stdout.write(f"{refused}\n")
        return 1
    sys.stdout.write(f"Wrote {len(written)} files into {options.practice}. Next: `frontdesk doctor {options.practice}`.\n")
    return 0


def _asked(question: Question, answers: dict[str, str]) -> str:
    """One answer, asked for until it can be used; with `many`, several, ended by an empty line."""
    given: list[str] = []
    while True:
        proposed = question.default(answers)
        shown = f" [{proposed}]" if proposed and not given else ""
        typed = input(f"{question.ask} ({question.hint}){shown}\n> ")
        if not typed.strip():
            if question.many and given:
                return "; ".join(given)
            typed = proposed
        try:
            given.append(question.read(typed))
        except NotUnderstood as wrong:
            sys.stdout.write(f"{wrong}\n")
            continue
        if not question.many:
            return given[0]


def _blockers(options: argparse.Namespace) -> int:
    found = blockers(options.practice, date.today())  # noqa: DTZ011
    for blocker in found:
        sys.stdout.write(f"- {blocker.what}\n  {blocker.remedy}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
