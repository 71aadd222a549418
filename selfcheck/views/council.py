"""A council paper made of the result: what people fill in is sent, made into a file, and stored nowhere."""

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from selfcheck.council.draft import Draft, begin, gaps, turned
from selfcheck.council.draft_files import LONGEST_SHORT, read_draft, write_draft
from selfcheck.council.files import FORMATS, annex_file, paper_file
from selfcheck.council.paper import StillOpen, open_points
from selfcheck.council.route import LINES, route
from selfcheck.extensions import database_session
from selfcheck.forms.council import CouncilForm, DraftFileForm, council_form, draft_in, rows
from selfcheck.ground.i18n import translator
from selfcheck.reading.files import FileProblem, UnusableFile, read_bytes, unusable
from selfcheck.services import house
from selfcheck.views.answering import download
from selfcheck.views.desk import findings_here
from selfcheck.views.doors import ASSESSMENT
from selfcheck.views.progress import progress
from selfcheck.words.findings import Findings

bp = ASSESSMENT.pages("council", "/council-paper")
ENDINGS = ("docx", "pdf")


@bp.get("")
def show() -> ResponseReturnValue:
    """A first draft with everything the result knows."""
    findings = findings_here()
    return _page(begin(findings), findings)


@bp.post("")
def make() -> ResponseReturnValue:
    """Do with the draft what the pressed button says."""
    findings = findings_here()
    form = council_form(begin(findings), findings, sent=True)
    if not form.validate_on_submit():
        return _page(draft_in(form), findings, form=form, status=422)
    draft, wanted = draft_in(form), request.form.get("then", "check")
    if wanted == "turn":
        return _page(turned(draft, findings), findings)
    return (
        _page(draft, findings, checked=True) if wanted == "check" else _file(draft, findings, wanted, form.final.data)
    )


def _file(draft: Draft, findings: Findings, wanted: str, final: bool) -> ResponseReturnValue:
    """The file that is wanted; a final paper only when nothing in it is open."""
    what, _, ending = wanted.partition(".")
    if what == "draft":
        name = f"{gettext('council-paper-draft')}.yaml"
        return download(write_draft(draft, findings).encode(), "application/yaml; charset=utf-8", name)
    if ending not in (*ENDINGS, "json") or what not in ("paper", "annex") or wanted == "annex.json":
        abort(404)
    template = house.content(g.assessment) if ending == "docx" else None
    database_session.rollback()  # nobody else shall wait while a file is made
    try:
        made = (
            annex_file(draft, findings, ending, template=template)
            if what == "annex"
            else paper_file(draft, findings, ending, final=final, template=template)
        )
    except StillOpen:
        return _page(draft, findings, refused=True, status=422)
    type = "application/json" if ending == "json" else FORMATS[ending]
    name = gettext("council-annex") if what == "annex" else gettext("council-paper")
    return download(made, type, f"{name}.{ending}")


@bp.post("/draft")
def load() -> ResponseReturnValue:
    """Go on with a draft file."""
    findings, upload = findings_here(), DraftFileForm().file.data
    try:
        if not upload:
            raise unusable("–", None, "bitte zuerst eine Datei auswählen", "please choose a file first")
        draft = read_draft(read_bytes(upload.read(), upload.filename), findings)
    except UnusableFile as error:
        return _page(begin(findings), findings, problems=error.problems, status=422)
    return _page(draft, findings, loaded=True)


def _page(
    draft: Draft,
    findings: Findings,
    *,
    form: CouncilForm | None = None,
    problems: tuple[FileProblem, ...] = (),
    status: int = 200,
    **said: bool,
) -> ResponseReturnValue:
    mandate = findings.sheet.answers.get("P1.1")
    page = render_template(
        "assessment/council.html",
        findings=findings,
        places=progress(findings),
        draft=draft,
        form=form or council_form(draft, findings),
        rows=rows(draft),
        file=DraftFileForm(formdata=None),
        open=open_points(draft, findings),
        gaps=gaps(translator(findings.language)),
        route=route(findings),
        route_lines=LINES,
        endings=ENDINGS,
        longest=LONGEST_SHORT,
        evidence=mandate.evidence if mandate else "",
        municipality=findings.sheet.municipality,
        problems=problems,
        **said,
    )
    return page, status
