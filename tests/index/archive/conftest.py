"""What is promised of an archive is asked of each room: of a file of SQLite, and of a database of PostgreSQL."""

from pathlib import Path

import pytest

from index.archive.connecting import Place
from tests.postgresql.server import MissingError, started


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where an archive may be made; without psycopg or a server, those in PostgreSQL are skipped."""
    if request.param == "sqlite":
        return tmp_path / "archive.sqlite"
    try:
        server = started()
        return server.place(server.database())
    except MissingError as error:
        pytest.skip(str(error))
