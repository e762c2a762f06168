"""The findings of the rules in sentences: what a rule says of several milestones is said once."""

from __future__ import annotations

from collections.abc import Sequence

from workbook.errors import Message
from workbook.review import Finding
from workbook.words import Words
from workbook.words.figures import paragraph


def findings_said(findings: Sequence[Finding], words: Words) -> list[tuple[Finding, str]]:
    """Return the findings in their order, each with its sentence.

    Those that differ by nothing but their milestone are one: the first, with the other names.
    """
    alike: dict[str, list[Finding]] = {}
    for finding in findings:
        alike.setdefault(_apart_from_the_milestone(finding), []).append(finding)
    return [(same[0], _said(same, words)) for same in alike.values()]


def _apart_from_the_milestone(finding: Finding) -> str:
    """Return what is equal for two findings that say the same of two milestones."""
    values = {name: of for name, of in finding.message.values.items() if name != "milestone"}
    own = finding.milestone if "milestone" not in finding.message.values else None
    return repr((finding.rule, finding.message.template, values, own))


def _said(same: Sequence[Finding], words: Words) -> str:
    sentence = words.message(same[0].message)
    others = [finding.message.values["milestone"] for finding in same[1:]]
    if not others:
        return sentence
    names = words.list(Message("“{name}”", {"name": name}) for name in others)
    return paragraph(sentence, words("The same holds for {names}.", names=names))
