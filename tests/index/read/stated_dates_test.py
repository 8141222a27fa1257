"""Dates of records: the order that a column proves, and what is told of those that are in doubt."""

import gzip
import io
import json
import tracemalloc

import pytest

from index.read.options import ReadOptions
from index.read.pieces import pieces
from index.read.reading import read, read_piece
from index.types import Article, Rejected

TEXT = "The council of Harbourside met on Monday and spoke about the ferry."


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def read_all(path, **options):
    return list(read([path], ReadOptions(**options)))


def dates(found):
    published = [one.published for one in found if isinstance(one, Article)]
    return [one and (one.value, one.certain) for one in published]


def told(found):
    return [(one.reason, one.position) for one in found if isinstance(one, Rejected)]


def table(*stated):
    return "title,date,text\n" + "".join(f"Ferry {n},{date},{TEXT} {n}\n" for n, date in enumerate(stated))


def json_lines(*stated):
    return "".join(json.dumps({"date": date, "text": f"{TEXT} {n}"}) + "\n" for n, date in enumerate(stated))


def array(*stated):
    return json.dumps([{"date": date, "text": f"{TEXT} {n}"} for n, date in enumerate(stated)])


FORMS = [("a.csv", table), ("a.jsonl", json_lines), ("a.json", array)]


@pytest.mark.parametrize(("name", "form"), FORMS)
@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (("01/04/2021", "02/04/2021", "13/04/2021"), ["2021-04-01", "2021-04-02", "2021-04-13"]),
        (("04/01/2021", "04/13/2021"), ["2021-04-01", "2021-04-13"]),
    ],
)
def test_a_column_that_proves_its_order_is_read_so_throughout(tmp_path, name, form, stated, expected):
    found = read_all(write(tmp_path, name, form(*stated)))
    assert dates(found) == [(value, True) for value in expected]
    assert told(found) == []


@pytest.mark.parametrize(("name", "form"), FORMS)
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_proof_may_stand_at_the_end_of_a_file_of_many_pieces(tmp_path, name, form, pack):
    content = pack(form(*["03/04/2021"] * 100, "13/04/2021").encode())
    options = ReadOptions(piece_bytes=1_000)
    path = write(tmp_path, name + (".gz" if pack is gzip.compress else ""), content)
    found = list(pieces([path], options))
    assert len(found) > 1
    read_from = [one for piece in found for one in read_piece(piece, options)]
    assert dates(read_from)[0] == ("2021-04-03", True)
    assert len(dates(read_from)) == 101
    assert told(read_from) == []


def test_what_proves_one_column_says_nothing_of_another(tmp_path):
    content = json_lines("13/04/2021") + json.dumps({"created": "03/04/2021", "text": TEXT}) + "\n"
    found = read_all(write(tmp_path, "a.jsonl", content))
    assert dates(found) == [("2021-04-13", True), ("2021-03-04", False)]
    assert told(found) == [("ambiguous-date", 2)]


def test_a_column_that_shows_both_orders_proves_none(tmp_path):
    found = read_all(write(tmp_path, "a.csv", table("13/04/2021", "04/13/2021", "03/04/2021")))
    assert dates(found) == [("2021-04-13", True), ("2021-04-13", True), ("2021-03-04", False)]
    assert told(found) == [("ambiguous-date", 4)]


def test_ambiguous_dates_are_told_once_with_their_number_and_the_setting(tmp_path):
    path = write(tmp_path, "a.csv", table(*["03/04/2021"] * 5))
    *_, last = read_all(path)
    assert (last.reason, last.position) == ("ambiguous-date", 2)
    assert "date '03/04/2021' may be two days, and so may 4 behind it: it was read as 2021-03-04" in last.detail
    assert "date_order" in last.detail
    found = read_all(path, day_first=True)
    assert dates(found) == [("2021-04-03", False)] * 5
    assert told(found) == []


def test_of_a_stream_what_was_read_before_the_proof_is_told_and_what_follows_is_in_order(tmp_path, monkeypatch):
    content = table(*["03/04/2021"] * 30, "13/04/2021", *["03/04/2021"] * 30).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    found = read_all("-", piece_bytes=1_000)
    read_as = dates(found)
    assert read_as[0] == ("2021-03-04", False)
    assert read_as[-1] == ("2021-04-03", True)
    assert {reason for reason, _ in told(found)} == {"ambiguous-date"}


def test_looking_for_a_proof_holds_no_more_than_pieces(tmp_path):
    path = write(tmp_path, "a.csv", table(*["03/04/2021"] * 40_000))
    tracemalloc.start()
    try:
        count = sum(1 for _ in pieces([path], ReadOptions(piece_bytes=10_000)))
        assert count > 100
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_a_stated_date_that_is_not_understood_is_told_and_the_article_stays(tmp_path):
    article, rejected = read_all(write(tmp_path, "a.csv", table("6. Mai 2024")))
    assert article.published is None
    assert (rejected.reason, rejected.position) == ("unread-date", 2)
    assert rejected.source == article.source
    assert "date '6. Mai 2024'" in rejected.detail


def test_the_next_best_date_is_less_certain(tmp_path):
    record = {"date": "6. Mai 2024", "created": "2024-05-09", "text": TEXT}
    found = read_all(write(tmp_path, "a.json", json.dumps(record)))
    assert dates(found) == [("2024-05-09", False)]
    record = {"date": "6. Mai 2024", "url": "https://quayside.example/2024/05/06/ferry", "text": TEXT}
    found = read_all(write(tmp_path, "b.json", json.dumps(record)))
    assert dates(found) == [("2024-05-06", False)]
    assert told(found) == [("unread-date", None)]


@pytest.mark.parametrize("stated", ["", "-", "n/a", "0000-00-00", "0", "12:30"])
def test_what_says_that_there_is_no_date_is_not_told(tmp_path, stated):
    found = read_all(write(tmp_path, "a.csv", table(stated)))
    assert dates(found) == [None]
    assert told(found) == []


def test_a_column_of_numbers_mapped_to_the_date_is_told(tmp_path):
    found = read_all(write(tmp_path, "a.csv", f"Nr,text\n7,{TEXT}\n"), columns=(("date", "Nr"),))
    assert told(found) == [("unread-date", 2)]


def test_a_page_whose_date_for_machines_is_not_understood_is_told(tmp_path):
    page = (
        '<html><head><title>Ferry</title><meta property="article:published_time" content="6. Mai 2024"></head><body>'
        f'<h1>Ferry stays away</h1><p class="published">Published 6 May 2024</p><p>{TEXT * 5}</p></body></html>'
    )
    found = read_all(write(tmp_path, "a.html", page))
    assert dates(found) == [("2024-05-06", False)]
    assert told(found) == [("unread-date", None)]


def test_a_text_and_a_mail_whose_date_is_not_understood_are_told(tmp_path):
    text = f"Title: Ferry\nDate: 6. Mai 2024\n\n{TEXT}\n"
    assert told(read_all(write(tmp_path, "a.txt", text))) == [("unread-date", None)]
    mail = f"From: ada@quayside.example\nMessage-ID: <1@q>\nSubject: Ferry\nDate: 6. Mai 2024\n\n{TEXT}\n"
    assert told(read_all(write(tmp_path, "a.eml", mail))) == [("unread-date", None)]
