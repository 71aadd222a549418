"""The fields for the words of a municipality: one from the list, or a noun of its own with the forms it needs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectChoice, SelectField

from scoring.model import texts
from scoring.model.answers import ChosenWord
from scoring.model.declension import GENDERS, OwnNoun, declined, mistake_in
from scoring.model.questionnaire import Questionnaire, TermsQuestion
from scoring.model.wording import Language, LocalWords, Wording
from selfcheck.forms.kit import Form, LineField
from selfcheck.words.findings import Findings

OPEN = ""
OWN = "own-word"
"""Chosen in the list for a word that is not in it."""

FORMS = ("singular", "plural", "genitive", "plural_dative", "english", "english_plural")
NEEDED = {
    "singular": _l("Please enter the word."),
    "gender": _l("Please choose the article."),
    "plural": _l("Please enter the plural."),
}
SENTENCES = (
    Wording("Das ist {word:nom}.", "This is {word:nom}."),
    Wording("Das ist der Name {word:gen}.", "This is the name {word:gen}."),
    Wording("Wir sprechen mit {word:dat}.", "We talk with {word:dat}."),
    Wording("Ohne {word:acc} geht es nicht.", "It does not work without {word:acc}."),
    Wording("Es gibt mehrere {word:pl}.", "There are several {word:pl}."),
    Wording("Wir sprechen mit mehreren {word:pl-dat}.", "We talk with several {word:pl-dat}."),
    Wording("Das sind die Namen {word:pl-gen}.", "These are the names {word:pl-gen}."),
)


class WordField(LineField):
    """A noun; a control character in it is told and not dropped, because a noun must be right in every letter."""

    def meant(self, text: str | None) -> str:
        """The noun as it is seen."""
        return " ".join(texts.visible(text or "").split())


def word_fields(question: TermsQuestion, findings: Findings) -> dict[str, Field]:
    """For each term the list, and the forms of an own noun."""
    fields: dict[str, Field] = {}
    kind = findings.sheet.context.choices.get(question.kind_from or "")
    for term in question.terms:
        chosen = findings.sheet.context.words.get(question.id, {}).get(term.id, OPEN)
        usual = term.word_for(kind).form("bare", findings.language)
        words = [SelectChoice(word.id, word.form("bare", findings.language)) for word in term.words]
        first = SelectChoice(OPEN, str(_l("as usual: %(word)s", word=usual)))
        last = SelectChoice(OWN, str(_l("enter an own word …")))
        name, noun = f"{question.id}-{term.id}", asdict(chosen) if isinstance(chosen, OwnNoun) else {}
        fields[name] = SelectField(choices=[first, *words, last], default=OWN if noun else chosen)
        articles = [SelectChoice(OPEN, str(_l("please choose"))), *(SelectChoice(one, one) for one in GENDERS)]
        fields[f"{name}-gender"] = SelectField(choices=articles, default=noun.get("gender", OPEN))
        for form in FORMS:
            fields[f"{name}-{form}"] = WordField(most=None, default=noun.get(form, ""))
    return fields


def complete_words(form: Form, findings: Findings) -> bool:
    """Whether every own word has what it needs; what is missing or wrong is marked in the form."""
    complete = True
    for name in _own(form, findings.questionnaire):
        for part in ("gender", *FORMS):
            field = form[f"{name}-{part}"]
            field.errors = list(_mistakes(form, name, part, findings.language))
            complete = complete and not field.errors
    return complete


def _own(form: Form, questionnaire: Questionnaire) -> Iterator[str]:
    """The names of the fields in which a word of one's own is chosen."""
    for question in questionnaire.context:
        for term in question.terms if isinstance(question, TermsQuestion) else ():
            if form[f"{question.id}-{term.id}"].data == OWN:
                yield f"{question.id}-{term.id}"


def _mistakes(form: Form, name: str, part: str, language: Language) -> Iterator[str]:
    text = _text(form, name, part)
    if part in NEEDED and not text:
        yield str(NEEDED[part])
    if mistake := mistake_in(text):
        said = mistake.text(language)
        yield f"{said[:1].upper()}{said[1:]}."
    if part == "english" and not text and _text(form, name, "english_plural"):
        yield str(_l("Please enter the singular as well."))


def _text(form: Form, name: str, part: str) -> str:
    """What stands in a field."""
    return form[f"{name}-{part}"].data or ""


def words_in(form: Form, question: TermsQuestion) -> dict[str, ChosenWord]:
    """The words a complete form holds; a term left as usual has none."""
    words: dict[str, ChosenWord] = {}
    for term in question.terms:
        name = f"{question.id}-{term.id}"
        if form[name].data == OWN:
            parts: dict[str, Any] = {part: _text(form, name, part) for part in ("gender", *FORMS)}
            words[term.id] = OwnNoun(**parts)
        elif form[name].data:
            words[term.id] = form[name].data
    return words


def examples(word: ChosenWord | None, language: Language) -> tuple[str, ...]:
    """Sentences with every form of an own noun, to be checked; none for a word of the list."""
    if not isinstance(word, OwnNoun):
        return ()
    local = LocalWords({"word": declined(word)})
    return tuple(local.fill(sentence, language) for sentence in SENTENCES)
