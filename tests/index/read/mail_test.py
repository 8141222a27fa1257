"""Mail: newsletters in an mbox or alone, their text without markup, attachments and stubs."""

import pytest

from index.read.options import ReadOptions
from index.read.pieces import pieces
from index.read.reading import read, read_piece
from index.types import Article, Rejected

TEXT = "The council of Harbourside met on Monday and spoke about the ferry."

HEADERS = """From: "The Quayside Courier" <news@quayside.example>
To: you@home.example
Subject: =?utf-8?q?Ferry_stays_away_=E2=80=93_again?=
Date: Fri, 03 Dec 2021 09:30:00 -0500
Message-ID: <q-1@quayside.example>
MIME-Version: 1.0
"""

BOTH = f"""{HEADERS}Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

Read it in your browser.
--b
Content-Type: text/html; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

<html><head><style>p {{}}</style></head><body><p>{TEXT}</p><p>The caf=E9 closed, and nobody knew why.</p></body></html>
--b
Content-Type: text/plain; name="terms.txt"
Content-Disposition: attachment; filename="terms.txt"

Terms and conditions.
--b--
"""

PLAIN = f"{HEADERS}\n{TEXT}\n\nNobody knew why.\n"


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def read_all(*paths, **options):
    return list(read(paths, ReadOptions(**options)))


def mbox(*messages):
    return "".join(f"From news@quayside.example Fri Dec  3 14:30:00 2021\n{message}\n" for message in messages)


def numbered(count):
    return [PLAIN.replace("q-1", f"q-{n}").replace("Nobody", f"Number {n}: nobody") for n in range(count)]


def test_a_message_in_a_file_is_an_article(tmp_path):
    (article,) = read_all(write(tmp_path, "a.eml", PLAIN))
    assert article.title == "Ferry stays away – again"
    assert article.text == f"{TEXT}\n\nNobody knew why."
    assert article.publisher == "The Quayside Courier"
    assert article.published.value == "2021-12-03T09:30-05:00"
    assert article.own_id == "q-1@quayside.example"


def test_markup_is_taken_where_the_plain_part_is_a_stub_and_attachments_never(tmp_path):
    (article,) = read_all(write(tmp_path, "a.eml", BOTH))
    assert article.text == f"{TEXT}\n\nThe café closed, and nobody knew why."


def test_each_message_of_an_mbox_is_an_article_with_its_line(tmp_path):
    quoted = PLAIN.replace("Nobody", ">From here, nobody")
    found = read_all(write(tmp_path, "a.mbox", mbox(PLAIN, quoted.replace("q-1", "q-2"), HEADERS)))
    first, second, third = found
    assert [one.source.rsplit(":", 1)[1] for one in found] == ["1", "13", "25"]
    assert second.text == f"{TEXT}\n\nFrom here, nobody knew why."
    assert first.id != second.id
    assert (third.reason, third.position) == ("no-text", 25)


def test_a_large_mbox_is_cut_between_messages(tmp_path):
    path = write(tmp_path, "a.mbox", mbox(*numbered(200)))
    options = ReadOptions(piece_bytes=4_096)
    cut = list(pieces([path], options))
    assert len(cut) > 5
    found = [one for piece in cut for one in read_piece(piece, options)]
    assert found == read_all(path)
    assert len({one.id for one in found}) == 200


def test_a_message_over_the_limit_is_skipped_and_told_once(tmp_path):
    first, second, third = numbered(3)
    content = mbox(first, second + "a line of an attachment\n" * 200_000, third)
    found = read_all(write(tmp_path, "a.mbox", content), max_line_bytes=100_000, piece_bytes=4_096)
    assert [(one.reason, one.position) for one in found if isinstance(one, Rejected)] == [("too-long", 13)]
    assert [one.own_id[:3] for one in found if isinstance(one, Article)] == ["q-0", "q-2"]


def test_texts_that_begin_with_a_date_or_a_from_are_no_mail(tmp_path):
    for text in (f"Date: 2021-12-03\nFrom: Harbourside\n\n{TEXT}", f"From the pier at 10:30 it was seen.\n\n{TEXT}"):
        (article,) = read_all(write(tmp_path, "a.txt", text))
        assert article.own_id is None


@pytest.mark.parametrize(
    "change",
    [
        ("Fri, 03 Dec 2021 09:30:00 -0500", "no day"),
        ("Fri, 03 Dec 2021 09:30:00 -0500", "Fri, 03 Dec 9999 09:30:00 -0500"),
        ("Fri, 03 Dec 2021 09:30:00 -0500", "Fri, 00 Dec 0000 09:30:00 -0500"),
    ],
)
def test_impossible_dates_date_nothing(tmp_path, change):
    article, *_ = read_all(write(tmp_path, "a.eml", PLAIN.replace(*change)))
    assert article.published is None


def test_headers_in_other_signs_than_ascii_are_read(tmp_path):
    content = PLAIN.replace("=?utf-8?q?Ferry_stays_away_=E2=80=93_again?=", "Färja – stängd").encode()
    assert read_all(write(tmp_path, "a.eml", content))[0].title == "Färja – stängd"
    content = PLAIN.replace("=?utf-8?q?", "=?no-such?q?").encode()
    assert "Ferry stays away" in read_all(write(tmp_path, "a.eml", content))[0].title


def test_parts_nested_for_ever_are_refused(tmp_path):
    nest = "".join(f"--{n}\nContent-Type: multipart/mixed; boundary={n + 1}\n\n" for n in range(3_000))
    content = f"{HEADERS}Content-Type: multipart/mixed; boundary=0\n\n{nest}"
    (rejected,) = read_all(write(tmp_path, "a.eml", content))
    assert rejected.reason == "broken-mail"


def test_a_header_of_a_million_parameters_is_cut_short(tmp_path):
    content = f"{HEADERS}Content-Type: text/plain; {'a*0*=b; ' * 100_000}\n\n{TEXT}"
    (article,) = read_all(write(tmp_path, "a.eml", content))
    assert article.text == TEXT


def multipart(kind, *parts):
    inside = "".join(f"--{kind}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{kind}"\n\n{inside}--{kind}--\n'


PART = "Content-Type: text/{}; charset=utf-8\n\n{}"
FOOTER = "You receive this list since you once asked for it, or somebody did in your name, on our pages. " * 3
FORWARDED = f"Content-Type: message/rfc822\n\nFrom: a@b.example\nSubject: Pier\n\nThe pier. {TEXT * 3}\n"


@pytest.mark.parametrize("more", [PART.format("plain", FOOTER), FORWARDED])
def test_markup_is_chosen_among_its_alternatives_and_other_parts_stay(tmp_path, more):
    page = PART.format("html", "".join(f"<p>Paragraph {number}. {TEXT}</p>" for number in range(4)))
    alternative = multipart("alternative", PART.format("plain", "Read it in your browser."), page)
    (article,) = read_all(write(tmp_path, "a.eml", HEADERS + multipart("mixed", alternative, more)))
    assert article.text.startswith(f"Paragraph 0. {TEXT}\n\nParagraph 1.")
    assert ("in your name" in article.text) == (more != FORWARDED)
    assert ("The pier." in article.text) == (more == FORWARDED)
    assert "browser" not in article.text


def test_a_text_in_two_forms_is_read_once_though_nothing_states_that(tmp_path):
    plain = "\n\n".join(f"Paragraph {number}. {TEXT}" for number in range(4))
    page = "".join(f"<p>{paragraph}</p>" for paragraph in plain.split("\n\n"))
    parts = multipart("mixed", PART.format("plain", plain), PART.format("html", page))
    (article,) = read_all(write(tmp_path, "a.eml", HEADERS + parts))
    assert article.text == plain
