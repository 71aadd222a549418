"""What the application shares with its requests: language, protection of forms, and one database session a request."""

from typing import Protocol, cast

from flask import Flask, current_app, g, request, session
from flask_babel import Babel
from flask_wtf import CSRFProtect
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from scoring.model.wording import LANGUAGES, Language
from selfcheck.ground import resources
from selfcheck.ground.config import Settings
from selfcheck.ground.database import Database

babel = Babel()
csrf = CSRFProtect()
READING = frozenset({"GET", "HEAD", "OPTIONS"})


class _Keeps(Protocol):
    database: Database
    settings: Settings


def install(app: Flask, settings: Settings) -> None:
    """Set the application up with its settings."""
    database = Database(settings.database_url)
    database.upgrade()
    app.extensions["selfcheck"] = type("Kept", (), {"database": database, "settings": settings})()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(resources.translations())
    app.config["BABEL_DEFAULT_LOCALE"] = "en"  # the language of the texts in the code
    babel.init_app(app, locale_selector=language)
    csrf.init_app(app)
    app.teardown_appcontext(_close)


def kept() -> _Keeps:
    """Database and settings of the running application."""
    return cast("_Keeps", current_app.extensions["selfcheck"])


def language() -> Language:
    """The language chosen on a page, else the browser's, else German."""
    chosen = session.get("language")
    for known in LANGUAGES:
        if chosen == known:
            return known
    best = request.accept_languages.best_match(LANGUAGES, default="de")
    return "en" if best == "en" else "de"


def _session() -> Session:
    """This request's session; requests that change something hold the write lock from their first statement."""
    if "database_session" not in g:
        database = kept().database
        g.database_session = database.reader() if request.method in READING else database.writer()
    return cast("Session", g.database_session)


def _close(_error: BaseException | None = None) -> None:
    if "database_session" in g:
        g.pop("database_session").close()


database_session: Session = cast("Session", LocalProxy(_session))


def commit_deletion() -> None:
    """Commit this request's changes so that nothing of what was deleted stays in the database's files."""
    database_session.commit()
    database_session.close()
    kept().database.empty_log()
