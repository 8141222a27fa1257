"""The application factory."""

import hashlib
from pathlib import Path

from flask import Flask, Response, request

from index.settings import Settings
from index.version import VERSION
from search.searcher import Searcher
from web import language, wording
from web.api.resources import install_api
from web.failures import handle_failures
from web.letters import letter_addresses
from web.marking import pieces
from web.pages import (
    about,
    article,
    comparison,
    correcting,
    facets,
    help,  # noqa: A004
    name,
    names,
    quotes,
    search,
    suggesting,
)
from web.security import protect
from web.serving.board import Board, process_count
from web.serving.compression import compress_answers
from web.serving.keeping import keep_answers
from web.serving.observing import observe
from web.serving.rates import limit_rates
from web.serving.steadiness import be_steady
from web.serving.turns import take_turns
from web.state import KEY, State

STATIC = Path(__file__).parent / "static"
PAGES = (search, article, comparison, names, name, quotes, correcting, facets, help, about, suggesting)


def create_application(searcher: Searcher, settings: Settings) -> Flask:
    """Make the WSGI application that answers from a searcher."""
    app = Flask("web", root_path=str(Path(__file__).parent))
    app.extensions[KEY] = State(searcher=searcher, settings=settings)
    app.config.update(VERSION=VERSION, STATIC_VERSION=_static_version())
    _prepare_templates(app)
    for page in PAGES:
        app.register_blueprint(page.pages)
    install_api(app)
    board = Board(columns=process_count(settings))
    limit_rates(app, settings)
    keep_static_files(app)
    compress_answers(app)
    letter_addresses(app)  # before they are compressed: what comes later here is done earlier
    protect(app, settings)
    handle_failures(app)
    be_steady(app, searcher)
    take_turns(app, settings)
    keep_answers(app, settings, board)
    observe(app, settings, board)
    return app


def _prepare_templates(app: Flask) -> None:
    """Give the templates gettext, the words and forms that they share, and the version of the static files."""
    app.jinja_options = {
        "autoescape": True,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "extensions": ["jinja2.ext.i18n"],
    }
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        language.gettext, language.ngettext_plain, newstyle=True
    )
    app.jinja_env.globals.update(
        pieces=pieces, static_version=app.config["STATIC_VERSION"], version=VERSION, language=language.tag()
    )
    app.jinja_env.filters.update(
        number=language.number,
        articles=wording.articles,
        copies=wording.copies,
        hits=wording.hits,
        source=wording.source,
        told=wording.told,
        people=wording.people,
        outlets=wording.outlets,
        published=wording.published,
        file_name=wording.file_name,
        summary=wording.summary,
        summary_html=wording.summary_html,
        coded=wording.coded,
        emphasised=wording.emphasised,
        breakable=wording.breakable,
    )


def keep_static_files(app: Flask) -> None:
    """Let browsers keep static files that are asked for by their version for good (RFC 8246): they never change."""

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint == "static" and request.args.get("v") == app.config["STATIC_VERSION"]:
            response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def _static_version() -> str:
    """Fingerprint the static files, so that a new release is never styled by an old cached sheet."""
    content = b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file())
    return hashlib.sha256(content).hexdigest()[:12]
