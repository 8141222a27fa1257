"""One server of PostgreSQL for all tests here; without psycopg or a server they are skipped, and say why."""

import os

import pytest

from tests.postgresql.server import MissingError, Running, started


@pytest.fixture(scope="session")
def server() -> Running:
    if not os.environ.get("NEWSMORGUE_POSTGRESQL"):
        pytest.skip("these take a minute: run `make test-postgres`; tests/index/archive asks less of PostgreSQL")
    try:
        return started()
    except MissingError as error:
        pytest.skip(str(error))


@pytest.fixture
def database(server: Running) -> str:
    """An empty database."""
    return server.database()
