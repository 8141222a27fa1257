"""Containers: zip, gzip and web archives are read as what lies in them, and what is wrong in them is told."""

import gzip
import io
import json
import stat
import tarfile
import zipfile
import zlib

import pytest

from index.read.options import ReadOptions
from index.read.pieces import pieces
from index.read.reading import read
from index.types import Article, Rejected

TEXT = "The council of Harbourside met on Monday and spoke about the ferry."
BODY = "".join(
    f"<p>The council of Harbourside met for the {word} time on Monday and spoke for hours about the ferry, which has "
    "not run since the storm of last November took its pier away.</p>"
    for word in ("first", "second", "third")
)
PAGE = f"<!DOCTYPE html><html><head><title>Ferry stays away</title></head><body><article>{BODY}</article></body></html>"


def read_all(*paths, **options):
    return list(read([str(path) for path in paths], ReadOptions(**options)))


def articles(found):
    return [one for one in found if isinstance(one, Article)]


def reasons(found):
    return [(one.source.rsplit("/", 1)[-1], one.reason) for one in found if isinstance(one, Rejected)]


def zipped(members, *, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


PAGE_BYTES = PAGE.encode()


def answer(body=PAGE_BYTES, *, head="Content-Type: text/html; charset=utf-8", status="200 OK"):
    return f"HTTP/1.1 {status}\r\n{head}\r\n\r\n".encode() + body


def record(content, *, kind="response", url="https://quayside.example/ferry", length=None, media="application/http"):
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2021-12-03T09:30:00Z",
        f"Content-Type: {media}",
        f"Content-Length: {len(content) if length is None else length}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def test_a_zip_archive_is_read_like_a_directory(tmp_path):
    lines = "".join(json.dumps({"title": f"Number {n}", "text": TEXT}) + "\n" for n in range(3))
    members = [
        ("a/page.html", PAGE),
        ("b.jsonl", lines),
        ("c.txt.gz", gzip.compress(TEXT.encode())),
        ("d.csv", f"title,text\nOne,{TEXT}\n"),
        ("page_files/style.css", "p {}"),
        (".hidden.txt", TEXT),
        ("__MACOSX/a.txt", TEXT),
        ("README.md", TEXT),
    ]
    found = read_all(write(tmp_path, "all.zip", zipped(members)))
    assert reasons(found) == []
    sources = [one.source.removeprefix(f"{tmp_path}/") for one in found]
    assert sources == [
        "all.zip!a/page.html",
        *(f"all.zip!b.jsonl:{n}" for n in (1, 2, 3)),
        "all.zip!c.txt.gz",
        "all.zip!d.csv:2",
    ]
    assert len({one.id for one in found}) == len(found)


def test_archives_in_archives_are_read_up_to_a_depth(tmp_path):
    inner = ("a.txt", TEXT)
    for level in range(5):
        inner = (f"{level}.zip", zipped([inner]))
    path = write(tmp_path, "deep.zip", zipped([inner, ("b.txt", TEXT)]))
    assert len(articles(read_all(path, max_nesting=6))) == 2
    found = read_all(path, max_nesting=3)
    assert reasons(found) == [("deep.zip!4.zip!3.zip!2.zip", "too-deep")]
    assert len(articles(found)) == 1


def test_what_was_packed_twice_is_unpacked_twice(tmp_path):
    content = gzip.compress(gzip.compress(TEXT.encode()))
    (article,) = read_all(write(tmp_path, "a.txt.gz", content))
    assert article.text == TEXT
    for _ in range(5):
        content = gzip.compress(content)
    assert reasons(read_all(write(tmp_path, "a.txt.gz", content))) == [("a.txt.gz", "too-deep")]


def test_an_archive_by_standard_input_is_read(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(zipped([("a.txt", TEXT)])))))
    (article,) = read_all("-")
    assert (article.source, article.text) == ("-!a.txt", TEXT)


def test_an_archive_that_must_be_put_on_disk_is_bounded(tmp_path):
    content = zipped([("a.txt", TEXT)], method=zipfile.ZIP_STORED)
    path = write(tmp_path, "a.zip.gz", gzip.compress(content))
    assert reasons(read_all(path, max_spooled_bytes=len(content) - 1)) == [("a.zip.gz", "too-large")]
    assert len(articles(read_all(path, max_spooled_bytes=len(content)))) == 1


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "a/../../b.txt", "..\\..\\b.txt", "C:/b.txt", "\\\\host\\b.txt"]
)
def test_names_that_lead_out_of_an_archive_are_refused(tmp_path, name):
    found = read_all(write(tmp_path, "a.zip", zipped([(name, TEXT), ("good.txt", TEXT)])))
    assert [one.reason for one in found if isinstance(one, Rejected)] == ["unsafe-name"]
    assert [one.position for one in found if isinstance(one, Rejected)] == [1]
    assert len(articles(found)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.zip"]


def test_links_and_rare_packings_in_archives_are_refused(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("rare.txt", TEXT, zipfile.ZIP_BZIP2)
        archive.writestr("good.txt", TEXT)
    found = read_all(write(tmp_path, "a.zip", buffer.getvalue()))
    assert reasons(found) == [("a.zip!link.txt", "not-a-file"), ("a.zip!rare.txt", "unsupported")]
    assert len(articles(found)) == 1


def test_an_encrypted_member_is_refused(tmp_path):
    content = bytearray(zipped([("a.txt", TEXT)]))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    assert reasons(read_all(write(tmp_path, "a.zip", bytes(content)))) == [("a.zip!a.txt", "encrypted")]


def test_office_documents_are_not_taken_for_archives(tmp_path):
    content = zipped([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>")])
    assert reasons(read_all(write(tmp_path, "a.docx", content))) == [("a.docx", "binary")]


def test_bombs_in_archives_are_refused_and_the_rest_is_read(tmp_path):
    members = [("a.txt", TEXT), ("bomb.txt", "0" * (17 * 2**20)), ("b.txt", TEXT)]
    found = read_all(write(tmp_path, "a.zip", zipped(members)))
    assert reasons(found) == [("a.zip!bomb.txt", "bomb")]
    assert len(articles(found)) == 2


def test_members_together_stay_within_what_an_input_may_expand_to(tmp_path):
    members = [(f"{n:03}.txt", f"{TEXT} Number {n}. " * 200) for n in range(100)]
    found = read_all(write(tmp_path, "a.zip", zipped(members)), max_expanded_bytes=100_000)
    assert 0 < len(articles(found)) < 10
    assert [reason for _, reason in reasons(found)] == ["too-large"]


def test_a_list_of_too_many_members_is_refused_before_it_is_read(tmp_path):
    path = write(tmp_path, "a.zip", zipped([(f"{n}.txt", TEXT) for n in range(50)]))
    assert reasons(read_all(path, max_members=49)) == [("a.zip", "too-large")]
    assert len(articles(read_all(path, max_members=50))) == 50


def test_damaged_members_are_told_and_the_rest_is_read(tmp_path):
    content = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", TEXT)], method=zipfile.ZIP_STORED))
    content[content.find(TEXT.encode(), content.find(b"b.txt")) + 3] ^= 0xFF
    found = read_all(write(tmp_path, "a.zip", bytes(content)))
    assert [source for source, _ in reasons(found)] == ["a.zip!b.txt"]
    assert len(articles(found)) == 2


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_a_zip_without_its_end_is_told_and_its_whole_members_are_read(tmp_path, method):
    members = [(f"{name}.txt", f"{TEXT} {name}" * 20) for name in "abc"]
    content = zipped([("folder/", ""), *members, (".hidden", TEXT)], method=method)
    found = read_all(write(tmp_path, "a.zip", content[:-30]))
    assert reasons(found) == [("a.zip", "broken-zip")]
    assert [one.source[-5:] for one in articles(found)] == ["a.txt", "b.txt", "c.txt"]
    cut = read_all(write(tmp_path, "b.zip", content[: content.index(b"c.txt") + 40]))
    assert [source for source, _ in reasons(cut)] == ["b.zip", "b.zip!c.txt"]
    assert [one.source[-5:] for one in articles(cut)] == ["a.txt", "b.txt"]
    assert reasons(read_all(write(tmp_path, "c.zip", zipped([])))) == [("c.zip", "empty")]


def test_a_cut_zip_that_was_written_as_it_came_is_read_by_its_packed_members(tmp_path):
    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT * 9)
        archive.writestr("b.txt", TEXT * 8)
        archive.writestr(zipfile.ZipInfo("stored.txt"), TEXT)
    found = read_all(write(tmp_path, "a.zip", pipe.getvalue()[:-40]))
    assert [one.source[-5:] for one in articles(found)] == ["a.txt", "b.txt"]
    assert reasons(found) == [("a.zip", "broken-zip"), ("a.zip!stored.txt", "broken-zip")]


def test_a_cut_zip_with_a_nameless_head_is_read_behind_it(tmp_path):
    content = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT)])[:-30])
    content[content.index(b"a.txt")] = 0
    found = read_all(write(tmp_path, "a.zip", bytes(content)))
    assert [one.source[-5:] for one in articles(found)] == ["b.txt"]


def test_a_cut_zip_with_a_damaged_or_hostile_member_loses_only_that(tmp_path):
    names = ["a.txt", "../b.txt", "c.txt", "d.txt"]
    content = bytearray(zipped([(name, TEXT) for name in names], method=zipfile.ZIP_STORED)[:-30])
    content[content.find(TEXT.encode(), content.find(b"c.txt")) + 3] ^= 0xFF
    found = read_all(write(tmp_path, "a.zip", bytes(content)))
    assert [source for source, _ in reasons(found)] == ["a.zip", "b.txt", "a.zip!c.txt"]
    assert [one.source[-5:] for one in articles(found)] == ["a.txt", "d.txt"]
    assert len(articles(read_all(tmp_path / "a.zip", max_members=1))) == 1


@pytest.mark.parametrize("packed", ["plain", "one", "each"])
def test_pages_of_a_web_archive_are_read(tmp_path, packed):
    records = [
        record(b"software: x", kind="warcinfo", url="", media="application/warc-fields"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(answer()),
        record(answer(b"GIF8", head="Content-Type: image/gif"), url="https://quayside.example/a.gif"),
        record(answer(status="404 Not Found"), url="https://quayside.example/missing"),
        record(TEXT.encode(), kind="conversion", url="https://quayside.example/text", media="text/plain"),
    ]
    content = {
        "plain": b"".join(records),
        "one": gzip.compress(b"".join(records)),
        "each": b"".join(gzip.compress(one) for one in records),
    }[packed]
    found = read_all(write(tmp_path, "a.warc.gz", content))
    assert [(one.source.rsplit("/", 1)[-1], one.url) for one in found] == [
        ("a.warc.gz!3", "https://quayside.example/ferry"),
        ("a.warc.gz!6", "https://quayside.example/text"),
    ]
    assert found[0].publisher == "quayside.example"
    assert found[0].title == "Ferry stays away"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Content-Encoding: gzip", gzip.compress(PAGE.encode())),
        ("Content-Encoding: deflate", zlib.compress(PAGE.encode())),
        ("Transfer-Encoding: chunked", f"{len(PAGE.encode()):x}\r\n{PAGE}\r\n0\r\n\r\n".encode()),
        ("Transfer-Encoding: chunked", PAGE.encode()),
        ("Content-Encoding: gzip", PAGE.encode()),
    ],
)
def test_bodies_are_unpacked_whatever_their_headers_say(tmp_path, head, body):
    content = record(answer(body, head=f"Content-Type: text/html\r\n{head}"))
    (article,) = read_all(write(tmp_path, "a.warc", content))
    assert "second time on Monday" in article.text


def test_the_charset_of_the_header_is_believed(tmp_path):
    body = PAGE.replace("Harbourside", "Łódź").encode("iso-8859-2")
    content = record(answer(body, head="Content-Type: text/html; charset=iso-8859-2"))
    (article,) = read_all(write(tmp_path, "a.warc", content))
    assert "Łódź" in article.text


def test_a_packing_that_is_not_known_is_told(tmp_path):
    content = record(answer(b"\x8b\x02", head="Content-Type: text/html\r\nContent-Encoding: br"))
    assert reasons(read_all(write(tmp_path, "a.warc", content))) == [("a.warc!1", "unsupported")]


def test_reading_goes_on_behind_a_damaged_record(tmp_path):
    first, second, third = (record(answer(), url=f"https://quayside.example/{n}") for n in (1, 2, 3))
    broken = second.replace(b"Content-Length: ", b"Content-Length: x")
    found = read_all(write(tmp_path, "a.warc", first + broken + third))
    assert reasons(found) == [("a.warc!2", "broken-record")]
    assert [one.position for one in found if isinstance(one, Rejected)] == [len(first)]
    assert [one.url for one in articles(found)] == ["https://quayside.example/1", "https://quayside.example/3"]


def test_reading_goes_on_behind_damaged_packed_records(tmp_path):
    parts = [bytearray(gzip.compress(record(answer(), url=f"https://quayside.example/{n}"))) for n in range(5)]
    parts[2][40] ^= 0xFF
    found = read_all(write(tmp_path, "a.warc.gz", b"".join(map(bytes, parts))))
    assert {reason for _, reason in reasons(found)} <= {"broken-gzip", "broken-record"}
    assert reasons(found)
    assert [one.url[-1] for one in articles(found)] == ["0", "1", "3", "4"]


@pytest.mark.parametrize("damage", [0, 3, 12, 30])
def test_reading_goes_on_behind_a_damaged_first_record(tmp_path, damage):
    parts = [bytearray(gzip.compress(record(answer(), url=f"https://quayside.example/{n}"))) for n in range(4)]
    parts[0][damage : damage + 10] = bytes(byte ^ 0xFF for byte in parts[0][damage : damage + 10])
    found = read_all(write(tmp_path, "a.warc.gz", b"".join(map(bytes, parts))))
    assert reasons(found)
    assert [one.url[-1] for one in articles(found)] == ["1", "2", "3"]


def test_a_damaged_first_record_is_found_in_an_archive_that_is_cut_in_the_parent(tmp_path):
    parts = [bytearray(gzip.compress(record(answer(), url=f"https://quayside.example/{n}"))) for n in range(4)]
    parts[0][12:20] = bytes(byte ^ 0xFF for byte in parts[0][12:20])
    found = read_all(write(tmp_path, "a.warc.gz", b"".join(map(bytes, parts))), piece_bytes=4_096)
    assert [one.url[-1] for one in articles(found)] == ["1", "2", "3"]


@pytest.mark.parametrize("wrong", [-200, -3, 50, 300, 10**6, 10**11])
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", ["response", "request"])
def test_a_wrong_length_loses_no_other_record(tmp_path, wrong, packed, kind):
    first, third, fourth = (record(answer(), url=f"https://quayside.example/{n}") for n in (1, 3, 4))
    second = record(answer(), kind=kind, length=len(answer()) + wrong, url="https://quayside.example/2")
    parts = (first, second, third, fourth)
    content = b"".join(map(gzip.compress, parts)) if packed else b"".join(parts)
    found = read_all(write(tmp_path, "a.warc", content))
    assert {reason for _, reason in reasons(found)} == {"broken-record"}
    urls = [one.url[-1] for one in articles(found)]
    assert [url for url in urls if url != "2"] == ["1", "3", "4"]


def test_a_web_archive_within_a_record_of_one_is_left_alone(tmp_path):
    inner = record(answer(), url="https://quayside.example/inner")
    outer = record(inner, kind="resource", url="https://quayside.example/a.warc", media="application/warc")
    found = read_all(write(tmp_path, "a.warc", outer + record(answer())))
    assert [one.url for one in found] == ["https://quayside.example/ferry"]


def test_a_wrong_length_in_the_older_form_loses_no_other_page(tmp_path):
    def line(number, length):
        return f"http://quayside.example/{number} 127.0.0.1 20211203093000 text/html {length}\n".encode()

    body = answer()
    content = b"filedesc://a.arc 127.0.0.1 20211203093000 text/plain 9\n1 0 Test\n\n"
    content += b"".join(line(n, len(body) + (70 if n == 1 else 0)) + body + b"\n" for n in range(3))
    found = read_all(write(tmp_path, "a.arc", content))
    assert [one.url[-1] for one in articles(found)] == ["0", "1", "2"]
    assert [reason for _, reason in reasons(found)] == ["broken-record"]


def test_a_web_archive_that_ends_in_a_record_is_told(tmp_path):
    content = record(answer()) + record(answer(), url="https://quayside.example/2")
    found = read_all(write(tmp_path, "a.warc", content[:-200]))
    assert reasons(found) == [("a.warc", "truncated")]
    assert len(articles(found)) == 1


def test_records_over_the_limit_are_told_and_not_kept(tmp_path):
    large = answer(PAGE.encode() + b" " * 3_000_000)
    found = read_all(write(tmp_path, "a.warc", record(large) + record(answer())), max_line_bytes=100_000)
    assert reasons(found) == [("a.warc!1", "too-large")]
    assert len(articles(found)) == 1


def test_the_older_form_of_web_archives_is_read(tmp_path):
    body = answer()
    content = b"filedesc://a.arc 127.0.0.1 20211203093000 text/plain 9\n1 0 Test\n\n"
    content += f"http://quayside.example/a b 127.0.0.1 20211203093000 text/html {len(body)}\n".encode() + body + b"\n"
    (article,) = read_all(write(tmp_path, "a.arc", content))
    assert article.title == "Ferry stays away"


def test_a_web_archive_without_a_page_is_told(tmp_path):
    content = record(b"GET / HTTP/1.1\r\n\r\n", kind="request")
    assert reasons(read_all(write(tmp_path, "a.warc", content))) == [("a.warc", "no-page")]


def test_large_containers_are_cut_where_the_paths_are_and_tell_progress(tmp_path):
    members = [(f"{n:03}.txt", f"{TEXT} Number {n}. " * 20) for n in range(40)]
    path = write(tmp_path, "a.zip", zipped(members))
    cut = list(pieces([str(path)], ReadOptions(piece_bytes=4_096)))
    assert len(cut) == 40
    assert all(piece.content is not None and piece.total == path.stat().st_size for piece in cut)
    done = [piece.done for piece in cut]
    assert done == sorted(done)
    assert done[-1] <= path.stat().st_size


def test_a_defect_in_one_member_costs_that_member(tmp_path, monkeypatch):
    def fail(html, options, **more):
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr("index.read.formats.html.read_page", fail)
    found = read_all(write(tmp_path, "a.zip", zipped([("a.html", PAGE), ("b.txt", TEXT)])))
    assert reasons(found) == [("a.zip!a.html", "reader-failed")]
    assert len(articles(found)) == 1


def tarred(members, *, mode="w", form=tarfile.PAX_FORMAT):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, format=form) as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["w", "w:gz"])
@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_a_tar_archive_is_read_like_a_directory(tmp_path, mode, form):
    long = f"{'folder-' * 12}/{'name-' * 15}.txt" if form == tarfile.USTAR_FORMAT else f"{'ä' * 90}/{'n' * 120}.txt"
    lines = "\n".join(json.dumps({"id": number, "title": "Ferry", "text": TEXT}) for number in (1, 2)).encode()
    members = {"a.txt": PAGE_BYTES, ".hidden.txt": b"x", "README.md": b"y", long: PAGE_BYTES, "b.jsonl": lines}
    path = write(tmp_path, "all.tgz", tarred(members, mode=mode, form=form))
    found = list(read_all(path))
    assert not reasons(found)
    sources = [one.source.removeprefix(str(tmp_path)) for one in articles(found)]
    assert sources == ["/all.tgz!a.txt", f"/all.tgz!{long}", "/all.tgz!b.jsonl:1", "/all.tgz!b.jsonl:2"]


def test_hostile_members_of_a_tar_are_refused_and_the_rest_is_read(tmp_path):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, kind in (("/etc/a.txt", "0"), ("../b.txt", "0"), ("c.txt", "2"), ("d.txt", "3"), ("e.txt", "0")):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind.encode(), "/etc/passwd" if kind == "2" else ""
            entry.size = len(PAGE_BYTES) if kind == "0" else 0
            archive.addfile(entry, io.BytesIO(PAGE_BYTES))
    found = list(read_all(write(tmp_path, "all.tar", buffer.getvalue())))
    assert [reason for _, reason in reasons(found)] == ["unsafe-name", "unsafe-name", "not-a-file", "not-a-file"]
    assert len(articles(found)) == 1


def test_a_tar_is_bounded_in_members_sizes_and_what_it_expands_to(tmp_path):
    many = write(tmp_path, "many.tar", tarred({f"{number}.txt": PAGE_BYTES for number in range(5)}))
    found = list(read_all(many, max_members=3))
    assert (len(articles(found)), reasons(found)) == (3, [("many.tar", "too-large")])
    large = write(tmp_path, "large.tar", tarred({"a.txt": PAGE_BYTES * 9, "b.txt": PAGE_BYTES}))
    found = list(read_all(large, max_file_bytes=len(PAGE_BYTES) * 20, max_expanded_bytes=len(PAGE_BYTES) * 5))
    assert [reason for _, reason in reasons(found)] == ["too-large"]
    bomb = write(tmp_path, "bomb.tgz", tarred({"a.txt": b" " * 40_000_000}, mode="w:gz"))
    assert "bomb" in [reason for _, reason in reasons(list(read_all(bomb)))]


def test_a_tar_that_ends_in_a_member_or_is_damaged_is_told_and_what_came_before_is_read(tmp_path):
    whole = tarred({"a.txt": PAGE_BYTES, "b.txt": PAGE_BYTES * 3})
    cut = list(read_all(write(tmp_path, "cut.tar", whole[: whole.index(b"b.txt") + 700])))
    assert len(articles(cut)) >= 1
    assert [reason for _, reason in reasons(cut)] == ["truncated"]
    at = whole.index(b"b.txt")
    damaged = list(read_all(write(tmp_path, "damaged.tar", whole[:at] + b"X" + whole[at + 1 :])))
    assert len(articles(damaged)) == 1
    assert [reason for _, reason in reasons(damaged)] == ["broken-record"]


@pytest.mark.parametrize("lost", [b"a.txt", b"b.txt"])
def test_a_member_whose_name_was_lost_is_told_and_the_others_are_read(tmp_path, lost):
    content = zipped([("a.txt", TEXT), ("b.txt", TEXT)])
    listed = content.rindex(lost)
    content = content[:listed] + bytes(len(lost)) + content[listed + len(lost) :]
    found = read_all(write(tmp_path, "a.zip", content))
    assert [one.source.rpartition("!")[2] for one in articles(found)] == [{b"a.txt": "b.txt", b"b.txt": "a.txt"}[lost]]
    assert reasons(found) == [("a.zip!", "broken-zip")]


def test_a_defect_in_a_container_costs_only_that_file(tmp_path, monkeypatch):
    def fail(name):
        raise KeyError("a defect")

    monkeypatch.setattr("index.read.containers.zip.leads_out", fail)
    write(tmp_path, "a.zip", zipped([("a.txt", TEXT)]))
    write(tmp_path, "b.txt", TEXT.encode())
    for options in ({}, {"piece_bytes": 8}):
        found = read_all(tmp_path, **options)
        assert reasons(found) == [("a.zip", "reader-failed")]
        assert len(articles(found)) == 1
