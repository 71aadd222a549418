"""In-depth modules of an assessment: optional looks into one perspective, each with its own entries and findings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from scoring.modules.assess import assess_module
from scoring.modules.model import Module
from scoring.modules.result import ModuleResult
from selfcheck.charts.files import sheet_file
from selfcheck.charts.looks import on_page
from selfcheck.charts.modules import pictures
from selfcheck.extensions import database_session
from selfcheck.forms.kit import changed_meanwhile, mark, seen_otherwise
from selfcheck.forms.modules import ModuleFileForm, ModuleForm, gone, module_form, name_of, sheet_in
from selfcheck.ground.days import day_of
from selfcheck.reading import module_files, modules_catalogue
from selfcheck.reading.files import FileProblem, UnusableFile, read_bytes, unusable
from selfcheck.services import modules
from selfcheck.tables.files import modules_csv
from selfcheck.views import once
from selfcheck.views.answering import download
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.papers import CHARTS
from selfcheck.views.progress import progress
from selfcheck.words.findings import Findings

bp = ASSESSMENT.pages("modules", "/modules")


@bp.get("/")
def index() -> ResponseReturnValue:
    """All modules with how far they are."""
    findings = findings_here()
    results = [assess_module(one, modules.sheet_of(g.assessment, one)) for one in modules_catalogue.all_newest()]
    return render_template("modules/index.html", findings=findings, places=progress(findings), results=results)


@bp.route("/<module_id>", methods=["GET", "POST"])
def show(module_id: str) -> ResponseReturnValue:
    """One module: its rows to fill in, what the entries amount to, and what documented cases show beside them."""
    module, findings = _module(module_id), findings_here()
    before = modules.sheet_of(g.assessment, module)
    form = module_form(module, before, findings.say)
    if not form.validate_on_submit():
        return _page(module, form, 422 if request.method == "POST" else 200)
    if any([lost := gone(request.form, before), changed_meanwhile(form)]):
        return _page(module, form, 409, lost=lost)
    modules.keep(database_session, g.assessment, module, sheet_in(form, module, before))
    database_session.commit()
    return redirect(url_for(".show", module_id=module.id, saved="y", _anchor="findings"))


@bp.get("/<module_id>/picture/<section_id>.<ending>")
def picture(module_id: str, section_id: str, ending: str) -> ResponseReturnValue:
    """The picture of a section as a file, with the names of rows that were added."""
    format = next((known for known in CHARTS if known == ending), None) or abort(404)
    findings, module = findings_here(), _module(module_id)
    drawn = pictures(findings, assess_module(module, modules.sheet_of(g.assessment, module)), own_words=True)
    chart = next((chart for of, chart in drawn if of.section == section_id), None) or abort(404)
    made = sheet_file(chart, "full", format, transparent=request.args.get("transparent") == "y")
    return download(made, CHARTS[format], f"{module.id}-{section_id}.{format}")


@bp.get("/<module_id>/entries.csv")
def table(module_id: str) -> ResponseReturnValue:
    """The entries of a module as a table for Excel and other programs."""
    module = _module(module_id)
    result = assess_module(module, modules.sheet_of(g.assessment, module))
    made = modules_csv(replace(findings_here(), modules=(result,)))
    return download(made, "text/csv; charset=utf-8", f"{module.id}.csv")


@bp.get("/<module_id>/empty.yaml")
def empty(module_id: str) -> ResponseReturnValue:
    """An answer file to be filled in, with every row and what may stand there."""
    module = _module(module_id)
    made = module_files.blank(module, findings_here().say).encode()
    return download(made, "application/yaml; charset=utf-8", f"{module.id}-{gettext('empty')}.yaml")


@bp.get("/<module_id>/answers.yaml")
def answers(module_id: str) -> ResponseReturnValue:
    """The entries of a module as a file that works without the rest."""
    module = _module(module_id)
    sheet = replace(modules.sheet_of(g.assessment, module), date=day_of(g.assessment.changed).isoformat())
    return download(module_files.as_yaml(sheet).encode(), "application/yaml; charset=utf-8", f"{module.id}.yaml")


@bp.post("/<module_id>/file")
@once.only
def load(module_id: str) -> ResponseReturnValue:
    """Take over the entries of a file in place of what is there."""
    module, upload = _module(module_id), ModuleFileForm().file.data
    try:
        if not upload:
            raise unusable("–", None, "bitte zuerst eine Datei auswählen", "please choose a file first")
        found, sheet = module_files.interpret(read_bytes(upload.read(), upload.filename))
        if found.id != module.id:
            de, en = f"gehört zum Modul „{found.id}“", f'belongs to the module "{found.id}"'
            raise unusable(upload.filename, None, de, en)
    except UnusableFile as error:
        return _stored(module, 422, problems=error.problems)
    if seen_otherwise(modules.revision(g.assessment, module)):
        return _stored(module, 409, other=upload.filename)
    modules.keep(database_session, g.assessment, module, sheet)
    there = once.remember(url_for(".show", module_id=module.id, saved="y"))
    database_session.commit()
    return redirect(there)


@bp.post("/<module_id>/remove")
@once.only
def remove(module_id: str) -> ResponseReturnValue:
    """Forget the entries of a module."""
    module = _module(module_id)
    if seen_otherwise(modules.revision(g.assessment, module)):
        return _stored(module, 409, other=True)
    if ModuleFileForm().validate_on_submit() and request.form.get("sure") == "y":
        modules.remove(database_session, g.assessment, module)
        once.remember(url_for(".index"))
        database_session.commit()
    return redirect(url_for(".index"))


def _module(id: str) -> Module:
    return next((module for module in modules_catalogue.all_newest() if module.id == id), None) or abort(404)


def _drawings(findings: Findings, result: ModuleResult) -> list[tuple[str, str, Markup]]:
    """Each picture with the section it shows; the drawing escapes what it writes."""
    return [
        (of.section, findings.say.say(result.section(of.section).section.name), Markup(on_page(chart)))  # noqa: S704
        for of, chart in pictures(findings, result, own_words=True)
    ]


def _stored(module: Module, status: int, **further: Any) -> ResponseReturnValue:
    """The page with what is stored, whatever was sent."""
    form = module_form(module, modules.sheet_of(g.assessment, module), findings_here().say, sent=False)
    return _page(module, form, status, **further)


def _page(
    module: Module,
    form: ModuleForm,
    status: int,
    problems: tuple[FileProblem, ...] = (),
    lost: Mapping[str, Sequence[str]] = MappingProxyType({}),
    other: str | bool = False,
) -> ResponseReturnValue:
    """`lost`: what was entered in rows that are gone; `other`: the file that was not taken over, for newer entries."""
    findings = findings_here()
    sheet = modules.sheet_of(g.assessment, module)
    result = assess_module(module, sheet)
    page = render_template(
        "modules/show.html",
        findings=findings,
        places=progress(findings),
        module=module,
        result=result,
        drawings=_drawings(findings, result) if result.settled else [],
        sheet=sheet,
        form=form,
        file=ModuleFileForm(formdata=None),
        name_of=name_of,
        problems=problems,
        conflict=status == 409 and not other,
        lost=lost,
        other=other,
        seen=mark(modules.revision(g.assessment, module)),
        saved=request.args.get("saved") == "y" and request.method == "GET",
    )
    return page, status
