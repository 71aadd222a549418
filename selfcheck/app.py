"""The web application."""

from datetime import date, datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, render_template, request, session
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.middleware.proxy_fix import ProxyFix

from scoring.model.wording import LANGUAGES
from selfcheck import __version__, extensions
from selfcheck.ground import resources
from selfcheck.ground.config import Settings, from_environment
from selfcheck.ground.days import day_of
from selfcheck.ground.written import written_day
from selfcheck.views import (
    agency,
    answering,
    assessment,
    cockpit,
    comparison,
    council,
    device,
    devices,
    examples,
    history,
    joining,
    live,
    measures,
    modules,
    once,
    packages,
    papers,
    people,
    phones,
    practices,
    proposals,
    protocol,
    received,
    refused_forms,
    register,
    respondent,
    roadmap,
    sharing,
    start,
    tandems,
    workshop,
    workshops,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

from selfcheck.views.addresses import BelowAPath, TokenConverter
from selfcheck.views.doors import DOORS

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
        SESSION_COOKIE_NAME=_cookie_name(settings),
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_REFRESH_EACH_REQUEST=False,  # a late answer must not write an old cookie over a newer one
        WTF_CSRF_TIME_LIMIT=None,  # a half-day session must not end in a rejected form
    )
    served: WSGIApplication = app.wsgi_app
    if settings.path:
        served = BelowAPath(served, settings.path)
    if settings.proxies:
        served = ProxyFix(served, settings.proxies, settings.proxies, settings.proxies)
    app.wsgi_app = served  # type: ignore[assignment, method-assign]
    app.url_map.converters["token"] = TokenConverter
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    extensions.install(app, settings)
    for blueprint in (
        start.bp,
        devices.bp,
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
    for door in DOORS:
        app.url_defaults(door.stay_inside)
    once.install(app)
    app.after_request(_protect)
    app.context_processor(_for_every_page)
    app.add_template_filter(_day, "day")
    app.register_error_handler(CSRFError, _unproven_page)
    app.register_error_handler(StaleDataError, answering.faster_elsewhere)
    for status in (400, 404, 405, 413, 500):
        app.register_error_handler(status, _error_page)
    return app


def _cookie_name(settings: Settings) -> str:
    """A name of its own for each installation: browsers do not tell two on one host name apart by their port or path."""
    own = sha256(f"cookie of {settings.secret_key}".encode()).hexdigest()[:8]
    return f"__Host-selfcheck-{own}" if settings.secure_cookies else f"selfcheck-{own}"


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
        "insecure": extensions.kept().settings.secure_cookies and not request.is_secure,
        "remembered": device.remembered(),
        "asset_version": _asset_version(),
        "here": session.get("here"),
    }


def _day(day: date) -> str:
    """A day, or the day of a moment, as the language of the request writes it."""
    return written_day(day_of(day) if isinstance(day, datetime) else day, extensions.language())


def _asset_version() -> str:
    """Changes whenever an asset does, so that browsers may keep them for a year."""
    files = (
        Path(resources.static()) / name
        for name in ("app.css", "app.js", "follow.js", "radar.js", "vendor/manifest.json")
    )
    return format(int(max((file.stat().st_mtime for file in files if file.exists()), default=0)), "x")


def _unproven_page(_error: CSRFError) -> tuple[str, int]:
    """A form without the token of this browser: it keeps no cookies, or has lost them; what was sent comes back."""
    unsaid = render_template("device/no_cookies.html" if not request.cookies else "error.html", status=400)
    return refused_forms.page(lost=False) or unsaid, 400


def _error_page(error: Any) -> tuple[str, int]:
    """What went wrong and where to go on; no detail that helps an attacker."""
    status = getattr(error, "code", 500) or 500
    return render_template("error.html", status=status), status
