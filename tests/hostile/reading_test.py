"""Inputs made to harm: each is read or refused with a reason, memory stays within the settings, and the run goes on.

Every test puts a good file behind the bad one, which must be read whatever came before.
"""

import gzip
import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.read.options import ReadOptions
from index.read.reading import read
from index.types import Article, Rejected

TEXT = "The council of Harbourside met on Monday and spoke about the ferry."
GOOD = json.dumps({"title": "Good", "text": TEXT})
MEGABYTE = 2**20


def outcome(tmp_path: Path, name: str, content: bytes, **options: int) -> list[Article | Rejected]:
    """Read a bad file and, behind it, a good one; give what came of the bad one."""
    pile = tmp_path / "pile"
    pile.mkdir(exist_ok=True)
    (pile / name).write_bytes(content)
    (pile / "z-good.json").write_text(GOOD)
    found = list(read([str(pile)], ReadOptions(**options)))
    (pile / name).unlink()
    last = found.pop()
    assert isinstance(last, Article)
    assert last.title == "Good"
    assert found, "nothing was said of the bad file"
    for one in found:
        if isinstance(one, Rejected):
            assert one.reason
            assert one.detail
        else:
            for text in (one.title, one.text, one.byline or "", one.publisher or "", one.url or "", one.source):
                text.encode()
                assert "\0" not in text
    return found


def reasons(found: list[Article | Rejected]) -> list[str]:
    return [one.reason if isinstance(one, Rejected) else "article" for one in found]


def packed_line(megabytes: int) -> bytes:
    """Give a gzip file of one line between two good ones, unpacked nowhere but in here and piece by piece."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=1) as file:
        file.write(f'{GOOD}\n{{"text": "'.encode())
        block = random.Random(7).randbytes(MEGABYTE // 2).hex().encode()  # of which no packing makes a bomb
        for _ in range(megabytes):
            file.write(block)
        file.write(f'"}}\n{GOOD}\n'.encode())
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.csv.gz", "a.json.gz", "a.txt.gz", "a.mbox.gz"])
def test_memory_is_bounded_by_a_setting_whatever_the_length_of_a_line(tmp_path: Path, name: str) -> None:
    prefix = {"a.csv.gz": b"title,text\na,b\n", "a.mbox.gz": b"From a Fri Dec 3 14:30:00 2021\nFrom: a\n\n"}.get(
        name, b""
    )
    content = gzip.compress(prefix) + packed_line(48)
    pile = tmp_path / "pile"
    pile.mkdir()
    (pile / name).write_bytes(content)
    options = ReadOptions(max_line_bytes=MEGABYTE, piece_bytes=2**16)
    list(read([str(tmp_path)], ReadOptions(max_file_bytes=1)))  # what is imported lazily does not count
    tracemalloc.start()
    try:
        found = [reasons([one])[0] for one in read([str(pile)], options)]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert set(found) - {"article"}, "nothing was said of the line"
    assert peak < 12 * MEGABYTE


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("laughs.xml", b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel/></rss>', "forbidden-dtd"),
        ("laughs.nitf", b'<!DOCTYPE nitf [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><nitf>&b;</nitf>', "forbidden-dtd"),
        ("file.xml", b'<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/passwd">]><nitf>&a;</nitf>', "forbidden-dtd"),
        ("deep.json", b'{"text": ' * MEGABYTE, "too-deep"),
        ("open.json", b"[" * MEGABYTE, "truncated"),
        ("deep.jsonl", b'{"text": ' + b"[" * MEGABYTE + b"\n{}\n", "too-deep"),
        ("deep.xml", b"<nitf>" + b"<p>" * MEGABYTE, "too-deep"),
        ("deep.html", b"<html><body>" + b"<div>" * 100_000, "no-text"),
        ("nul.txt", b"\0" * 10_000, "empty"),
        ("binary.txt", bytes(range(256)) * 100, "binary"),
    ],
)
def test_what_would_grow_or_nest_without_end_is_refused(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    assert reasons(outcome(tmp_path, name, content))[0] == expected


def test_a_bomb_of_gzip_in_gzip_is_refused(tmp_path: Path) -> None:
    content = gzip.compress(gzip.compress(b"0" * (64 * MEGABYTE)))
    assert reasons(outcome(tmp_path, "bomb.txt.gz", content)) == ["too-large"]
    lines = f"{GOOD}\n{GOOD}\n".encode() + b"\n" * (32 * MEGABYTE)
    assert reasons(outcome(tmp_path, "bomb.jsonl.gz", gzip.compress(lines))) == ["article", "article", "bomb"]


def test_a_zip_whose_members_share_their_bytes_is_refused(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT)
    content = bytearray(buffer.getvalue())
    second = content.rfind(b"PK\x01\x02")
    content[second + 42 : second + 46] = bytes(4)  # the second entry points at the first member
    found = outcome(tmp_path, "overlap.zip", bytes(content))
    assert "broken-zip" in reasons(found)


def test_a_zip_in_itself_ends_at_the_limit_of_depth(tmp_path: Path) -> None:
    content = TEXT.encode()
    for level in range(20):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{level}.zip" if level else "a.txt", content)
        content = buffer.getvalue()
    assert reasons(outcome(tmp_path, "deep.zip", content)) == ["too-deep"]


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT} \0 and more",
        f"{TEXT} \ud800 and \udfff more",
        f"{TEXT} \u202e txt.exe \u202d and more",
        f"{TEXT} \ufffe \uffff \U0010ffff and more",
        f"{TEXT} {chr(0x300) * 5_000} and more",
        f"{TEXT} \x1b[31mred\x1b[0m and more",
        f"\ufeff{TEXT}\u2028\u2029\x85 and more",
    ],
)
def test_signs_that_are_none_never_leave_the_reader(tmp_path: Path, text: str) -> None:
    as_json = json.dumps({"title": text, "text": text, "author": text, "publisher": text, "id": text}).encode()
    for name, content in (("a.json", as_json), ("a.txt", text.encode("utf-8", "surrogatepass"))):
        for one in outcome(tmp_path, name, content):
            assert isinstance(one, Article)
            assert TEXT in one.text
            assert "\x1b" not in one.text + one.title
            assert "\u202e" not in one.text + one.title


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252", "iso-8859-15", "mac-roman", "cp437"])
def test_a_wrong_charset_loses_no_article(tmp_path: Path, encoding: str) -> None:
    words = "Le café de Brême était fermé où l'été dernier encore on dînait à midi. " * 5
    html = f'<html><head><meta charset="koi8-r"></head><body><article><p>{words}</p></article></body></html>'
    for name, content in (("a.txt", words), ("a.html", html)):
        (article,) = outcome(tmp_path, name, content.encode(encoding, "replace"))
        assert isinstance(article, Article)
        assert "ferm" in article.text


@pytest.mark.parametrize("date", ["0000-00-00", "9999-12-31", "-1", "2021-02-30", "99999999999999999999", "1e999", ""])
def test_impossible_dates_date_nothing(tmp_path: Path, date: str) -> None:
    rows = [{"text": TEXT, "date": date}, {"text": f"{TEXT} Two.", "date": float("inf")}]
    found = outcome(tmp_path, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())
    assert [one.published for one in found if isinstance(one, Article)] == [None, None]


def test_ids_that_repeat_give_one_identity_and_the_same_text_at_two_addresses_two(tmp_path: Path) -> None:
    rows = [
        {"id": 1, "text": TEXT},
        {"id": 1, "text": f"{TEXT} Changed."},
        {"url": "https://a.example/1", "text": TEXT},
        {"url": "https://b.example/1", "text": TEXT},
    ]
    found = outcome(tmp_path, "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())
    ids = [one.id for one in found if isinstance(one, Article)]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def links(pile: Path) -> Iterator[str]:
    """Make links that lead nowhere, to themselves, up, and to each other."""
    for name, target in (("self", "self"), ("up", "."), ("a-loop", "b-loop"), ("b-loop", "a-loop"), ("gone", "none")):
        (pile / name).symlink_to(target)
        yield name


def test_links_that_loop_are_told_or_passed_over(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    pile.mkdir()
    assert len(list(links(pile))) == 5
    found = outcome(tmp_path, "a.txt", TEXT.encode())
    assert sorted(reasons(found)) == ["article", "link-loop", "link-loop", "link-loop", "missing"]


def test_names_made_to_confuse_are_told_as_they_are(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a\nrejected b\x1b[2J.txt", TEXT)
    (article,) = outcome(tmp_path, "names.zip", buffer.getvalue())
    assert isinstance(article, Article)
    assert article.source.endswith("names.zip!a\\x0arejected b\\x1b[2J.txt")
