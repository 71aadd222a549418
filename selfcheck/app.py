"""The web application."""

from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask, Response, render_template, request, session
from werkzeug.middleware.proxy_fix import ProxyFix

from scoring.model.wording import LANGUAGES
from selfcheck import __version__, extensions
from selfcheck.ground import resources
from selfcheck.ground.config import Settings, from_environment
from selfcheck.ground.i18n import written_day
from selfcheck.views import (
    agency,
    agency_desk,
    assessment,
    cockpit,
    comparison,
    council,
    desk,
    examples,
    history,
    joining,
    live,
    measures,
    modules,
    packages,
    papers,
    people,
    phones,
    practices,
    proposals,
    protocol,
    received,
    register,
    respondent,
    roadmap,
    sharing,
    start,
    tandems,
    workshop,
    workshop_desk,
    workshops,
)

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",  # plotly's empty style element
        "img-src 'self' data:",  # KERN's icons
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
YEAR = 31_536_000


def create_app(settings: Settings | None = None) -> Flask:
    """The application with its settings, from the environment when none are given."""
    settings = settings or from_environment()
    app = Flask(__name__, template_folder=str(resources.templates()), static_folder=str(resources.static()))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=2_000_000,
        SESSION_COOKIE_NAME="__Host-selfcheck" if settings.secure_cookies else "selfcheck",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,  # a late answer must not write an old cookie over a newer one
        WTF_CSRF_TIME_LIMIT=None,  # a half-day session must not end in a rejected form
    )
    if settings.proxies:
        behind = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=behind, x_proto=behind, x_host=behind)  # type: ignore[method-assign]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    extensions.install(app, settings)
    for blueprint in (
        start.bp,
        assessment.bp,
        papers.bp,
        council.bp,
        sharing.bp,
        register.bp,
        packages.bp,
        people.bp,
        examples.bp,
        history.bp,
        modules.bp,
        roadmap.bp,
        measures.bp,
        respondent.way_in,
        respondent.bp,
        practices.bp,
        proposals.bp,
        agency.way_in,
        agency.bp,
        cockpit.bp,
        received.bp,
        workshops.bp,
        workshop.bp,
        joining.bp,
        joining.own_page,
        live.bp,
        comparison.bp,
        tandems.bp,
        protocol.bp,
        phones.way_in,
        phones.bp,
    ):
        app.register_blueprint(blueprint)
    app.url_defaults(desk.same_assessment)
    app.url_defaults(respondent.same_respondent)
    app.url_defaults(agency_desk.same_agency)
    app.url_defaults(workshop_desk.same_workshop)
    app.url_defaults(joining.same_participation)
    app.url_defaults(phones.same_seat)
    app.after_request(_protect)
    app.context_processor(_for_every_page)
    app.add_template_filter(_day, "day")
    for status in (400, 404, 405, 413, 500):
        app.register_error_handler(status, _error_page)
    return app


def _protect(response: Response) -> Response:
    """Headers for every answer; pages about answers are never kept by anyone."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint == "static":
        response.cache_control.max_age = YEAR
        response.cache_control.no_cache = None
        response.cache_control.public = True
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _for_every_page() -> dict[str, Any]:
    return {
        "language": extensions.language(),
        "languages": LANGUAGES,
        "operator": extensions.kept().settings.operator,
        "product_version": __version__,
        "asset_version": _asset_version(),
        "here": session.get("here"),
    }


def _day(day: date) -> str:
    """A day as the language of the request writes it."""
    return written_day(day, extensions.language())


def _asset_version() -> str:
    """Changes whenever an asset does, so that browsers may keep them for a year."""
    files = (
        Path(resources.static()) / name
        for name in ("app.css", "app.js", "follow.js", "radar.js", "vendor/manifest.json")
    )
    return format(int(max((file.stat().st_mtime for file in files if file.exists()), default=0)), "x")


def _error_page(error: Any) -> tuple[str, int]:
    """What went wrong and where to go on; no detail that helps an attacker."""
    status = getattr(error, "code", 500) or 500
    return render_template("error.html", status=status), status
