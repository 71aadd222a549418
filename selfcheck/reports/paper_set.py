"""The paper set of a comparative workshop: what it is for, the consent, and every item to tick, for whoever has no device."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from scoring.answers import Sheet
from scoring.questionnaire import ChoiceQuestion, Item, Perspective, Questionnaire
from scoring.wording import Language
from selfcheck import resources
from selfcheck.findings import Findings
from selfcheck.i18n import Translate, translator, written_day
from selfcheck.reports.pdf import settable
from selfcheck.reports.pdf import words as words_of_layouts
from selfcheck.typesetting import UNDATED, typeset

PLACES_BETWEEN = 2
"""Votes in a live round may lie between two stages."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """The workshop the papers are for; `start` is a time such as "09:00" or empty, `threshold` counts municipalities."""

    title: str
    purpose: str
    day: date
    start: str
    keep_until: date
    threshold: int


def paper_set(occasion: Occasion, questionnaire: Questionnaire, language: Language) -> bytes:
    """The papers of one municipality as PDF: cover, consent, questions, items in the order they are typed in, live rounds.

    Raises MissingAssets when the fonts have not been built.
    """
    _ = translator(language)
    findings = Findings(questionnaire, Sheet(questionnaire.id, questionnaire.version), language)
    data = {
        "language": language,
        "title": _("Paper set"),
        "occasion": occasion.title,
        "page": words_of_layouts(language)["page"],
        "municipality": _("Name of the municipality"),
        "lead": _(
            "For municipalities that take part without a device: consent, items to tick, and a sheet for live rounds."
        ),
        "about": [{"term": term, "said": said} for term, said in about(occasion, language)],
        "version": f"{findings.say.say(questionnaire.title)}, {questionnaire.id} {questionnaire.version}",
        "consent": _consent(_),
        "context": _context(findings, _),
        "items": _items(findings, _),
        "live": _live(questionnaire, _),
    }
    source = (resources.templates() / "report" / "paper_set.typ").read_bytes()
    return typeset(source, {"papers": json.dumps(_set(data), ensure_ascii=False)}, created=UNDATED)


def about(occasion: Occasion, language: Language) -> Iterator[tuple[str, str]]:
    """What it is for, what is copied, who sees it and when it is deleted, in the words of the pages."""
    _ = translator(language)
    day = written_day(occasion.day, language)
    at = ", " + _("at %(time)s") % {"time": occasion.start} if occasion.start else ""
    yield _("What it is for"), occasion.purpose
    yield _("When"), f"{day}{at}"
    yield (
        _("What is copied"),
        _(
            "Stages, targets and the answers about your municipality that values depend on. Never remarks, evidence, dissent, "
            "individual ratings or links. Later changes of your self-check are not seen until you renew the copy."
        ),
    )
    yield (
        _("Who sees it"),
        _(
            "What you choose below decides. By name or with an alias, all in the room see your values beside the others; "
            "otherwise only numbers of at least %(count)s municipalities are shown, and none that could be found by "
            "subtraction. The moderation sees your name and what you agree to."
        )
        % {"count": occasion.threshold},
    )
    yield _("What does not happen"), _("No ranking, no overall score, no list sorted by best.")
    yield (
        _("When it is deleted"),
        _(
            "At once when you leave or delete your self-check; otherwise after %(day)s. You can change or take back "
            "everything at any time, also during the workshop."
        )
        % {"day": written_day(occasion.keep_until, language)},
    )


def _consent(_: Translate) -> dict[str, Any]:
    return {
        "title": _("What you agree to"),
        "lead": _(
            "Please tick. Nothing is ticked beforehand; each purpose counts by itself and can be taken back at any time."
        ),
        "name_hint": _("With an alias or in numbers alone, only the moderation sees it."),
        "shown": _("How do you appear beside the others?"),
        "ways": [
            _("By name"),
            _("Under an alias: “Municipality” with a letter that is drawn"),
            _("Only in numbers of several municipalities together"),
        ],
        "further": _("Further purposes (each by itself, all optional)"),
        "tandems": _(
            "The moderation may propose learning tandems from our strengths and wishes and name us to the partner"
        ),
        "capacity": _("In how many tandems can you take part?"),
        "purposes": [
            _("We appear in the protocol as we appear on the screen"),
            _(
                "The agency may count our values together with others when it looks at several workshops, until the day of "
                "deletion"
            ),
        ],
        "signature": _("Signature for the municipality"),
        "lines": [_("Office or unit"), _("Place and date"), _("Signature or stamp of the unit")],
        "note": _(
            "The name of a person is not needed and not stored. The sheet stays with the moderation until the day of deletion; "
            "the link with which you change or take back your consent is handed to you when it is entered."
        ),
    }


def _context(findings: Findings, _: Translate) -> dict[str, Any]:
    say = findings.say.say
    questions = [one for one in findings.questionnaire.context if isinstance(one, ChoiceQuestion)]
    return {
        "title": _("About your municipality"),
        "lead": _("One tick for each question; what stays empty counts as not said."),
        "questions": [
            {"id": one.id, "question": say(one.question), "choices": [say(choice.label) for choice in one.choices]}
            for one in questions
        ],
    }


def _items(findings: Findings, _: Translate) -> dict[str, Any]:
    return {
        "title": _("Your stages"),
        "lead": _(
            "One tick for each item: the highest stage whose description applies in full. Each stage includes the ones before "
            "it. What stays empty stays open and is not counted as 0."
        ),
        "unsure": _("cannot judge"),
        "stage": _("Stage"),
        "names": [
            {"key": str(option.key), "name": findings.say.say(option.name)}
            for option in findings.questionnaire.scales[0].options
        ],
        "names_title": _("The stages"),
        "perspectives": [_perspective(findings, one) for one in findings.questionnaire.perspectives],
    }


def _perspective(findings: Findings, of: Perspective) -> dict[str, Any]:
    say = findings.say.say
    return {
        "id": of.id,
        "name": say(of.name),
        "definition": say(of.definition),
        "items": [_item(findings, item) for item in of.items],
    }


def _item(findings: Findings, item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "name": findings.say.say(item.name),
        "statement": findings.statement(item),
        "stages": [
            {"key": str(option.key), "anchor": findings.anchor(item, option.key)} for option in item.scale.options
        ],
    }


def _live(questionnaire: Questionnaire, _: Translate) -> dict[str, Any]:
    top = int(questionnaire.scales[0].highest)
    places = [half // 2 if half % 2 == 0 else None for half in range(PLACES_BETWEEN * top + 1)]
    return {
        "title": _("Live rounds on paper"),
        "lead": _(
            "One sheet for each person, without a name. One tick for the first vote, before you talk; one for the second, "
            "after it. A tick may lie between two stages. The moderation collects the sheets face down and shows them only "
            "all together."
        ),
        "asked": _("Item or vignette"),
        "votes": [_("First vote"), _("Second vote")],
        "vote": _("Turn"),
        "unsure": _("cannot judge"),
        "places": ["" if place is None else str(place) for place in places],
        "rounds": 3,
    }


def _set(value: Any) -> Any:
    """The same with texts that the fonts can print and that find a place to break."""
    match value:
        case str():
            return settable(value)
        case dict():
            return {key: _set(part) for key, part in value.items()}
        case list():
            return [_set(part) for part in value]
        case _:
            return value
