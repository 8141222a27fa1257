"""Every limit and choice that a user may change: its name, its default and the reason for it.

Precedence: the command's option, then the environment (`NEWSMORGUE_DATA_DIR` for `data_dir`), then
`./newsmorgue.toml`, then the default below.
"""

import dataclasses
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.errors import SettingError
from index.setting_values import convert, origins, proxy, read_file

ENVIRONMENT_PREFIX = "NEWSMORGUE_"
FILE_NAME = "newsmorgue.toml"


def _setting(
    default: Any,
    reason: str,
    *,
    low: float | None = None,
    high: float | None = None,
    secret: bool = False,
    check: Callable[[Any], str] = lambda _value: "",
) -> Any:
    """Make a setting; `check` gives what a value that cannot work should be instead, nothing where it can."""
    metadata = {"reason": reason, "low": low, "high": high, "secret": secret, "check": check}
    return field(default=default, metadata=metadata, repr=not secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one run. Sizes are bytes, times seconds, unless a name says otherwise."""

    data_dir: Path = _setting(
        Path("newsmorgue-data"), "where the archive and the index live; beside the work, easy to delete"
    )
    tagger: str = _setting("default", "the entry point in newsmorgue.taggers that finds people, outlets and dates")
    jobs: int = _setting(0, "processes that read and tag; 0 means one for each core", low=0, high=256)

    max_file_bytes: int = _setting(
        16 * 2**30,
        "a larger file is refused unread, as it is most likely none of articles; web archives have 1 GiB, dumps ten",
        low=1,
    )
    max_expanded_bytes: int = _setting(
        64 * 2**30, "what a compressed file may expand to: nothing of it is kept, but it takes its time", low=1
    )
    max_spooled_bytes: int = _setting(
        2**30, "a zip archive that comes by a pipe or in another is put on disk while it is read; no larger one", low=1
    )
    max_expansion: int = _setting(
        300,
        "a packed file that expands to more times its size is refused as a bomb from 16 MiB on: articles reach 20, "
        "a thousand copies of one 250",
        low=2,
    )
    max_nesting: int = _setting(4, "how many containers (zip, gzip, WARC) may lie in each other", low=1, high=50)
    max_members: int = _setting(
        200_000,
        "a zip archive that lists more files is refused unread: its list takes a kilobyte of memory a file",
        low=1,
    )
    max_line_bytes: int = _setting(
        16 * 2**20, "a longer line of a JSONL or CSV file is rejected: an article is at most a few megabytes", low=1
    )
    max_page_bytes: int = _setting(
        4 * 2**20,
        "a larger HTML page, feed or XML document is rejected: its tree takes up to 150 times as much memory; the "
        "largest of 88 news pages has 1.7 MB",
        low=1,
    )
    max_article_chars: int = _setting(
        2_000_000, "a longer text is rejected: it is a book or a dump, and would hold up a worker for minutes", low=1
    )
    piece_bytes: int = _setting(
        2**20,
        "files of many articles are cut into pieces of this size, so that one big file keeps all processes busy",
        low=4_096,
        high=64 * 2**20,
    )
    date_order: str = _setting("mdy", "how 03/04/2021 is read: mdy for 4 March (American), dmy for 3 April")
    max_depth: int = _setting(32, "how deep directories are walked and JSON may nest", low=1, high=900)
    follow_links: bool = _setting(
        default=False,
        reason="a symbolic link out of the folder that is indexed may lead to what nobody meant to publish; it is told",
    )
    max_xml_depth: int = _setting(200, "how deep XML of the wire may nest; a page inside an item takes 30", low=1)
    watch_seconds: float = _setting(
        2.0, "how often `index --watch` looks; a file that grew since the last look is waited for", low=0.01
    )

    batch_articles: int = _setting(
        2_000,
        "articles kept in memory before they are written to the archive; bounds memory and what a crash costs",
        low=1,
    )
    engine: str = _setting(
        "whoosh",
        "what keeps the index: whoosh, in the data directory, or a cluster: opensearch+http://HOST:9200/PREFIX",
    )
    archive: str = _setting(
        "sqlite",
        "what keeps the articles: sqlite, a file in the data directory that needs no server, or, for several machines, "
        "PostgreSQL: postgresql://USER@HOST/DATABASE",
    )
    archive_password: str = _setting(
        "", "that user's password; best in the environment, or left to libpq's ~/.pgpass", secret=True
    )
    archive_patience_seconds: float = _setting(
        300.0,
        "how long a writer waits for PostgreSQL to come back, and for another machine to end what only one may do",
        low=0,
        high=86_400,
    )
    opensearch_user: str = _setting("", "whom the cluster knows us as; empty where it asks nobody")
    opensearch_password: str = _setting(
        "", "that user's password; best in the environment, which no file shows", secret=True
    )
    opensearch_ca: str = _setting("", "a file of the certificates that vouch for the cluster's; empty for the system's")
    opensearch_shards: int = _setting(
        0, "parts that a new index is cut into; 0 means one for each 2.5 million articles, some 25 GB", low=0, high=1024
    )
    opensearch_replicas: int = _setting(
        1, "further copies of each part, on other nodes where there are any: so many nodes may be lost", low=0, high=10
    )
    opensearch_seconds: float = _setting(
        60.0, "how long one answer of the cluster is waited for when it writes; searches have query_seconds", low=1
    )
    opensearch_patience_seconds: float = _setting(
        300.0, "how long a writer sends the same again while the cluster takes nothing: a restart takes a minute", low=0
    )
    opensearch_bulk_bytes: int = _setting(
        4 * 2**20, "what is sent to the cluster at a time; more is no faster, and fills its heap", low=2**10
    )
    opensearch_story_matches: int = _setting(
        10_000,
        "matches that may be made one hit a story on a cluster, where all must be fetched for it; more are not",
        low=1,
        high=10_000,
    )
    engine_memory_bytes: int = _setting(
        256 * 2**20, "what the engine's writer may hold before it sorts to disk; twice is no faster", low=2**20
    )
    segment_articles: int = _setting(
        100_000, "articles in one segment at most; each costs every query, and merging large ones costs minutes", low=1
    )
    max_prune_share: float = _setting(
        0.5,
        "the share of all articles that `index --prune` may remove; more looks like a disk that is not mounted",
        low=0,
        high=1,
    )
    keep_generations: int = _setting(2, "generations kept on disk, so that readers of the last one can finish", low=1)
    verify_on_open: bool = _setting(
        default=True,
        reason="damage must never answer; costs 1.3 s for each GB of index at the start, so a huge one may go without",
    )

    max_name_chars: int = _setting(
        200, "a longer name is refused in a correction: it stands in facets, headings and addresses", low=1, high=10_000
    )
    max_note_chars: int = _setting(
        2_000, "a longer note is refused in a correction: each is shown with the history, and kept for good", low=0
    )

    max_query_chars: int = _setting(1_000, "a longer query is cut, with a notice: people do not type more", low=1)
    max_query_terms: int = _setting(
        64, "further words of a query are ignored, with a notice: each costs a walk of postings", low=1
    )
    max_query_depth: int = _setting(
        20, "parentheses nested deeper are ignored, with a notice: nobody reads them", low=1, high=100
    )
    max_expansions: int = _setting(
        200, "words that one prefix or wildcard may stand for; more are cut, with a notice", low=1
    )
    max_exact_articles: int = _setting(
        25_000,
        "articles whose text is read for one `=Exact` clause, of those that all other clauses leave: a tenth of a "
        "millisecond each; where more have the words, their case is ignored, with a notice",
        low=0,
    )
    max_query_places: int = _setting(
        50_000_000,
        "places of words that the phrases and NEARs of a query may read; a dearer one is searched as single words, "
        "with a notice that names its cost: a place takes 8 bytes and up to a microsecond",
        low=1,
    )
    max_near_places: int = _setting(
        200_000,
        "pairs of places that NEARs within NEARs may make; dearer ones are searched as words, with a notice",
        low=1,
    )
    query_seconds: float = _setting(
        5.0, "what a query may take; clauses not reached by then are left out, with a notice", low=0
    )
    cursor_seconds: int = _setting(
        900, "how long a generation that gave a cursor is kept after newer ones came, so that walking goes on", low=0
    )
    max_older_generations: int = _setting(
        4, "older generations kept open at a time for the cursors they gave; each takes its own memory", low=1, high=100
    )
    max_cursor_generations: int = _setting(
        1_000,
        "older generations kept on disk for the cursors they gave: enough for cursor_seconds of a commit a second; "
        "each takes an open file and what later ones did without; beyond, the cursors used longest ago end sooner",
        low=1,
        high=100_000,
    )
    max_diagnosis_counts: int = _setting(
        60, "searches made at most to say why a question finds nothing; each costs what the question does", low=0
    )
    max_known_words: int = _setting(
        500_000,
        "the commonest words of a generation, of which other spellings and completions are made; about 20 bytes each",
        low=1,
    )
    snippet_scan_chars: int = _setting(
        200_000, "how far into a text snippets look for matches; longer texts are books, and a page shows ten", low=1
    )
    passages: int = _setting(3, "passages of each hit at most: two more cost half of the first", low=1, high=10)
    search_cache_bytes: int = _setting(
        16 * 2**20,
        "what an open index may keep of the words asked for last, decoded; of 1,000 different searches in 100,000 "
        "articles each cost the same with 16 times as much",
        low=0,
    )
    leaf_cache_bytes: int = _setting(
        16 * 2**20,
        "what an open index may keep of words and phrases weighed: 12 bytes for each article of each; enough for the "
        "pages of what is asked just now, and no more helped, as above",
        low=0,
    )
    filter_cache_bytes: int = _setting(
        8 * 2**20, "what an open index may keep of filters asked for: a byte an article for each name or range", low=0
    )
    shown_cache_bytes: int = _setting(
        4 * 2**20, "what an open index may keep of articles shown last: a refined question shows many again", low=0
    )
    snippet_cache_bytes: int = _setting(
        4 * 2**20,
        "what an open index may keep of snippets: another order, a filter by date or publisher, and the way back show "
        "the same articles for the same words; 1 to 2 kB each",
        low=0,
    )
    max_filter_values: int = _setting(
        50,
        "values of one filter that a request may give: each costs a look-up, and is in each address of the answer",
        low=1,
        high=10_000,
    )
    page_size: int = _setting(10, "hits on a page", low=1, high=100)
    max_page_size: int = _setting(100, "the most hits that one request may ask for", low=1, high=1_000)
    copies_shown: int = _setting(
        5, "near copies that a hit names where they are grouped; its page names the others", low=0, high=100
    )
    max_copies: int = _setting(
        200, "near copies that an article's page names: more of a wire report nobody reads", low=0, high=10_000
    )
    max_compared_words: int = _setting(
        10_000,
        "words of an article that are compared with a copy: what differs in so many is found in about a tenth of a "
        "second, and fills thirty pages",
        low=1,
        high=1_000_000,
    )
    facet_size: int = _setting(10, "values shown of each facet", low=1, high=1_000)
    max_facet_size: int = _setting(1_000, "the most facet values that one request may ask for", low=1)

    host: str = _setting("127.0.0.1", "loopback: an archive is private until its owner says otherwise")
    port: int = _setting(8000, "the port that the web server listens on; 0 takes any free one", low=0, high=65535)
    processes: int = _setting(
        0,
        "processes that answer, as one has no use for a second core; 0 means one for each core, at most 4, as each "
        "keeps words, filters and snippets of its own; 1 where the system cannot part them",
        low=0,
        high=64,
    )
    threads: int = _setting(
        4,
        "requests that one server process has in hand at a time: computing, waiting for their turn, or being sent",
        low=1,
        high=256,
    )
    computing_requests: int = _setting(
        1,
        "requests that one server process computes at a time; with 4, which take the processor from each other, of 300 "
        "searches a second one in a hundred took 109 ms rather than 33",
        low=1,
        high=256,
    )
    computing_wait_seconds: float = _setting(
        1.0, "how long a request waits for its turn at most, so that one long search does not hold up all others", low=0
    )
    queue_requests: int = _setting(
        32, "requests that may wait for a thread; further ones get 503 at once, which beats an answer too late", low=1
    )
    max_connections: int = _setting(
        1_000, "connections held at a time; further ones wait to be accepted; each takes a file", low=1, high=100_000
    )
    write_seconds: float = _setting(
        60.0,
        "how long a client may take next to nothing (16 kB) of an answer that waits for it; beyond, it is let go, as "
        "an export that nobody reads holds a thread, a place and a generation",
        low=1,
        high=86_400,
    )
    max_body_bytes: int = _setting(
        64 * 2**10, "what may be sent to the server at a time: a correction is a few hundred bytes", low=2**10
    )
    shutdown_seconds: float = _setting(10.0, "how long running requests may take to end when the server does", low=0)
    drain_seconds: float = _setting(
        0.0,
        "how long connections are still taken after SIGTERM, while /readyz says 503: behind a balancer, as long as it "
        "takes to notice; where none looks, that would only be waited for",
        low=0,
        high=3_600,
    )
    answer_cache_bytes: int = _setting(
        32 * 2**20,
        "what the server's processes together may keep of answers, compressed, to give them again until the next "
        "generation: some 5,000, of 6 kB each",
        low=0,
    )
    max_exports: int = _setting(
        2, "exports that run at a time; each holds a thread and a generation as long as its client reads", low=1
    )
    rate_limit: int = _setting(
        600,
        "requests a minute of one client, beyond which it gets 429; 0 for no limit; not for this machine's own",
        low=0,
    )
    rate_limit_loopback: bool = _setting(
        default=False, reason="whether rate_limit is for clients on this machine too, as a proxy here makes all seem"
    )
    trusted_proxy: str = _setting(
        "",
        "the address of a reverse proxy whose X-Forwarded-For, -Proto and -Host are believed; from others they are not",
        check=proxy,
    )
    cors_origins: tuple[str, ...] = _setting(
        (),
        "origins whose pages may read the API and feeds in a browser, * for all; none until the owner says so",
        check=origins,
    )
    access_log: str = _setting(
        "off", "a line for each request on standard error: off, plain or json; it tells who searched for what"
    )
    corrections: str = _setting(
        "auto",
        "whether people and outlets may be corrected on pages and by the API: on, off, or auto, which is on where only "
        "this machine is served: who may read an archive need not be one who may change it",
    )
    metrics: bool = _setting(
        default=False, reason="whether /metrics is served, for Prometheus; it tells how much is asked"
    )
    trusted_hosts: tuple[str, ...] = _setting(
        ("localhost", "127.0.0.1", "[::1]"), "Host headers that are answered; others are refused (DNS rebinding)"
    )


def load_settings(
    overrides: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    directory: Path | None = None,
) -> Settings:
    """Gather the settings from options, environment and file.

    `overrides` holds options by setting name, None where not given; `environment` defaults to the process's,
    `directory` (where newsmorgue.toml is looked for) to the current one. Raises SettingError naming what is wrong.
    """
    environment = os.environ if environment is None else environment
    fields = {f.name: f for f in dataclasses.fields(Settings)}
    values: dict[str, Any] = {}
    for name, value, where in read_file((directory or Path.cwd()) / FILE_NAME):
        if name not in fields:
            raise SettingError(
                f"unknown setting {name!r}", where=where, remedy="`newsmorgue config` lists all settings"
            )
        values[name] = convert(fields[name], value, where)
    for name, known in fields.items():
        variable = ENVIRONMENT_PREFIX + name.upper()
        if variable in environment:
            values[name] = convert(known, environment[variable], variable)
        if overrides and overrides.get(name) is not None:
            values[name] = convert(known, overrides[name], f"--{name.replace('_', '-')}")
    return Settings(**values)
