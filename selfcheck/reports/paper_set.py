"""The paper set of a comparative workshop: what it is for, the consent, and every item to tick, for whoever has no device."""

import json
from typing import Any

from scoring.model.answers import Sheet
from scoring.model.questionnaire import ChoiceQuestion, Item, Perspective, Questionnaire
from scoring.model.wording import Language
from selfcheck.ground import resources
from selfcheck.ground.i18n import Translate, translator
from selfcheck.ground.typesetting import UNDATED, typeset
from selfcheck.reports.invitation import Occasion, about
from selfcheck.reports.layout_words import words as words_of_layouts
from selfcheck.reports.pdf import settable
from selfcheck.words.findings import Findings

PLACES_BETWEEN = 2
"""Votes in a live round may lie between two stages."""


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
        "about": [{"term": term, "said": said} for term, said in about(occasion, language, on_paper=True)],
        "version": f"{findings.say.say(questionnaire.title)}, {questionnaire.id} {questionnaire.version}",
        "consent": _consent(_),
        "context": _context(findings, _),
        "items": _items(findings, _),
        "live": _live(questionnaire, _),
    }
    source = (resources.templates() / "report" / "paper_set.typ").read_bytes()
    return typeset(source, {"papers": json.dumps(_set(data), ensure_ascii=False)}, created=UNDATED)


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
        "later": _(
            "You can change this later, with one exception: whoever was counted in numbers alone can no longer appear under an "
            "alias in this workshop, and by name only if enough others are left in these numbers."
        ),
        "further": _("Further purposes (each by itself, all optional)"),
        "tandems": _(
            "The moderation may propose learning tandems from our strengths and wishes and name us to the partners; if we "
            "appear under an alias, they can then find out which one is ours, and so our values"
        ),
        "capacity": _("In how many tandems can you take part?"),
        "purposes": [
            _(
                "We appear in the protocol as on the screen (released numbers of several together stand there in any case, "
                "and count us if we appear in numbers alone)"
            ),
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
