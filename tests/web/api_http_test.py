"""What HTTP promises: validators, HEAD, encodings, other origins, limits, ids, probes and figures."""

import gzip
import json
import logging
import re
from pathlib import Path
from urllib.parse import quote_plus

import pytest
import zstandard
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from search.searcher import Searcher
from web.api.openapi import HEADERS
from web.application import create_application
from web.serving.health import health_of
from web.serving.rates import WINDOW, Limiter, _client

SEARCH = "/api/v1/search?q=harris"
PATHS = (
    SEARCH,
    "/api/v1/facets/person",
    "/api/v1/suggest?q=har",
    "/feed.atom",
    "/feed.json?q=the",
    "/api/v1/openapi.json",
)


@pytest.fixture
def made(settings: Settings):
    """Make applications over the same archive with other settings."""
    made: list[Searcher] = []

    def make(**changes: object) -> FlaskClient:
        fresh = Settings(data_dir=settings.data_dir, **changes)  # type: ignore[arg-type]
        made.append(Searcher(fresh.data_dir, fresh))
        return create_application(made[-1], fresh).test_client()

    yield make
    for searcher in made:
        searcher.close()


@pytest.mark.parametrize("address", PATHS)
def test_what_is_known_already_is_answered_without_the_engine(
    client: FlaskClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = client.get(address).headers["ETag"]
    for name in ("ask", "suggest", "facet_page"):
        monkeypatch.setattr(Searcher, name, lambda *_, **__: pytest.fail("the engine was asked"))
    again = client.get(address, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert "Accept-Encoding" in again.headers["Vary"]
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [*PATHS, "/api/v1/status", "/api/v1/export.csv"])
def test_head_has_the_headers_of_get_and_no_body(client: FlaskClient, address: str) -> None:
    with client.get(address) as got, client.head(address) as head:
        assert (head.status_code, head.data) == (200, b"")
        for name in ("ETag", "Content-Type", "Cache-Control", "Link", "Newsmorgue-Total"):
            assert head.headers.getlist(name) == got.headers.getlist(name)


@pytest.mark.parametrize("address", ["/", SEARCH, "/api/v1/export.ndjson?fields=id,text", "/feed.atom"])
def test_answers_are_compressed_as_the_client_prefers(client: FlaskClient, address: str) -> None:
    def get(accepted: str) -> tuple[str | None, bytes]:
        with client.get(address, headers={"Accept-Encoding": accepted}) as response:
            assert "Accept-Encoding" in response.headers["Vary"]
            return response.headers.get("Content-Encoding"), response.data

    def but_its_time(answer: bytes) -> bytes:
        return re.sub(rb'"took_ms": ?[0-9.]+', b"", answer)

    encoding, plain = get("identity")
    assert encoding is None
    encoding, packed = get("gzip, deflate, br")
    assert (encoding, but_its_time(gzip.decompress(packed))) == ("gzip", but_its_time(plain))
    encoding, packed = get("gzip;q=0.5, zstd")
    unpacked = zstandard.ZstdDecompressor().decompressobj().decompress(packed)
    assert (encoding, but_its_time(unpacked)) == ("zstd", but_its_time(plain))
    assert len(packed) < len(plain)


def test_short_answers_are_sent_as_they_are(client: FlaskClient) -> None:
    response = client.get("/api/v1/status", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in response.headers


def test_links_lead_to_neighbours_and_other_forms(client: FlaskClient) -> None:
    first = client.get("/api/v1/search?q=the&size=5")
    second = client.get(first.json["next"])
    links = " ".join(second.headers.getlist("Link"))
    assert 'rel="next"' in links
    assert 'rel="service-desc"' in links
    for media_type in ("text/html", "application/atom+xml", "application/feed+json"):
        [url] = re.findall(rf'<([^>]*)>; rel="alternate"; type="{re.escape(media_type)}"', links)
        assert client.get(url).status_code == 200
    assert client.get(second.json["previous"]).json["results"] == first.json["results"]


def test_what_the_document_says_of_headers_is_so(client: FlaskClient) -> None:
    paths = client.get("/api/v1/openapi.json").json["paths"]
    for address in (*PATHS[:-1], "/api/v1/status", "/api/v1/export.csv", "/api/v1/export.ndjson", "/api/v1/quotes"):
        told = paths[address.partition("?")[0].replace("/person", "/{field}")]["get"]["responses"]
        with client.get(address) as response:
            sent = {name for name in HEADERS if name in response.headers}
        assert sent | {"Link", "RateLimit"} == set(told["200"]["headers"])
        assert ("304" in told) == ("ETag" in sent)


WORDS = " OR ".join(["слово"] * 40)
LONG = (
    f"q={quote_plus(WORDS)}",
    "q=" + quote_plus("слово " * 1_500),
    "q=" + "a" * 3_000,
    "&".join(f"-person=Somebody+With+A+Rather+Long+Name+{number}" for number in range(50)),
)


@pytest.mark.parametrize("question", LONG)
@pytest.mark.parametrize(
    "path",
    [
        *("/api/v1/search", "/api/v1/facets/person", "/api/v1/quotes", "/feed.atom", "/feed.json"),
        *("/api/v1/export.csv", "/api/v1/export.ndjson"),
    ],
)
def test_headers_fit_into_what_proxies_take(client: FlaskClient, path: str, question: str) -> None:
    response = client.get(f"{path}?{question}", headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200
    assert sum(len(value) for name, value in response.headers if 'rel="next"' not in value) < 3_500
    response.close()


def test_who_follows_links_alone_gets_to_the_end_of_a_long_question(client: FlaskClient) -> None:
    question = "&".join(f"-person=Somebody+With+A+Rather+Long+Name+{number}" for number in range(50))
    first = client.get(f"/api/v1/search?{question}&size=2&facets=")
    assert f'<{first.json["next"]}>; rel="next"' in first.headers.getlist("Link")
    second = client.get(first.json["next"])
    assert second.json["first"] == 3


def test_other_origins_read_only_where_the_owner_says_so(client: FlaskClient, made) -> None:
    origin = {"Origin": "https://lab.example"}
    assert "Access-Control-Allow-Origin" not in client.get(SEARCH, headers=origin).headers
    one, all_ = made(cors_origins=("https://lab.example",)), made(cors_origins=("*",))
    allowed = one.get(SEARCH, headers=origin)
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://lab.example"
    assert "Origin" in allowed.headers["Vary"]
    assert "Access-Control-Allow-Origin" not in one.get(SEARCH, headers={"Origin": "https://evil.example"}).headers
    assert "Access-Control-Allow-Origin" not in one.get("/?q=a", headers=origin).headers
    assert all_.get(SEARCH, headers=origin).headers["Access-Control-Allow-Origin"] == "*"
    asked = one.options(SEARCH, headers={**origin, "Access-Control-Request-Method": "GET"})
    assert asked.status_code == 200
    assert "GET" in asked.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in asked.headers
    assert "Content-Type" not in asked.headers, "it has no content"


def test_a_client_that_asks_too_often_is_told_when_to_come_back(made) -> None:
    client = made(rate_limit=3)
    there = {"REMOTE_ADDR": "192.0.2.7"}
    left = [client.get(SEARCH, environ_base=there).headers["RateLimit"] for _ in range(3)]
    assert [re.search(r"r=(\d+)", one).group(1) for one in left] == ["2", "1", "0"]
    refused = client.get(SEARCH, environ_base=there)
    assert refused.status_code == 429
    assert refused.json["type"] == "/api/problems/too-many-requests"
    assert 1 <= int(refused.headers["Retry-After"]) <= WINDOW
    assert client.get(SEARCH, environ_base={"REMOTE_ADDR": "192.0.2.8"}).status_code == 200
    assert all(client.get(SEARCH).status_code == 200 for _ in range(9)), "this machine's own are not counted"


def test_a_bucket_fills_again_with_time() -> None:
    now = [0.0]
    limiter = Limiter(limit=60, clock=lambda: now[0])
    assert all(limiter.take("a").allowed for _ in range(60))
    assert limiter.take("a").wait == 1
    now[0] = 2.5
    assert [limiter.take("a").allowed for _ in range(3)] == [True, True, False]


def test_clients_are_told_apart_by_address_or_network() -> None:
    assert _client("127.0.0.1") is _client("::1") is _client("::ffff:127.0.0.1") is None
    assert _client("2001:db8::1") == _client("2001:db8::ffff") == "2001:db8::/64"
    assert _client("192.0.2.7") == "192.0.2.7"


def test_every_answer_has_an_id_that_its_problem_and_log_line_share(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "newsmorgue.access"):
        response = client.get("/api/v1/search?colour=red", headers={"X-Request-ID": "mine-1"}, buffered=True)
        other = client.get(SEARCH, headers={"X-Request-ID": "forged\tid"}, buffered=True)
    assert response.headers["X-Request-ID"] == response.json["request_id"] == "mine-1"
    assert re.fullmatch("[0-9a-f]{16}", other.headers["X-Request-ID"])
    told = caplog.records[0].request
    assert (told["status"], told["route"], told["query"]) == (400, "/api/v1/search", "colour=red")
    assert told["bytes"] == len(response.data)
    assert json.dumps(told)


def test_the_probes_answer_whatever_the_host(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    elsewhere = {"Host": "10.1.2.3"}
    assert client.get("/healthz", headers=elsewhere).status_code == 200
    assert client.get("/readyz", headers=elsewhere).status_code == 200
    assert client.get("/", headers=elsewhere).status_code == 400
    health = health_of(app)
    health.draining.set()
    assert client.get("/readyz").status_code == 503
    health.draining.clear()
    empty = Settings(data_dir=tmp_path)
    assert create_application(Searcher(tmp_path, empty), empty).test_client().get("/readyz").status_code == 503


def test_figures_are_served_where_the_owner_says_so(client: FlaskClient, made) -> None:
    assert client.get("/metrics").status_code == 404
    client = made(metrics=True)
    for address in (SEARCH, SEARCH, "/api/v1/nothing", '/api/v1/search?"='):
        client.get(address, buffered=True)
    response = client.get("/metrics")
    assert response.mimetype == "text/plain"
    lines = response.text.splitlines()
    assert 'newsmorgue_requests_total{route="/api/v1/search",method="GET",status="200"} 2.0' in lines
    assert 'newsmorgue_request_seconds_count{route="/api/v1/search"} 3' in lines
    assert "newsmorgue_answers_kept_hits_total 1.0" in lines
    sample = re.compile(r'[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+')
    assert all(line.startswith("# ") or sample.fullmatch(line) for line in lines)


def test_an_answer_is_not_kept_over_a_commit(made, monkeypatch: pytest.MonkeyPatch) -> None:
    client = made()
    first = client.get(SEARCH)
    monkeypatch.setattr(Searcher, "generation", lambda _: "000009-00000000")
    second = client.get(SEARCH)
    assert first.headers["ETag"] != second.headers["ETag"]


def test_what_is_kept_is_given_as_it_was_made(made, monkeypatch: pytest.MonkeyPatch) -> None:
    client = made()
    packed = {"Accept-Encoding": "gzip"}
    first, other = client.get(SEARCH), client.get(SEARCH, headers=packed)
    monkeypatch.setattr(Searcher, "ask", lambda *_, **__: pytest.fail("it was asked again"))
    again, zipped = client.get(SEARCH), client.get(SEARCH, headers=packed)
    own = {"X-Request-ID", "RateLimit"}
    for one, two in ((first, again), (other, zipped)):
        assert one.data == two.data
        assert {pair for pair in one.headers if pair[0] not in own} == {
            pair for pair in two.headers if pair[0] not in own
        }
    assert zipped.headers["Content-Encoding"] == "gzip"
    head = client.head(SEARCH)
    assert (head.status_code, head.data, head.headers["Content-Length"]) == (200, b"", first.headers["Content-Length"])
    known = client.get(SEARCH, headers={"If-None-Match": first.headers["ETag"]})
    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert "Content-Length" not in known.headers


def test_a_kept_answer_is_counted_against_the_clients_limit(made) -> None:
    client = made(rate_limit=2)
    there = {"REMOTE_ADDR": "192.0.2.9"}
    assert [client.get(SEARCH, environ_base=there).status_code for _ in range(3)] == [200, 200, 429]


def test_an_answer_that_time_cut_is_not_kept(made, monkeypatch: pytest.MonkeyPatch) -> None:
    client = made(query_seconds=0)
    codes = [notice["code"] for notice in client.get(SEARCH).get_json()["query"]["notices"]]
    assert "deadline" in codes
    asked = []
    ask = Searcher.ask
    monkeypatch.setattr(Searcher, "ask", lambda *args, **named: (asked.append(args), ask(*args, **named))[1])
    client.get(SEARCH)
    assert asked


def test_other_hosts_and_other_origins_have_answers_of_their_own(made) -> None:
    client = made(cors_origins=("https://a.example",))
    assert "Access-Control-Allow-Origin" not in client.get(SEARCH).headers
    shared = client.get(SEARCH, headers={"Origin": "https://a.example"})
    assert shared.headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert "Access-Control-Allow-Origin" not in client.get(SEARCH).headers
    assert client.get(SEARCH, headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/?q=harris",
        "/facets/person?q=harris",
        "/quotes?q=harris",
        "/api/v1/facets/person?q=harris",
        "/feed.atom?q=harris",
    ],
)
def test_a_partial_answer_has_no_label_and_is_kept_by_nobody(made, path: str) -> None:
    assert "ETag" in made().get(path).headers
    client = made(query_seconds=0)
    for _ in range(2):
        partial = client.get(path)
        assert partial.status_code == 200
        assert "ETag" not in partial.headers
        assert partial.headers["Cache-Control"] == "no-store"
