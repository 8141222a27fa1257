"""JSON, JSON Lines, CSV: columns by their usual names, sources by their lines, bad records beside good ones."""

import csv
import gzip
import io
import json

import pytest

from index.errors import SettingError, UsageError
from index.read.options import ReadOptions, read_options
from index.read.reading import read
from index.settings import Settings
from index.types import Article, Rejected

TEXT = "The council of Harbourside met on Monday and spoke about the ferry."


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def read_all(*paths, **options):
    return list(read(paths, ReadOptions(**options)))


def articles(found):
    return [one for one in found if isinstance(one, Article)]


def reasons(found):
    return [(one.source.rsplit("/", 1)[-1], one.reason) for one in found if isinstance(one, Rejected)]


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def test_an_article_whose_address_is_none_is_read_without_it(tmp_path):
    path = write(tmp_path, "a.jsonl", lines({"title": "One", "text": TEXT, "url": "http://[::1"}))
    [article] = read_all(path)
    assert (article.title, article.url) == ("One", None)


def test_usual_names_of_columns_are_understood(tmp_path):
    record = {
        "Headline": "Ferry stays away",
        "articleBody": TEXT,
        "date_publish": "2021-12-03",
        "source": {"id": None, "name": "The Quayside Courier"},
        "link": "https://quayside.example/a",
        "authors": ["Ada Brook", {"name": "Tom Quay"}],
        "lang": "en-GB",
        "id": 17,
    }
    (article,) = read_all(write(tmp_path, "a.json", json.dumps(record)))
    assert article.title == "Ferry stays away"
    assert article.text == TEXT
    assert article.published.value == "2021-12-03"
    assert article.published.origin == "metadata"
    assert article.publisher == "The Quayside Courier"
    assert article.url == "https://quayside.example/a"
    assert article.byline == "Ada Brook, Tom Quay"
    assert article.language == "en"
    assert article.own_id == "17"


def test_a_map_goes_before_the_usual_names(tmp_path):
    path = write(tmp_path, "a.jsonl", lines({"title": "No", "HEAD": "Yes", "words": TEXT}))
    options = read_options(Settings(), maps=["title=HEAD", "text = words"])
    (article,) = read([path], options)
    assert (article.title, article.text) == ("Yes", TEXT)


@pytest.mark.parametrize("text", ["titel=HEAD", "title", "title=", "=HEAD"])
def test_a_map_that_maps_nothing_is_a_usage_error(text):
    with pytest.raises(UsageError) as error:
        read_options(Settings(), maps=[text])
    assert "title" in str(error.value)


def test_an_unknown_order_of_dates_is_a_setting_error():
    with pytest.raises(SettingError):
        read_options(Settings(date_order="ymd"))


def test_html_in_a_column_becomes_text(tmp_path):
    record = {
        "title": "Bread &amp; ferries",
        "content": f"<p>{TEXT}</p><script>x()</script><p>It&#8217;s <b>late</b>.</p>",
    }
    (article,) = read_all(write(tmp_path, "a.json", json.dumps(record)))
    assert article.title == "Bread & ferries"
    assert article.text == f"{TEXT}\n\nIt’s late."


def test_less_than_signs_in_a_text_are_no_html(tmp_path):
    (article,) = read_all(write(tmp_path, "a.json", json.dumps({"text": "If a < b and b > c, then a <c."})))
    assert article.text == "If a < b and b > c, then a <c."


@pytest.mark.parametrize(
    "wrap",
    [
        lambda records: records,
        lambda records: {"status": "ok", "articles": records},
        lambda records: {"response": {"numFound": 2, "docs": records}},
        lambda records: {"hits": {"hits": [{"_id": "x", "_source": record} for record in records]}},
        lambda records: {"found": records},
        lambda records: {str(number): record for number, record in enumerate(records)},
    ],
)
def test_lists_of_articles_are_found_where_they_lie(tmp_path, wrap):
    records = [{"title": "One", "text": TEXT}, {"title": "Two", "text": TEXT}]
    found = read_all(write(tmp_path, "a.json", json.dumps(wrap(records), indent=1)))
    assert [article.title for article in found] == ["One", "Two"]
    assert [article.source.rsplit(":", 1)[1] for article in found] == ["1", "2"]


def test_json_values_that_follow_one_another_are_read(tmp_path):
    content = "\n".join(json.dumps({"title": str(n), "text": TEXT}, indent=2) for n in range(3))
    assert [article.title for article in read_all(write(tmp_path, "a.json", content))] == ["0", "1", "2"]


def test_broken_lines_are_rejected_with_their_numbers_and_the_rest_is_read(tmp_path):
    good = json.dumps({"title": "One", "text": TEXT})
    content = f'{good}\n{{"title": broken\n\n[1, 2]\n{good}\n{{"title": "cut off", "te\n'
    found = read_all(write(tmp_path, "a.jsonl", content))
    assert [one.source.rsplit(":", 1)[1] for one in articles(found)] == ["1", "5"]
    assert reasons(found) == [("a.jsonl:2", "not-json"), ("a.jsonl:4", "not-an-article"), ("a.jsonl:6", "not-json")]
    assert "line 2" in next(one for one in found if isinstance(one, Rejected)).detail


def test_json_lines_are_recognised_without_their_suffix(tmp_path):
    found = read_all(write(tmp_path, "a.txt", lines({"title": "One", "text": TEXT}, {"title": "Two", "text": TEXT})))
    assert [article.title for article in found] == ["One", "Two"]


def test_a_record_without_text_says_which_columns_there_are(tmp_path):
    (rejected,) = read_all(write(tmp_path, "a.json", json.dumps({"heading": "One", "words": TEXT})))
    assert rejected.reason == "no-text-column"
    assert "heading, words" in rejected.detail
    assert "--map text=" in rejected.detail


def test_nesting_without_end_is_rejected(tmp_path):
    deep = "[" * 100_000 + "]" * 100_000
    good = json.dumps({"title": "One", "text": TEXT})
    assert reasons(read_all(write(tmp_path, "a.json", deep))) == [("a.json:1", "too-deep")]
    found = read_all(write(tmp_path, "b.jsonl", f'{good}\n{{"a": {deep}}}\n{good}\n'))
    assert reasons(found) == [("b.jsonl:2", "too-deep")]
    assert len(articles(found)) == 2


def test_brackets_in_a_text_are_no_nesting(tmp_path):
    (article,) = read_all(write(tmp_path, "a.json", json.dumps({"text": "a" + "[{" * 100})))
    assert article.text == "a" + "[{" * 100


def test_lone_surrogates_never_survive(tmp_path):
    path = write(tmp_path, "a.json", r'{"title": "a\ud800", "text": "b\udfff c", "author": "\ud800d", "id": "\ud800"}')
    (article,) = read_all(path)
    assert (article.title, article.text, article.byline, article.own_id) == ("a", "b c", "d", None)


def test_an_array_that_breaks_off_gives_what_came_before(tmp_path):
    content = json.dumps([{"title": "One", "text": TEXT}, {"title": "Two", "text": TEXT}])[:-20]
    found = read_all(write(tmp_path, "a.json", content))
    assert [article.title for article in articles(found)] == ["One"]
    assert reasons(found) == [("a.json", "truncated")]


def test_csv_rows_are_read_with_the_lines_they_begin_on(tmp_path):
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerows([["Title", "Text", "Date"], ["One", 'Line "one"\nline two', "03/04/2021"], ["Two", TEXT, ""]])
    found = articles(read_all(write(tmp_path, "a.csv", sheet.getvalue())))
    assert [article.source.rsplit(":", 1)[1] for article in found] == ["2", "4"]
    assert found[0].text == 'Line "one"\n\nline two'
    assert (found[0].published.value, found[0].published.certain) == ("2021-03-04", False)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_sniffed(tmp_path, delimiter):
    rows = [["headline", "body", "outlet"], ["One", "It was late, and; dark | here", "CNN"]]
    sheet = io.StringIO()
    csv.writer(sheet, delimiter=delimiter).writerows(rows)
    for name in ("a.csv", "b.txt"):
        (article,) = read_all(write(tmp_path, name, sheet.getvalue()))
        assert (article.title, article.text, article.publisher) == ("One", rows[1][1], "CNN")


def test_a_sheet_in_utf_16_is_read(tmp_path):
    (article,) = read_all(write(tmp_path, "a.csv", f"title\ttext\nKöln\t{TEXT}\n".encode("utf-16")))
    assert article.title == "Köln"


def test_a_sheet_without_text_is_rejected_once(tmp_path):
    (rejected,) = read_all(write(tmp_path, "a.csv", "a,b\n1,2\n3,4\n"))
    assert rejected.reason == "no-text-column"
    assert "a, b" in rejected.detail


def test_a_row_with_too_many_columns_is_rejected_and_the_rest_is_read(tmp_path):
    found = read_all(write(tmp_path, "a.csv", f"title,text\nOne,two,three\nTwo,{TEXT}\n"))
    assert reasons(found) == [("a.csv:2", "wrong-columns")]
    assert [article.title for article in articles(found)] == ["Two"]


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv"])
@pytest.mark.parametrize("packed", [False, True])
def test_large_files_cut_into_pieces_read_like_whole_ones(tmp_path, suffix, packed):
    records = [{"title": f"Number {n}", "text": f'{TEXT}\n"{n}" [{{\\ end'} for n in range(400)]
    if suffix == "jsonl":
        content = lines(*records)
    elif suffix == "json":
        content = json.dumps(records, indent=1)
    else:
        sheet = io.StringIO()
        writer = csv.DictWriter(sheet, ["title", "text"])
        writer.writeheader()
        writer.writerows(records)
        content = sheet.getvalue()
    data = content.encode()
    path = write(tmp_path, f"a.{suffix}" + ".gz" * packed, gzip.compress(data) if packed else data)
    whole = read_all(path)
    assert len(articles(whole)) == 400
    assert read_all(path, piece_bytes=4_096) == whole


def test_rows_behind_an_unclosed_quote_are_read_and_the_row_is_named(tmp_path):
    rows = [f"{number},Article {number},{TEXT}" for number in range(40)]
    rows[3] = f'3,"Article 3,{TEXT}'
    path = tmp_path / "a.csv"
    path.write_text('id,title,text\n"a","A ""first"" one","' + TEXT + '"\n' + "\n".join(rows) + "\n")
    found = list(read([str(path)], ReadOptions()))
    (rejected,) = [one for one in found if isinstance(one, Rejected)]
    assert (rejected.source, rejected.reason) == (f"{path}:6", "open-quote")
    articles = {one.own_id: one for one in found if isinstance(one, Article)}
    assert set(articles) == {"a", *map(str, range(40))} - {"3"}
    assert articles["4"].source == f"{path}:7"


def test_a_last_row_cut_short_in_a_long_text_is_read_as_far_as_it_goes(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("title,text\nOne," + TEXT + '\nTwo,"' + f"{TEXT}\n\n" * 40)
    first, second = read([str(path)], ReadOptions())
    assert (first.title, second.title) == ("One", "Two")
    assert second.text.count(TEXT) == 40


def test_a_table_with_nothing_but_a_mark_of_byte_order_below_its_names_is_told(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"title,text\n\xff\xfe")
    assert [reason for _, reason in reasons(read_all(str(path)))] == ["empty"]


@pytest.mark.parametrize("rows", ["", "\n\n", ",\n , \n", '"",""\n'])
def test_a_table_of_names_alone_is_told(tmp_path, rows):
    assert reasons(read_all(write(tmp_path, "a.csv", f"title,text\n{rows}"))) == [("a.csv", "empty")]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.json", "one.json"])
def test_a_column_to_map_that_is_not_there_is_told(tmp_path, name):
    records = [{"head": "Ferry stays away", "story": f"{TEXT} {n}."} for n in range(2)]
    content = {
        "a.csv": "head,story\n" + "".join(f"{one['head']},{one['story']}\n" for one in records),
        "a.jsonl": lines(*records),
        "a.json": json.dumps(records),
        "one.json": json.dumps({"data": records[0]}),
    }[name]
    path = write(tmp_path, name, content)
    options = {"columns": (("title", "NOPE"), ("text", "Story"))}
    found = read_all(path, **options)
    assert reasons(found) == [(name, "absent-column")]
    assert "'NOPE'" in next(one.detail for one in found if isinstance(one, Rejected))
    assert {one.title for one in articles(found)} == {"Ferry stays away"}
    assert reasons(read_all(path, columns=(("text", "STORY"),))) == []


def test_lines_that_carriage_returns_end_are_lines(tmp_path):
    rows = [{"title": f"Article {number}", "text": f"{TEXT} Part {number}."} for number in range(3)]
    contents = {
        "a.csv": "title,text\r" + "".join(f"{row['title']},{row['text']}\r" for row in rows),
        "a.jsonl": "".join(json.dumps(row) + "\r" for row in rows),
        "a.csv.gz": "title,text\r" + "".join(f"{row['title']},{row['text']}\r" for row in rows) * 2_000,
    }
    for name, content in contents.items():
        data = content.encode()
        found = read_all(write(tmp_path, name, gzip.compress(data) if name.endswith("gz") else data), piece_bytes=9_000)
        assert [one.title for one in articles(found)[:3]] == [row["title"] for row in rows]
        assert len(articles(found)) == len(found) == (6_000 if name.endswith("gz") else 3)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_delimiter_that_is_stated_for_excel_is_taken(tmp_path, mark, end):
    content = end.join([f"{mark}sep=;", "title;text", f'"One, two";"{TEXT}"', f"Three;{TEXT} More.", ""])
    found = read_all(write(tmp_path, "a.csv", content))
    assert [(one.title, one.source.rpartition(":")[2]) for one in articles(found)] == [
        ("One, two", "3"),
        ("Three", "4"),
    ]
    assert len(found) == 2


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_objects_over_several_lines_are_read_whatever_the_suffix(tmp_path, mark):
    records = [{"title": f"Article {number}", "text": f"{TEXT} Part {number}."} for number in range(2)]
    path = write(tmp_path, "a.jsonl", mark + "\n".join(json.dumps(record, indent=2) for record in records))
    assert [one.title for one in articles(read_all(path))] == ["Article 0", "Article 1"]


@pytest.mark.parametrize("date", [{"$date": "2021-12-03T10:00:00Z"}, {"$date": {"$numberLong": "1638525600000"}}])
def test_typed_values_of_mongodb_are_values(tmp_path, date):
    record = {"_id": {"$oid": "61a9f00c8f08"}, "title": "One", "text": TEXT, "date": date, "author": 3}
    (found,) = read_all(write(tmp_path, "a.jsonl", lines(record)))
    assert (found.own_id, found.published.value, found.byline) == ("61a9f00c8f08", "2021-12-03T10:00+00:00", None)


def test_answers_of_the_new_york_times_are_read(tmp_path):
    record = {
        "headline": {"main": "Ferry", "print_headline": "Boat"},
        "abstract": "Short.",
        "lead_paragraph": TEXT,
        "pub_date": "2021-12-03T10:00:00+0000",
        "byline": {"original": "By Ada Brook"},
    }
    (found,) = read_all(write(tmp_path, "a.json", json.dumps({"response": {"docs": [record]}})))
    assert (found.title, found.text, found.byline) == ("Ferry", TEXT, "Ada Brook")
