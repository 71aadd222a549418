"""Papers to take along: report, charts, slides and tables in their variants, and the house template for Word."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from selfcheck.charts.files import ChartKind, Format, chart_file, sheet_file
from selfcheck.charts.modules import pictures
from selfcheck.charts.sheet import Size
from selfcheck.extensions import database_session
from selfcheck.forms.kit import mark, seen_otherwise
from selfcheck.forms.papers import RemoveTemplateForm, TemplateForm
from selfcheck.ground.i18n import translator
from selfcheck.office.bundle import ZipMember, streamed
from selfcheck.planning.days import calendar_of
from selfcheck.reading.files import FileProblem, UnusableFile, unusable
from selfcheck.reports.blocks import Length
from selfcheck.reports.formats import FORMATS, write
from selfcheck.reports.outline import outline
from selfcheck.reports.word.house_template import LARGEST
from selfcheck.services import house, measures, modules, roadmaps
from selfcheck.slides import pptx
from selfcheck.tables import files as tables
from selfcheck.views import once
from selfcheck.views.answering import download
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import progress
from selfcheck.words.findings import Findings, Variant

bp = ASSESSMENT.pages("papers")

CHARTS: dict[Format, str] = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
TABLES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@bp.url_value_preprocessor
def _let_templates_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A house template with its pictures may be larger than what forms send."""
    if endpoint == "papers.keep_template":
        request.max_content_length = LARGEST + 100_000


@bp.get("/papers")
def show() -> ResponseReturnValue:
    """Everything that can be printed, sent or opened elsewhere."""
    return _page()


def _page(problems: tuple[FileProblem, ...] = (), status: int = 200, other: str | bool = False) -> ResponseReturnValue:
    """`other`: the template that was not taken over, for one that is newer than what was seen."""
    findings = _with_plans()
    page = render_template(
        "assessment/papers.html",
        findings=findings,
        places=progress(findings),
        formats=tuple(FORMATS),
        template=None if g.reads_only else house.described(g.assessment, findings.language),
        template_form=TemplateForm(formdata=None),
        remove_form=RemoveTemplateForm(formdata=None),
        problems=problems,
        other=other,
        seen=mark(house.stored(g.assessment)),
    )
    return page, status


@bp.get("/report.<ending>")
def report(ending: str) -> ResponseReturnValue:
    """The recommendation report as a file; its name says when it is not for publication."""
    variant, length = _variant(), _chosen("length", Length, "full")
    if ending not in FORMATS:
        abort(404)
    template = house.content(g.assessment) if ending == "docx" else None
    made = write(outline(_with_all(), variant, length), ending, template)
    short = [gettext("short")] if length == "short" else []
    return download(made, FORMATS[ending], _named(gettext("report"), variant, *short, ending=ending))


@bp.get("/chart.<ending>")
def chart(ending: str) -> ResponseReturnValue:
    """A chart as a file: which one, how large, on white or on nothing, with the marks of an example or without."""
    format = next((known for known in CHARTS if known == ending), None) or abort(404)
    findings, kind, practice = _with_plans(), _chosen("kind", ChartKind, "radar"), request.args.get("practice", "")
    if practice and practice not in {one.id for one in findings.questionnaire.practices}:
        abort(404)
    if kind == "roadmap" and not _fits(findings):
        abort(404)
    transparent = request.args.get("transparent") == "y"
    size = _chosen("size", Size, "full")
    made = chart_file(findings, kind, size, format, transparent=transparent, practice=practice)
    names = {
        "radar": gettext("radar"),
        "dots": gettext("dots"),
        "heat": gettext("items"),
        "roadmap": gettext("roadmap"),
    }
    return download(made, CHARTS[format], f"{names[kind]}.{format}")


@bp.get("/slides.pptx")
def slides() -> ResponseReturnValue:
    """Slides for the meeting of a committee."""
    variant = _variant()
    return download(pptx(findings_here(), variant), SLIDES, _named(gettext("slides"), variant, ending="pptx"))


@bp.get("/table.<ending>")
def table(ending: str) -> ResponseReturnValue:
    """All values as a workbook or as a flat file."""
    variant = _variant()
    if ending not in TABLES:
        abort(404)
    made = tables.xlsx(_with_all(), variant) if ending == "xlsx" else tables.csv(findings_here(), variant)
    return download(made, TABLES[ending], _named(gettext("values"), variant, ending=ending))


@bp.get("/papers.zip")
def everything() -> ResponseReturnValue:
    """All public papers in one ZIP, sent while they are made: the browser shows how far it is and can cancel."""
    findings, template = _with_all(), house.content(g.assessment)
    database_session.rollback()  # nobody else shall wait while files are made
    made = streamed(_public(findings, template))
    headers = {"Content-Disposition": f'attachment; filename="selbstcheck-{gettext("papers")}.zip"'}
    return Response(made, mimetype="application/zip", headers=headers)


def _public(findings: Findings, template: bytes | None) -> Iterator[ZipMember]:
    _ = translator(findings.language)
    full, short = outline(findings), outline(findings, length="short")
    for name, of in ((_("report"), full), (f"{_('report')}-{_('short')}", short)):
        for ending in FORMATS:
            yield ZipMember(f"{name}.{ending}", write(of, ending, template))
    yield ZipMember(f"{_('slides')}.pptx", pptx(findings))
    yield ZipMember(f"{_('values')}.xlsx", tables.xlsx(findings))
    yield ZipMember(f"{_('values')}.csv", tables.csv(findings))
    kinds: dict[ChartKind, str] = {"radar": _("radar"), "dots": _("dots"), "heat": _("items")}
    if findings.roadmap and findings.roadmap.plan:
        kinds["roadmap"] = _("roadmap")
        yield ZipMember(f"{_('roadmap')}.ics", calendar_of(findings, findings.roadmap.plan, findings.roadmap.kept))
    for kind, name in kinds.items():
        for format in CHARTS:
            yield ZipMember(f"{name}.{format}", chart_file(findings, kind, "full", format))
    for result in findings.modules:
        for shown, drawn in pictures(findings, result, own_words=False):
            for format in CHARTS:
                name = f"{_('module')}-{result.module.id}-{shown.section}"
                yield ZipMember(f"{name}.{format}", sheet_file(drawn, "full", format))


@bp.post("/template")
@once.only
def keep_template() -> ResponseReturnValue:
    """Keep a house template for Word; one that may not be used is refused with what to do about it."""
    form, upload = TemplateForm(), request.files.get("template")
    try:
        if not form.validate_on_submit() or not upload or not upload.filename:
            raise unusable("–", None, "bitte zuerst eine Datei auswählen", "please choose a file first")
        if seen_otherwise(house.stored(g.assessment)):
            return _page(status=409, other=upload.filename)
        house.keep(g.assessment, upload.filename, upload.read(LARGEST + 1))
    except UnusableFile as error:
        database_session.rollback()
        return _page(error.problems, 422)
    there = once.remember(url_for(".show", _anchor="template"))
    database_session.commit()
    return redirect(there)


@bp.post("/template/remove")
@once.only
def remove_template() -> ResponseReturnValue:
    """Go back to the plain Word papers."""
    if seen_otherwise(house.stored(g.assessment)):
        return _page(status=409, other=True)
    if RemoveTemplateForm().validate_on_submit():
        house.remove(g.assessment)
        once.remember(url_for(".show", _anchor="template"))
        database_session.commit()
    return redirect(url_for(".show", _anchor="template"))


def _with_all() -> Findings:
    """The findings with what is planned and with what the in-depth modules show."""
    return replace(_with_plans(), modules=modules.results(g.assessment))


def _with_plans() -> Findings:
    """The findings with what is planned: the roadmap that was kept, and the measures."""
    findings = findings_here()
    kept, followed = roadmaps.kept(g.assessment, findings), measures.followed(g.assessment, findings)
    return replace(findings, roadmap=kept, measures=followed)


def _fits(findings: Findings) -> bool:
    """Whether there is a kept roadmap that may be shown."""
    return findings.roadmap is not None and findings.roadmap.plan is not None


def _variant() -> Variant:
    variant: Variant = _chosen("variant", Variant, "public")
    return abort(404) if g.reads_only and variant == "internal" else variant


def _named(name: str, variant: Variant, *marks: str, ending: str) -> str:
    """The name of a file says when it is not for publication."""
    inside = [gettext("internal")] if variant == "internal" else []
    return f"{'-'.join([name, *inside, *marks])}.{ending}"


def _chosen(name: str, known: Any, otherwise: str) -> Any:
    """What the address asks for; the plain address means what most people want."""
    asked = request.args.get(name, otherwise)
    return asked if asked in get_args(known) else abort(404)
