"""The recommendation report as an outline: what stands in it, in which order, in whole sentences."""

from collections.abc import Iterator
from fractions import Fraction

from scoring.compare import Comparison, Status
from scoring.questionnaire import Item, Perspective
from scoring.result import Counted, LeftOut, PerspectiveResult
from scoring.steps import NextStage, NextStep
from selfcheck import fingerprints
from selfcheck.charts.profile import profile, provenance, written_date
from selfcheck.findings import Findings
from selfcheck.i18n import Translate, translator
from selfcheck.reports.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Facts,
    Figure,
    Heading,
    NewPage,
    Outline,
    Paragraph,
    Table,
)


def outline(findings: Findings) -> Outline:
    """The recommendation report about one municipality's answers."""
    _ = translator(findings.language)
    chapters = (_summary, _profile, _questions, _order, _perspectives, _method)
    return Outline(
        language=findings.language,
        title=_("Recommendation report"),
        subtitle=findings.say.say(findings.questionnaire.title),
        municipality=findings.sheet.municipality,
        date=written_date(findings),
        imprint=provenance(findings),
        blocks=tuple(block for chapter in chapters for block in chapter(findings, _)),
    )


def effort_words(_: Translate) -> dict[str, str]:
    """Effort classes in words."""
    return {
        "low": _("low: up to 5 person-days"),
        "medium": _("medium: up to 6 months"),
        "high": _("high: longer than 6 months, or a body must decide"),
    }


def kind_words(_: Translate) -> dict[str, str]:
    """Kinds of steps in words."""
    return {
        "immediate": _("immediate step"),
        "short-term": _("short-term step"),
        "medium-term": _("medium-term step"),
        "structural": _("structural step"),
        "routine": _("routine step"),
    }


def status_words(_: Translate) -> dict[Status, str]:
    """What a comparison found, in words with a mark that also tells in grey."""
    return {
        "met": _("● met here"),
        "missing": _("○ missing here"),
        "unknown": _("? unknown here"),
        "illustrates": _("· illustrates only"),
        "not-applicable": _("– not applicable here"),
    }


def step_facts(findings: Findings, step: NextStep) -> Facts:
    """Why it comes now, who prepares, who decides, how much work, what comes first."""
    _ = translator(findings.language)
    recommendation, say = step.recommendation, findings.say
    kind = kind_words(_)[recommendation.kind]
    effort = effort_words(_)[recommendation.effort.size]
    entries = [
        (_("Why now"), " ".join(say.reason(reason) for reason in step.reasons)),
        (_("Prepares"), say.say(recommendation.prepares)),
        (_("Decides"), say.say(recommendation.decides)),
        (_("Effort (our estimate)"), f"{say.say(recommendation.effort.estimate)} – {effort}"),
        (_("Kind"), kind),
    ]
    if step.after:
        entries.append((_("First"), say.list(step.after)))
    return Facts(tuple(entries))


def strengths(findings: Findings) -> tuple[str, ...]:
    """What to build on, each with its stage, strongest first: agreed or better; where nothing is, the first attempts."""
    reached = {item.id: findings.result.facts.stages[item.id] for item in findings.asked}
    for least in (2, 1):
        found = [(points, id) for id, points in reached.items() if isinstance(points, Fraction) and points >= least]
        if found:
            ordered = sorted(found, key=lambda pair: -pair[0])
            return tuple(f"{findings.say.item(id)} – {findings.stage_name(points)}" for points, id in ordered)
    return ()


def _summary(findings: Findings, _: Translate) -> Iterator[Block]:
    """One page for councillors."""
    yield Heading(1, _("At a glance"))
    yield Paragraph(_purpose(findings, _), "lead")
    answered = sum(result.answered for result in findings.result.perspectives)
    asked = sum(result.asked for result in findings.result.perspectives)
    yield Paragraph(
        _("{answered} of {asked} items have been rated. What is open shows as a range, never as zero.").format(
            answered=answered, asked=asked
        )
    )
    if findings.not_agreed:
        yield Paragraph(
            _("Medians of individual ratings, not agreed yet: {count} of these items.").format(
                count=len(findings.not_agreed)
            )
        )
    yield Heading(2, _("What to build on"))
    strong = strengths(findings)
    if strong:
        yield Bullets(strong[:6])
        if len(strong) > 6:
            yield Paragraph(
                _("and {count} more, see the chapters on the perspectives.").format(count=len(strong) - 6), "note"
            )
    else:
        yield Paragraph(_("No item has been rated above stage 0 yet. That is a normal starting point."))
    yield Heading(2, _("What should come next"))
    priorities = [step for step in findings.steps if step.priority and step.possible_now][:3]
    if not priorities:
        yield Paragraph(_no_steps(findings, _))
    for step in priorities:
        perspective = findings.questionnaire.perspective(step.recommendation.perspective)
        title = f"{findings.say.say(perspective.name)}: {_stages(step, _)}"
        yield Callout("step", title, findings.say.say(step.recommendation.step))


def _no_steps(findings: Findings, _: Translate) -> str:
    if all(result.value is None for result in findings.result.perspectives):
        return _("There are too few answers for recommendations. Rate at least half of the items of a perspective.")
    return _("No step is due: every rated item has reached the highest stage.")


def _purpose(findings: Findings, _: Translate) -> str:
    name = findings.sheet.municipality
    if name:
        text = _(
            "This report shows where {name} stands in integrated planning, by its own rating, and which steps come next."
        )
        return text.format(name=name)
    return _(
        "This report shows where the municipality stands in integrated planning, by its own rating, and which steps come next."
    )


def _profile(findings: Findings, _: Translate) -> Iterator[Block]:
    yield NewPage()
    yield Heading(1, _("Profile"))
    yield Figure(profile(findings), _("Profile of the eight practice perspectives"))
    yield Paragraph(
        _(
            "The value of a perspective is the median of its rated items; of an even number of items the mean of the two in the "
            "middle. “Throughout” is the stage that every rated item has reached. There is no overall value: the perspectives "
            "are read side by side, and the area of the chart means nothing."
        ),
        "note",
    )
    yield profile_table(findings)


def profile_table(findings: Findings) -> Table:
    """The values behind the radar; with the target and the last time where there are any."""
    _ = translator(findings.language)
    columns = [
        Column(_("Perspective"), 10),
        Column(_("Value"), 3, number=True),
        Column(_("Throughout"), 4, number=True),
        Column(_("Range"), 3, number=True),
        Column(_("Certainty"), 4),
        Column(_("Rated"), 4, number=True),
    ]
    if findings.towards:
        columns.append(Column(_("Target (reached)"), 4, number=True))
    if findings.since:
        columns.append(Column(_("Last time (change)"), 4, number=True))
    rows = tuple(_profile_row(findings, result) for result in findings.result.perspectives)
    return Table(_("Values of the profile"), tuple(columns), rows)


def _profile_row(findings: Findings, result: PerspectiveResult) -> tuple[str, ...]:
    say = findings.say
    row = [
        f"{result.perspective} {say.say(findings.questionnaire.perspective(result.perspective).name)}",
        findings.value(result),
        "–" if result.minimum is None else say.number(result.minimum),
        findings.range(result),
        findings.certainty(result),
        f"{result.answered}/{result.asked}" if result.asked else "–",
    ]
    if findings.towards:
        way = findings.towards.get(result.perspective)
        row.append(
            _beside(str(way.wanted) if way else "", say.percent(way.share) if way and way.share is not None else "")
        )
    if findings.since:
        before = findings.last_value(result.perspective)
        change = findings.since[result.perspective].pairs[0].change
        row.append(_beside("" if before is None else say.number(before), "" if change is None else say.change(change)))
    return tuple(row)


def _beside(main: str, more: str) -> str:
    return f"{main} ({more})" if more else main or "–"


def _questions(findings: Findings, _: Translate) -> Iterator[Block]:
    if not findings.hints:
        return
    yield NewPage()
    yield Heading(1, _("Questions to think about"))
    yield Paragraph(_("Some answers stand out when read together. The rules ask; they correct nothing."))
    for rule in findings.hints:
        yield Callout("question", _("Rule {id}").format(id=rule.id), findings.say.say(rule.text))


def _order(findings: Findings, _: Translate) -> Iterator[Block]:
    if not findings.hints:
        yield NewPage()
    yield Heading(1, _("Next steps in order"))
    if not findings.steps:
        yield Paragraph(_no_steps(findings, _))
        return
    yield Paragraph(
        _(
            "The order respects preconditions; then comes what unlocks most other steps, what can be done at once, and what "
            "lies lowest. ▲ marks the priorities, at most three perspectives. What to do stands with each perspective."
        )
    )
    rows = tuple(_order_row(findings, place, step, _) for place, step in enumerate(findings.steps, 1))
    columns = (Column(_("Step"), 4), Column(_("Perspective"), 8), Column(_("Why now"), 9), Column(_("First"), 4))
    yield Table(_("Next steps with reasons and preconditions"), columns, rows)


def _order_row(findings: Findings, place: int, step: NextStep, _: Translate) -> tuple[str, ...]:
    recommendation = step.recommendation
    name = findings.say.say(findings.questionnaire.perspective(recommendation.perspective).name)
    special = [reason for reason in step.reasons if not isinstance(reason, NextStage)]
    return (
        f"{place}. {recommendation.id}{' ▲' if step.priority else ''}",
        f"{name}: {_stages(step, _)}",
        " ".join(findings.say.reason(reason) for reason in special or step.reasons),
        findings.say.list(step.after) or _("now possible"),
    )


def _stages(step: NextStep, _: Translate) -> str:
    low, high = step.recommendation.from_stage, step.recommendation.to_stage
    return _("stage {low} → {high}").format(low=low, high=high)


def _perspectives(findings: Findings, _: Translate) -> Iterator[Block]:
    for perspective in findings.questionnaire.perspectives:
        yield from _perspective(findings, perspective, _)


def _perspective(findings: Findings, perspective: Perspective, _: Translate) -> Iterator[Block]:
    result = findings.result[perspective.id]
    yield Heading(1, f"{perspective.id} {findings.say.say(perspective.name)}")
    yield Paragraph(findings.say.say(perspective.definition), "lead")
    yield Paragraph(standing(findings, perspective, result))
    items = findings.asked_in(perspective)
    if items:
        columns = (Column(_("Item"), 5), Column(_("Stage"), 3), Column(_("What this means"), 9))
        rows = tuple(_item_row(findings, item, _) for item in items)
        yield Table(_("Items of {id}").format(id=perspective.id), columns, rows)
    if steps := tuple(_unlisted(findings, result)):
        yield Heading(2, _("How the value comes about"))
        yield Bullets(steps)
    yield from _own_step(findings, perspective, _)
    yield from _examples(findings, perspective, _)


def _unlisted(findings: Findings, result: PerspectiveResult) -> Iterator[str]:
    """The steps of the trace that the table of items does not show already."""
    for step in result.trace:
        if not isinstance(step, Counted | LeftOut):
            yield findings.say.step(step)


def standing(findings: Findings, perspective: Perspective, result: PerspectiveResult) -> str:
    """Where the perspective stands, in a sentence."""
    _ = translator(findings.language)
    if not findings.chosen(perspective.id):
        return _("This perspective is not part of this check; that is neither zero nor a gap.")
    if not result.applicable:
        return _("This perspective is not applicable here; it is neither zero nor a gap.")
    if result.value is None:
        return _(
            "Too few items are rated for a value ({answered} of {asked}). Possible is anything from {range}."
        ).format(answered=result.answered, asked=result.asked, range=findings.range(result))
    points = [p for item in perspective.items if isinstance(p := findings.result.facts.stages[item.id], Fraction)]
    spread = {"low": findings.say.number(min(points)), "high": findings.say.number(max(points))}
    if result.value.denominator == 1:
        text = _("Value {value} ({name}). The rated items range from stage {low} to stage {high}.")
        return text.format(value=findings.value(result), name=findings.stage_name(result.value), **spread)
    text = _("Value {value}, between “{below}” and “{above}”. The rated items range from stage {low} to stage {high}.")
    names = {"below": findings.stage_name(result.value), "above": findings.stage_name(result.value + 1)}
    return text.format(value=findings.value(result), **names, **spread)


def _item_row(findings: Findings, item: Item, _: Translate) -> tuple[str, str, str]:
    answer = findings.sheet.answers.get(item.id)
    name = findings.say.item(item.id)
    if answer is None or answer.is_open:
        return name, _("open"), "–"
    if answer.choice is None:
        return name, _("cannot be judged"), "–"
    option = item.scale.option(answer.choice)
    assert option is not None
    stage = f"{answer.choice} {findings.say.say(option.name)}"
    return name, stage, findings.anchor(item, answer.choice)


def _own_step(findings: Findings, perspective: Perspective, _: Translate) -> Iterator[Block]:
    for step in findings.steps:
        if step.recommendation.perspective == perspective.id:
            title = _("From stage {from_stage} to {to_stage}").format(
                from_stage=step.recommendation.from_stage, to_stage=step.recommendation.to_stage
            )
            yield Callout("step", title, findings.say.say(step.recommendation.step), step_facts(findings, step))


def _examples(findings: Findings, perspective: Perspective, _: Translate) -> Iterator[Block]:
    if not findings.result[perspective.id].applicable:
        return
    yield Heading(2, _("What documented examples show"))
    suitable = findings.suitable(perspective.id)
    if not suitable:
        yield Paragraph(_("No suitable example is documented."))
    for comparison in suitable:
        yield from _example(findings, perspective, comparison, _)
    if later := findings.not_yet_suitable(perspective.id):
        yield Paragraph(_("Not yet suitable: at least one condition is missing here"))
        yield Bullets(tuple(_missing(findings, comparison) for comparison in later))


def _example(findings: Findings, perspective: Perspective, comparison: Comparison, _: Translate) -> Iterator[Block]:
    say, practice, words = findings.say, comparison.practice, status_words(_)
    yield Heading(3, f"{practice.municipality}: {say.say(practice.title)}")
    yield Paragraph(f"{say.say(practice.summary)} ({say.say(practice.as_of)})")
    ids = {item.id for item in perspective.items}
    rows = [
        (say.item(item.documented.item), _documented(item.documented.stage, _), words[item.status])
        for item in comparison.items
        if item.documented.item in ids
    ]
    rows += [(_("Condition"), say.say(c.condition.text), words[c.status]) for c in comparison.conditions]
    columns = (Column(_("Item or condition"), 5), Column(_("Documented there"), 8), Column(_("Here"), 3))
    yield Table(
        _("{municipality} beside your answers").format(municipality=practice.municipality), columns, tuple(rows)
    )
    yield Paragraph(_("What the example does not show: {limits}").format(limits=say.say(practice.limits)), "note")
    lines = say.list([str(line) for line in practice.origin.lines])
    yield Paragraph(_("Source: lines {lines}. An example is evidence, not a rating.").format(lines=lines), "note")


def _missing(findings: Findings, comparison: Comparison) -> str:
    """An example and what is missing here for it."""
    missing = " ".join(findings.say.say(condition.text) for condition in comparison.missing)
    _ = translator(findings.language)
    text = _("{municipality}, {title}. Missing here: {missing}")
    title = findings.say.say(comparison.practice.title)
    return text.format(municipality=comparison.practice.municipality, title=title, missing=missing)


def _documented(stage: int | str | None, _: Translate) -> str:
    return _("no stage documented") if stage is None else _("facts reach stage {stage}").format(stage=stage)


def _method(findings: Findings, _: Translate) -> Iterator[Block]:
    questionnaire, sheet = findings.questionnaire, findings.sheet
    yield NewPage()
    yield Heading(1, _("Method and limits"))
    yield Paragraph(findings.say.say(questionnaire.about))
    yield Paragraph(
        _(
            "The values rest on the self-assessment of those who took part. They are no audit, not representative, and without "
            "a joint rating not comparable with other municipalities."
        )
    )
    options = questionnaire.scales[0].options
    rows = tuple(
        (str(o.key), findings.say.say(o.name), findings.say.say(o.meaning) if o.meaning else "") for o in options
    )
    columns = (Column(_("Stage"), 2), Column(_("Name"), 5), Column(_("Meaning"), 10))
    yield Table(_("The stages"), columns, rows)
    yield Facts(
        (
            (_("Source"), findings.say.say(questionnaire.source)),
            (_("Questionnaire"), f"{questionnaire.id} {questionnaire.version}"),
            (_("Hash of the questionnaire"), fingerprints.of_questionnaire(questionnaire.id, questionnaire.version)),
            (_("Hash of the answers"), fingerprints.of_answers(sheet)),
        )
    )
