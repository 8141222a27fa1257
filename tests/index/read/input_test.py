"""Inputs: paths, packed files, limits; whatever is wrong is said, and what is right is read."""

import gzip
import io
import json
import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.read.identity import article_id, is_front_page, normalise_url, url_day, usable_url
from index.read.options import ReadOptions
from index.read.pieces import Piece, pieces
from index.read.reading import read, read_piece
from index.types import Article, Rejected

TEXT = "The council of Harbourside met on Monday and spoke about the ferry."
GOOD = json.dumps({"title": "One", "text": TEXT})


def read_all(*paths, **options):
    return list(read([str(path) for path in paths], ReadOptions(**options)))


def reasons(found):
    return [(one.source.rsplit("/", 1)[-1], one.reason) for one in found if isinstance(one, Rejected)]


def count(found):
    return sum(isinstance(one, Article) for one in found)


def test_directories_are_walked_in_the_order_of_names_without_hidden_files(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "c.txt", "page_files/style.css", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    found = read_all(tmp_path)
    assert [os.path.relpath(one.source, tmp_path) for one in found] == ["a/z.txt", "b.txt", "c.txt"]


def test_a_file_about_the_folder_is_read_when_it_is_named(tmp_path):
    path = tmp_path / "README.md"
    path.write_text(TEXT)
    assert count(read_all(path)) == 1


def test_links_that_lead_back_up_are_entered_once(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text(TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    found = read_all(tmp_path)
    assert count(found) == 1
    assert reasons(found) == [("self", "link-loop")]


def test_directories_too_deep_are_rejected(tmp_path):
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    (tmp_path / "a" / "x.txt").write_text(TEXT)
    found = read_all(tmp_path, max_depth=2)
    assert reasons(found) == [("b", "too-deep")]
    assert count(found) == 1


def test_missing_paths_and_dangling_links_are_rejected(tmp_path):
    (tmp_path / "dangling.txt").symlink_to("nowhere")
    assert reasons(read_all(tmp_path / "missing", tmp_path)) == [("missing", "missing"), ("dangling.txt", "missing")]


def test_a_directory_without_rights_is_rejected(tmp_path, monkeypatch):
    def refuse(path):
        raise PermissionError(13, "Permission denied", path)

    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "closed").mkdir()
    original = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: refuse(path) if str(path).endswith("closed") else original(path))
    found = read_all(tmp_path)
    assert reasons(found) == [("closed", "no-permission")]
    assert count(found) == 1


def test_a_file_without_rights_is_rejected(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(TEXT)
    original = Path.open

    def refuse(self, *arguments, **options):
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return original(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert reasons(read_all(tmp_path)) == [("a.txt", "no-permission")]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.json", b" \n\n", "empty"),
        ("a.txt", b"\0\x01\x02\x03" * 100, "binary"),
        ("a.txt", b"%PDF-1.7 and so on", "binary"),
        ("a.zip", b"PK\x03\x04 and so on", "broken-zip"),
        ("a.xml", b"<?xml version='1.0'?><unknown/>", "unsupported"),
        ("a.txt", b"___ \n\n ***", "no-text"),
    ],
)
def test_what_holds_no_article_is_rejected(tmp_path, name, content, reason):
    (tmp_path / name).write_bytes(content)
    assert reasons(read_all(tmp_path / name)) == [(name, reason)]


def test_pipes_in_a_directory_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert reasons(read_all(tmp_path)) == [("pipe", "not-a-file")]


def test_names_that_are_no_utf_8_become_sources_that_can_be_stored(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text(TEXT)
    (article,) = read_all(tmp_path)
    assert article.source.endswith("caf\\xe9.txt")
    article.source.encode()


@pytest.mark.parametrize("name", ["a.txt.gz", "a.gz", "a.txt"])
def test_packed_files_are_recognised_by_content(tmp_path, name):
    (tmp_path / name).write_bytes(gzip.compress(TEXT.encode()) + gzip.compress(b" And more.") + b"\0" * 100)
    (article,) = read_all(tmp_path)
    assert article.text == f"{TEXT} And more."


def test_a_truncated_packed_file_gives_the_articles_before_the_break(tmp_path):
    content = "".join(json.dumps({"title": os.urandom(40).hex(), "text": TEXT}) + "\n" for _ in range(2_000))
    packed = gzip.compress(content.encode())
    for piece_bytes in (4_096, 2**20):
        (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
        found = read_all(tmp_path, piece_bytes=piece_bytes)
        assert reasons(found) == [("a.jsonl.gz", "truncated")]
        assert 500 < count(found) < 1_500


def test_a_damaged_packed_file_is_rejected(tmp_path):
    packed = bytearray(gzip.compress(os.urandom(5_000)))
    packed[-6] ^= 0xFF
    (tmp_path / "a.txt.gz").write_bytes(packed)
    ((_, reason),) = reasons(read_all(tmp_path))
    assert reason in ("broken-gzip", "binary")


def test_a_bomb_is_stopped_at_the_limit(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress((GOOD + "\n").encode() * 10_000))
    found = read_all(tmp_path, max_expanded_bytes=100_000, piece_bytes=4_096)
    assert reasons(found) == [("a.jsonl.gz", "too-large")]
    assert 0 < count(found) < 10_000


def test_a_line_without_end_is_skipped_and_the_rest_is_read(tmp_path):
    with (tmp_path / "a.jsonl").open("w") as file:
        file.write(GOOD + "\n")
        file.write('{"title": "x", "text": "' + "a" * 3_000_000 + '"}\n')
        file.write(GOOD + "\n")
    found = read_all(tmp_path, max_line_bytes=100_000, piece_bytes=4_096)
    assert [one.source.rsplit(":", 1)[1] for one in found] == ["1", "2", "3"]
    assert reasons(found) == [("a.jsonl:2", "too-long")]


def test_an_element_without_end_is_skipped_and_the_rest_is_read(tmp_path):
    (tmp_path / "a.json").write_text(f'[{GOOD}, {{"text": "{"a" * 900_000}"}}, {GOOD}]')
    found = read_all(tmp_path, max_line_bytes=100_000)
    assert count(found) == 2
    assert reasons(found) == [("a.json:2", "too-large")]


def test_a_large_object_is_read_by_the_list_that_it_holds(tmp_path):
    (tmp_path / "a.json").write_text(json.dumps({"status": "ok", "articles": [json.loads(GOOD)] * 2_000}))
    assert count(read_all(tmp_path, max_line_bytes=50_000)) == 2_000


def test_files_and_texts_over_the_limits_are_rejected(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT * 20)
    assert reasons(read_all(tmp_path, max_file_bytes=1_000)) == [("a.txt", "too-large")]
    assert reasons(read_all(tmp_path, max_article_chars=1_000)) == [("a.txt", "too-large")]
    assert reasons(read_all(tmp_path, max_line_bytes=1_000)) == [("a.txt", "too-large")]


@pytest.mark.parametrize(
    ("content", "articles"),
    [(TEXT, 1), (f"{GOOD}\n{GOOD}\n", 2), (f"[{GOOD}, {GOOD}]", 2), (f"title,text\nOne,{TEXT}\n", 1), ("", 0)],
)
@pytest.mark.parametrize("packed", [False, True])
def test_standard_input_is_read_in_all_formats(monkeypatch, content, articles, packed):
    data = content.encode()
    buffer = io.BytesIO(gzip.compress(data) if packed else data)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(buffer))
    found = read_all("-")
    assert count(found) == articles
    assert all(one.source.startswith("-") for one in found)
    assert reasons(found) == ([] if articles else [("-", "empty")])


def test_pieces_are_bounded_picklable_and_tell_progress(tmp_path):
    records = (json.dumps({"title": f"Number {number}", "text": TEXT}) for number in range(1_000))
    (tmp_path / "a.jsonl").write_text("\n".join(records))
    (tmp_path / "b.txt").write_text(TEXT)
    options = ReadOptions(piece_bytes=4_096)
    cut = list(pieces([str(tmp_path)], options))
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert len(cut) > 4
    assert all(isinstance(piece, Piece) and piece.total == total for piece in cut)
    assert [piece.done for piece in cut] == sorted(piece.done for piece in cut)
    assert cut[-1].done == total
    assert all(len(piece.content) < 2**19 for piece in cut[:-1])
    copies = [pickle.loads(pickle.dumps(piece)) for piece in cut]
    found = [one for piece in copies for one in read_piece(piece, pickle.loads(pickle.dumps(options)))]
    assert count(found) == 1_001
    assert len({one.id for one in found}) == 1_001


def test_a_file_that_vanishes_between_cutting_and_reading_is_rejected(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT)
    (piece,) = pieces([str(tmp_path)], ReadOptions())
    (rejected,) = read_piece(replace(piece, path=str(tmp_path / "gone")), ReadOptions())
    assert rejected.reason == "missing"


def test_identity_is_of_the_address_not_of_its_decoration():
    plain = article_id(url="https://quayside.example/a?id=1", source="x")
    assert plain == article_id(url="HTTPS://Quayside.Example:443/a?utm_source=b&id=1&fbclid=c#top", source="y")
    assert plain != article_id(url="https://quayside.example/a?id=2", source="x")
    assert article_id(url=None, source="a:1") != article_id(url=None, source="a:2")
    assert len(plain) == 16


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        ("https://a.example/live#post-1", True),
        ("https://a.example/live#block-61a9f00c8f08", True),
        ("https://a.example/#!/articles/7", True),
        ("https://a.example/live#whales", True),
        ("https://a.example/live#notebook", True),
        ("https://a.example/live#section-2", True),
        ("https://a.example/live#Élection", True),
        ("https://a.example/live#more-than-100-dead", True),
        ("https://a.example/live#video-shows-blast", True),
        ("https://a.example/live#share-prices-fall", True),
        ("https://a.example/live#reply-from-minister", True),
        ("https://a.example/live#h_ab12", True),
        ("https://a.example/live#h-why-it-matters", True),
        ("https://a.example/live#comments-by-the-king", True),
        ("https://a.example/live#top-story", True),
        ("https://a.example/live#footballer-sold", True),
        ("https://a.example/live#search", True),
        ("https://a.example/gallery#p12", True),
        ("https://a.example/gallery#photo1", True),
        ("https://a.example/view.aspx#id=17", True),
        ("https://a.example/view.aspx#id=17&utm_source=x", True),
        ("https://a.example/live#whales:~:text=ferry", True),
        ("https://a.example/a#", False),
        ("https://a.example/a#/", False),
        ("https://a.example/a#more-4711", False),
        ("https://a.example/a#.VxZ9k1", False),
        ("https://a.example/a#ixzz3AbCdEf", False),
        ("https://a.example/a#story-continues-2", False),
        ("https://a.example/a#more", False),
        ("https://a.example/a#top", False),
        ("https://a.example/a#Respond", False),
        ("https://a.example/a#main-content", False),
        ("https://a.example/a#cite_note-3", False),
        ("https://a.example/a#Echobox=1588062021", False),
        ("https://a.example/a#utm_source=x&utm_medium=y", False),
        ("https://a.example/a#_=_", False),
        ("https://a.example/a#comments", False),
        ("https://a.example/a#comment-17", False),
        ("https://a.example/a#xtor=RSS-16", False),
        ("https://a.example/a#:~:text=ferry%201", False),
    ],
)
def test_a_fragment_is_of_the_identity_unless_it_leads_to_a_place(url, entry):
    assert (normalise_url(url) != normalise_url(url.partition("#")[0])) is entry


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.xml", "feed.json"])
def test_entries_of_one_live_page_are_articles_of_their_own_in_any_order(tmp_path, name):
    def ids(order):
        records = [{"url": f"https://a.example/live#{own}", "text": f"{TEXT} It is about {own}."} for own in order]
        items = "".join(f"<item><link>{r['url']}</link><description>{r['text']}</description></item>" for r in records)
        feed = [{"url": r["url"], "content_text": r["text"]} for r in records]
        content = {
            "a.json": json.dumps(records),
            "a.jsonl": "\n".join(map(json.dumps, records)),
            "a.csv": "url,text\n" + "\n".join(f"{r['url']},{r['text']}" for r in records),
            "a.xml": f"<rss version='2.0'><channel><title>Live</title>{items}</channel></rss>",
            "feed.json": json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Live", "items": feed}),
        }[name]
        (tmp_path / name).write_text(content)
        return {one.url: one.id for one in read_all(tmp_path / name)}

    before = ids(["whales", "trains", "post-3"])
    assert len(set(before.values())) == 3
    assert ids(["more-trains", "post-3", "trains", "whales"]).items() >= before.items()


def test_what_stands_behind_an_entrys_name_for_browsers_is_not_of_it():
    assert normalise_url("https://a.example/live#whales:~:text=ferry") == "https://a.example/live#whales"


def test_the_front_page_of_a_site_is_no_articles_identity():
    for front in (
        "https://a.example",
        "https://a.example/?utm_source=x",
        "https://a.example/en/",
        "http://a.example/index.html",
    ):
        assert is_front_page(front)
        assert article_id(url=front, source="/a.html") != article_id(url=front, source="/b.html")
        one, other = (article_id(url=front, source="f:1", file="f", own_id=own) for own in "12")
        assert one != other
    for page in ("https://a.example/?p=12", "https://a.example/ferry", "https://a.example/#!/ferry", "a.html"):
        assert not is_front_page(page)


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_records_without_an_id_are_known_by_what_they_say_when_lines_move(tmp_path, name):
    def ids(order):
        records = [{"title": f"Article {own}", "text": f"{TEXT} Part {own}."} for own in order]
        content = {
            "a.json": json.dumps(records),
            "a.jsonl": "\n".join(map(json.dumps, records)),
            "a.csv": "title,text\n" + "\n".join(f"{r['title']},{r['text']}" for r in records),
        }[name]
        (tmp_path / name).write_text(content)
        return {one.title: one.id for one in read_all(tmp_path / name)}

    before = ids("123")
    assert len(set(before.values())) == 3
    assert {title: ids("0123")[title] for title in before} == before


def test_pages_that_state_the_front_page_as_their_address_are_articles_of_their_own(tmp_path):
    for name in ("ferry", "pier"):
        body = f"<article><h1>The {name}</h1>" + f"<p>{TEXT} About the {name}.</p>" * 3 + "</article>"
        (tmp_path / f"{name}.html").write_text(
            f'<html><head><link rel="canonical" href="https://quayside.example/"></head><body>{body}</body></html>'
        )
    found = read_all(tmp_path)
    assert len({one.id for one in found}) == 2
    assert {one.publisher for one in found} == {"quayside.example"}


def test_addresses_keep_what_tells_them_apart():
    assert normalise_url("http://a.example:8080/B?b=2&a=1") == "http://a.example:8080/B?b=2&a=1"
    assert normalise_url("http://[::1") == "http://[::1"
    assert usable_url("javascript:alert(1)") is None
    assert usable_url("//a.example/b") == "https://a.example/b"
    assert usable_url("http://[::1") is None
    assert url_day("https://a.example/2017/07/01/b/") == "2017-07-01"
    assert url_day("https://a.example/2017/jul/1/b") == "1 jul 2017"
    assert url_day("https://a.example/1234/b") is None


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=2_000)
    | st.text(max_size=500).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.tuples(
        st.sampled_from(
            [b"[", b"{", b"title,text\n", b"<html>", b'{"text": "', b"\x1f\x8b\x08", b"\xff\xfe", b"date 2021-"]
        ),
        st.binary(max_size=500),
    ).map(b"".join),
    st.sampled_from(["a.txt", "a.json", "a.jsonl", "a.csv", "a.html", "a.gz"]),
)
def test_no_bytes_raise(tmp_path_factory, content, name):
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(content)
    for one in read_all(path, max_line_bytes=1_000, piece_bytes=4_096):
        assert one.source.startswith(str(path))
        if isinstance(one, Article):
            assert one.text.strip()
            one.text.encode()
            one.title.encode()
        else:
            assert one.reason
            assert one.detail


def pipe(monkeypatch, content):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    return [one.id for one in read_all("-")]


def test_two_texts_by_standard_input_are_two_articles_and_the_same_text_is_one(monkeypatch):
    first = pipe(monkeypatch, f"Ferry stays away\n\n{TEXT}\n")
    assert first == pipe(monkeypatch, f"Ferry stays away\n\n{TEXT}\n")
    assert first != pipe(monkeypatch, f"Ferry comes back\n\n{TEXT}\n")
    records = [json.dumps({"id": own, "text": TEXT}) for own in ("a", "b")]
    assert len(set(pipe(monkeypatch, "\n".join(records)))) == 2


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_records_with_an_id_of_their_own_keep_theirs_when_lines_move(tmp_path, name):
    def ids(order):
        records = [{"id": own, "title": f"Article {own}", "text": f"{TEXT} Part {own}."} for own in order]
        if name == "a.json":
            content = json.dumps(records)
        elif name == "a.jsonl":
            content = "\n".join(map(json.dumps, records))
        else:
            content = "id,title,text\n" + "\n".join(f"{r['id']},{r['title']},{r['text']}" for r in records)
        (tmp_path / name).write_text(content)
        return {one.own_id: one.id for one in read_all(tmp_path / name)}

    before = ids("1234")
    assert len(set(before.values())) == 4
    assert ids("4321") == before
    assert ids("42") == {own: before[own] for own in "42"}


def test_own_ids_of_different_files_are_different_articles():
    ids = {article_id(url=None, source=f"{file}:1", file=file, own_id="7") for file in ("/a.jsonl", "/b.jsonl")}
    assert len(ids) == 2


def test_articles_named_like_files_about_the_folder_are_read(tmp_path):
    for name in ("notice.txt", "authors.html", "copying.json", "AUTHORS", "NOTICE.md", "LICENSE.txt", "README.txt"):
        (tmp_path / name).write_text(GOOD if name.endswith("json") else TEXT)
    found = {Path(one.source).name for one in read_all(tmp_path)}
    assert {"notice.txt", "copying.json"} <= found
    assert not found & {"AUTHORS", "NOTICE.md", "LICENSE.txt", "README.txt"}


def test_links_out_of_the_folder_are_refused_unless_they_are_to_be_followed(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "mine.txt").write_text(TEXT)
    (folder / "again.txt").symlink_to(folder / "mine.txt")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.txt").write_text(TEXT)
    (folder / "file").symlink_to(tmp_path / "secret" / "s.txt")
    (folder / "folder").symlink_to(tmp_path / "secret")
    (tmp_path / "named").symlink_to(folder)
    for path in (folder, tmp_path / "named"):
        found = read_all(path)
        assert count(found) == 2
        assert reasons(found) == [("file", "link-out"), ("folder", "link-out")]
    assert count(read_all(folder, follow_links=True)) == 4


def test_an_integer_of_any_length_makes_no_record_unreadable(tmp_path):
    (tmp_path / "a.jsonl").write_text(f'{{"id": {"7" * 5_000}, "title": "One", "text": "{TEXT}"}}\n')
    (article,) = read_all(tmp_path)
    assert article.title == "One"


def test_nuls_behind_a_text_or_scattered_in_it_cost_nothing(tmp_path):
    (tmp_path / "behind.txt").write_bytes(TEXT.encode() * 3 + bytes(500))
    (tmp_path / "within.txt").write_bytes((TEXT * 9).encode().replace(b"council", b"coun\0cil", 4))
    for article in read_all(tmp_path):
        assert article.text.count(TEXT[:40]) == (3 if article.source.endswith("behind.txt") else 9)


def test_a_column_named_twice_is_told(tmp_path):
    (tmp_path / "a.csv").write_text(f"title,title,text\nOne,Two,{TEXT}\n")
    found = read_all(tmp_path)
    assert (count(found), reasons(found)) == (1, [("a.csv:1", "repeated-column")])


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.txt.gz"])
def test_what_follows_packed_data_is_told_and_costs_nothing_before_it(tmp_path, name):
    content = GOOD if "jsonl" in name else TEXT
    (tmp_path / name).write_bytes(gzip.compress(content.encode()) + b"garbage")
    found = read_all(tmp_path)
    assert (count(found), reasons(found)) == (1, [(name, "broken-gzip")])
