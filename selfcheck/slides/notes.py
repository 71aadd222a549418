"""What stands below the slides for those who speak: where every number comes from, and what has no room above."""

from collections.abc import Iterable, Iterator, Sequence

from scoring.assess.result import Counted, LeftOut
from scoring.assess.steps import NextStep
from scoring.model.questionnaire import Perspective
from selfcheck.charts.profile import in_words, provenance
from selfcheck.ground.i18n import Translate, translator
from selfcheck.reading import fingerprints
from selfcheck.reports.outline import standing, step_facts, strengths
from selfcheck.words.findings import Findings, Variant
from selfcheck.words.result import how_to_read, questions_ask, transition
from selfcheck.words.steps import no_steps


def of_cover(findings: Findings, variant: Variant) -> Iterator[str]:
    """What the slides rest on, and for whom they are."""
    _ = translator(findings.language)
    yield provenance(findings)
    yield _("For the public") if variant == "public" else _("Internal – not for publication")
    yield findings.say.say(findings.questionnaire.about)
    yield from _sources(findings, _)


def _sources(findings: Findings, _: Translate) -> Iterator[str]:
    questionnaire = findings.questionnaire
    entry = _("{label}: {text}")
    yield entry.format(label=_("Source"), text=findings.say.say(questionnaire.source))
    hashed = fingerprints.of_questionnaire(questionnaire.id, questionnaire.version)
    yield entry.format(label=_("Hash of the questionnaire"), text=hashed)
    yield entry.format(label=_("Hash of the answers"), text=_hash_of_answers(findings))


def _hash_of_answers(findings: Findings) -> str:
    """The hash; half a surrogate pair has no bytes and therefore none."""
    try:
        return fingerprints.of_answers(findings.sheet)
    except UnicodeEncodeError:
        return "–"


def of_profile(findings: Findings) -> Iterator[str]:
    """The chart in words, how it is read, and all strengths."""
    _ = translator(findings.language)
    yield in_words(findings)
    yield how_to_read(_)
    if strong := strengths(findings):
        yield _("What to build on")
        yield from (f"– {one}" for one in strong)


def of_values(findings: Findings) -> Iterator[str]:
    """For each perspective how its value comes about, and the lines of the source."""
    _ = translator(findings.language)
    entry = _("{label}: {text}")
    for perspective in findings.questionnaire.perspectives:
        result = findings.result[perspective.id]
        name = f"{perspective.id} {findings.say.say(perspective.name)}"
        yield entry.format(label=name, text=standing(findings, perspective, result))
        yield from (f"– {findings.say.step(step)}" for step in result.trace if not isinstance(step, Counted | LeftOut))
        if lines := _lines_of(perspective):
            yield _("– Source: lines {lines}").format(lines=lines)


def _lines_of(perspective: Perspective) -> str:
    """The lines of the source behind a perspective and its items, neighbours joined."""
    origins = (perspective.origin, *(item.origin for item in perspective.items))
    return _joined(line for origin in origins for line in origin.lines)


def _joined(lines: Iterable[int]) -> str:
    spans: list[list[int]] = []
    for line in sorted(set(lines)):
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in spans)


def of_steps(findings: Findings, chosen: Sequence[NextStep]) -> Iterator[str]:
    """Each step in full, why it comes now, and where it comes from."""
    _ = translator(findings.language)
    entry = _("{label}: {text}")
    for step in chosen:
        one = step.recommendation
        name = findings.say.say(findings.questionnaire.perspective(one.perspective).name)
        yield transition(f"{one.perspective} {name}", one, _)
        yield findings.say.say(one.step)
        yield from (f"– {entry.format(label=term, text=said)}" for term, said in step_facts(findings, step).entries)
        if lines := _joined(one.origin.lines):
            yield _("– Source: lines {lines}").format(lines=lines)
        if one.origin.note:
            yield f"– {findings.say.say(one.origin.note)}"
    if not chosen:
        yield no_steps(findings, _)
    later = [step.recommendation.id for step in findings.steps if step not in chosen]
    if later:
        yield _("Steps that come later: {steps}.").format(steps=findings.say.list(later))


def of_proposal(findings: Findings, inside: bool) -> Iterator[str]:
    """All questions of the rules; inside the house also where not everybody agrees."""
    _ = translator(findings.language)
    if findings.hints:
        yield questions_ask(_)
        entry, label = _("{label}: {text}"), _("Rule {id}")
        for rule in findings.hints:
            yield f"– {entry.format(label=label.format(id=rule.id), text=findings.say.say(rule.text))}"
    if inside and findings.dissents:
        yield _("Where not everybody agrees")
        yield from (f"– {findings.say.item(id)}: {said}" for id, said in findings.dissents)
    yield how_to_read(_)
    yield from _sources(findings, _)
