"""The application factory."""

import hashlib
from pathlib import Path

from flask import Flask

from index.settings import Settings
from index.version import VERSION
from search.searcher import Searcher
from web import wording
from web.api.resources import api
from web.failures import handle_failures
from web.marking import pieces
from web.pages.article import pages as article_pages
from web.pages.search import pages as search_pages
from web.security import protect
from web.state import KEY

STATIC = Path(__file__).parent / "static"


def create_application(searcher: Searcher, settings: Settings) -> Flask:
    """Make the WSGI application that answers from a searcher."""
    app = Flask("web", root_path=str(Path(__file__).parent))
    app.extensions[KEY] = searcher
    app.config.update(VERSION=VERSION, STATIC_VERSION=_static_version())
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    app.jinja_env.globals.update(pieces=pieces, static_version=app.config["STATIC_VERSION"], version=VERSION)
    app.jinja_env.filters.update(
        number=wording.number,
        plural=wording.plural,
        published=wording.published,
        file_name=wording.file_name,
        emphasised=wording.emphasised,
    )
    app.register_blueprint(search_pages)
    app.register_blueprint(article_pages)
    app.register_blueprint(api)
    protect(app, settings.trusted_hosts)
    handle_failures(app)
    return app


def _static_version() -> str:
    """Fingerprint the static files, so that a new release is never styled by an old cached sheet."""
    content = b"".join(path.read_bytes() for path in sorted(STATIC.iterdir()) if path.is_file())
    return hashlib.sha256(content).hexdigest()[:12]
