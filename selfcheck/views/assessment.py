"""Work on one assessment: overview, context, items, result, files. Reached only through a private link."""

from typing import Any

from flask import abort, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from scoring.model.answers import Answer
from scoring.model.questionnaire import Item
from selfcheck.charts.interactive import figure
from selfcheck.charts.looks import on_page
from selfcheck.charts.profile import dots, profile
from selfcheck.extensions import database_session, language
from selfcheck.forms.context import ContextForm, complete, context_form, context_in
from selfcheck.forms.items import (
    ItemForm,
    answer_in,
    answer_in_words,
    chosen,
    item_form,
    look_again,
    seen,
    texts,
    untouched,
)
from selfcheck.forms.merging import ask_again, merged
from selfcheck.forms.words import examples
from selfcheck.ground.i18n import translator
from selfcheck.reading import answer_files
from selfcheck.reports.outline import hanging, profile_table, standing, step_facts, strengths
from selfcheck.services import assessments
from selfcheck.services.seen import ChangedMeanwhile
from selfcheck.tables import result_data
from selfcheck.views.answering import download
from selfcheck.views.desk import findings_here, fresh_links
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import next_place, progress
from selfcheck.views.register import linked_here
from selfcheck.words import result as result_words
from selfcheck.words.findings import Findings
from selfcheck.words.steps import catching_up, no_steps, would_change

bp = ASSESSMENT.pages("assessment")


@bp.get("/")
def overview() -> ResponseReturnValue:
    """What is done and what is open; right after the beginning also the private link."""
    findings = findings_here()
    return render_template(
        "assessment/overview.html",
        findings=findings,
        places=progress(findings),
        own=g.link,
        **fresh_links([g.link]),
    )


@bp.route("/context", methods=["GET", "POST"])
def context() -> ResponseReturnValue:
    """Ask for the context that rules use. What somebody else changed meanwhile is kept, or asked for again."""
    findings = findings_here()
    form = context_form(findings)
    if not (form.validate_on_submit() and complete(form, findings)):
        return _context_page(findings, form), 422 if request.method == "POST" else 200
    name, answers, conflicts = merged(form, findings, form["municipality"].data, context_in(form, findings))
    assessments.describe(g.assessment, name, findings.sheet.scope, answers)
    database_session.commit()
    findings = findings_here()
    if conflicts:
        again = context_form(findings, sent=False)
        ask_again(again, form, conflicts)
        return _context_page(findings, again, both=True), 409
    here = url_for(".context", _anchor="words")
    return redirect(here if "check" in request.form else next_place(findings, "context"))


def _context_page(findings: Findings, form: ContextForm, both: bool = False) -> str:
    page = {"findings": findings, "form": form, "places": progress(findings), "examples": examples} | linked_here()
    return render_template("assessment/context.html", both=both, **page)


@bp.route("/<perspective_id>", methods=["GET", "POST"])
def perspective(perspective_id: str) -> ResponseReturnValue:
    """Ask the items of one perspective."""
    findings = findings_here()
    asked = _perspective_or_404(findings, perspective_id)
    items = findings.asked_in(asked)
    form = item_form(findings, items, assessments.revisions(g.assessment))
    status, conflicts = 200, dict[str, Answer]()
    if form.validate_on_submit():
        conflicts = _record_all(form, items)
        if not conflicts:
            return redirect(next_place(findings, perspective_id))
        status = 409
    elif request.method == "POST":
        status = 422
    page = render_template(
        "assessment/perspective.html",
        findings=findings,
        perspective=asked,
        items=items,
        kept=[one for one in items if _kept(one) and one.id not in conflicts],
        form=form,
        conflicts=conflicts,
        answer_in_words=answer_in_words,
        places=progress(findings),
        next_page=next_place(findings, perspective_id),
    )
    return page, status


def _kept(item: Item) -> bool:
    """In a repeated check: the answer of last time stands unless somebody changes it."""
    return bool(g.assessment.again) and item.id not in g.assessment.again


def _record_all(form: ItemForm, items: tuple[Item, ...]) -> dict[str, Answer]:
    """Record every item the person touched; returns the stored answers that somebody else changed meanwhile."""
    conflicts: dict[str, Answer] = {}
    for item in items:
        if untouched(form, item):
            continue
        try:
            assessments.record(database_session, g.assessment, item.id, answer_in(form, item), seen(form, item))
        except ChangedMeanwhile as meanwhile:
            revision, conflicts[item.id] = assessments.answered_meanwhile(meanwhile)
            look_again(form, item, revision, conflicts[item.id])
    database_session.commit()
    return conflicts


@bp.post("/items/<item_id>")
def item(item_id: str) -> ResponseReturnValue:
    """Record one item at once (autosave); answers only after it is safely stored."""
    findings = findings_here()
    found = findings.questionnaire.items.get(item_id)
    if found is None:
        abort(404)
    form = item_form(findings, [found], assessments.revisions(g.assessment))
    if not form.validate_on_submit():
        return jsonify(errors=[str(error) for errors in form.errors.values() for error in errors]), 422
    try:
        stored = assessments.record(database_session, g.assessment, item_id, answer_in(form, found), seen(form, found))
    except ChangedMeanwhile as meanwhile:
        revision, theirs = assessments.answered_meanwhile(meanwhile)
        said = answer_in_words(findings, found, theirs)
        return jsonify(
            revision=revision,
            theirs=chosen(theirs),
            said=said,
            texts=texts(theirs),
            unclear=theirs.unclear,
        ), 409
    database_session.commit()
    places = {place.id: [place.done, place.total] for place in progress(findings_here())}
    return jsonify(saved=item_id, revision=stored.revision, progress=places)


@bp.get("/result")
def result() -> ResponseReturnValue:
    """The profile and everything that follows from it."""
    findings = findings_here()
    chart = profile(findings)
    return render_template(
        "assessment/result.html",
        findings=findings,
        places=progress(findings),
        chart=chart,
        radar=on_page(chart),
        figure=figure(chart),
        profile=profile_table(findings),
        dots=on_page(dots(findings)),
        said=result_words,
        translate=translator(language()),
        strengths=strengths(findings),
        data=result_data(findings),
        standing=standing,
        hanging=hanging,
        step_facts=step_facts,
        would_change=would_change,
        catching_up=catching_up,
        no_steps=no_steps(findings, gettext),
    )


@bp.get("/answers.<ending>")
def answers(ending: str) -> ResponseReturnValue:
    """The answers as a file that the command line reads."""
    writers = {"yaml": answer_files.as_yaml, "json": answer_files.as_json}
    if ending not in writers:
        abort(404)
    types = {"yaml": "application/yaml", "json": "application/json"}
    return download(writers[ending](findings_here().sheet).encode(), types[ending], f"{gettext('answers')}.{ending}")


def _perspective_or_404(findings: Findings, id: str) -> Any:
    for found in findings.questionnaire.perspectives:
        if found.id == id:
            return found
    return abort(404)
