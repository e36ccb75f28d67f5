"""What the rules find."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model

from content.review.rules import RULES, Rule
from content.review.subjects import Subject, subjects_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, in words that the editor reads."""

    rule: Rule
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    subject: Subject
    findings: tuple[Finding, ...]


def review(rows: Iterable[Model], *, only: str = "") -> list[Review]:
    """Those of `rows` that break a rule, each with its findings; `only` is the key of one rule. Two queries."""
    rules = [rule for rule in RULES if only in {"", rule.key}]
    reviews = [
        Review(subject, tuple(Finding(rule, text) for rule in rules for text in rule.faults(subject)))
        for subject in subjects_of(rows)
    ]
    return [each for each in reviews if each.findings]


def findings_of(row: Model) -> tuple[Finding, ...]:
    """What the rules find in one page or snippet as it is in memory, saved or not."""
    return next((each.findings for each in review([row])), ())
