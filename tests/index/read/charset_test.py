"""Texts in old encodings are read as they were written."""

import json

import pytest

from index.read.charset import decode, marked_encoding
from index.read.guessing import guess_encoding
from index.read.options import ReadOptions
from index.read.reading import read
from index.types import Article
from tests.index.read.charset_texts import TEXTS

WRITTEN = [(language, encoding) for language, (_, encodings) in TEXTS.items() for encoding in encodings]


def sentence(text):
    return text[: min(text.index(sign) for sign in (". ", "。") if sign in text) + 1]


@pytest.mark.parametrize(("language", "encoding"), WRITTEN)
def test_a_text_in_an_old_encoding_is_read_letter_by_letter(language, encoding):
    text = TEXTS[language][0]
    for part in (sentence(text), text, text * 20):
        data = part.encode(encoding, "ignore")
        assert marked_encoding(data) is None
        assert decode(data) == data.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", TEXTS)
def test_wide_encodings_without_a_mark_are_told_in_every_script(language, encoding):
    data = TEXTS[language][0].encode(encoding)
    assert marked_encoding(data) == encoding
    assert marked_encoding(data[: len(data) // 2 // 4 * 4]) == encoding


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.csv", "a.xml"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("language", ["Russian", "Japanese"])
def test_articles_of_every_form_are_read_in_utf_16_without_a_mark(tmp_path, name, encoding, language):
    text = TEXTS[language][0]
    content = {
        "a.txt": f"{sentence(text)}\n\n{text}\n",
        "a.html": f"<html><body><article><h1>{text[:20]}</h1><p>{text}</p><p>{text}</p></article></body></html>",
        "a.json": json.dumps({"title": text[:20], "text": text}, ensure_ascii=False),
        "a.csv": f'title;text\n"{text[:20]}";"{text}"\n',
        "a.xml": f'<?xml version="1.0" encoding="utf-16"?><rss version="2.0"><channel><title>C</title><item><title>T'
        f"</title><description>{text}</description></item></channel></rss>",
    }[name]
    (tmp_path / name).write_bytes(content.encode(encoding))
    (article,) = read([str(tmp_path / name)], ReadOptions())
    assert isinstance(article, Article), article
    assert text in article.text.replace("\n\n", "\n")


def test_noise_and_programs_are_not_taken_for_wide_text():
    assert marked_encoding(bytes(range(256)) * 8) is None
    assert marked_encoding(b"\0\1\2\3" * 200) is None
    assert marked_encoding(b"PK\3\4\x14\0\0\0\x08\0" + bytes(range(200)) * 3) is None
    for text, encodings in TEXTS.values():
        assert marked_encoding(text.encode()) is None, encodings


@pytest.mark.parametrize("apart", [2, 3, 4, 7, 10, 31, 200])
@pytest.mark.parametrize("beyond", ["", "é", "’", "é".encode("cp1252").decode("latin-1")])
def test_nuls_in_a_narrow_text_do_not_make_it_wide(apart: int, beyond: str) -> None:
    text = TEXTS["English"][0].encode("ascii", "ignore") * 3
    spread = b"".join(text[at : at + apart] + b"\0" for at in range(0, len(text), apart))
    spread = spread[:900] + beyond.encode("utf-8") + spread[900:]
    for first in (0, 1, 2, 3):
        assert marked_encoding(spread[first:]) is None


def test_text_beside_many_nuls_is_not_wide() -> None:
    text = TEXTS["English"][0].encode("ascii", "ignore")
    for data in (text + bytes(1_000), bytes(1_000) + text, text.replace(b" ", b"\0"), text.replace(b" ", b"\0\0")):
        assert marked_encoding(data) is None


@pytest.mark.parametrize("declared", ["iso-2022-jp", "ISO-2022-JP", None])
def test_text_that_shifts_out_of_ascii_is_not_taken_for_it(declared):
    text = TEXTS["Japanese"][0]
    assert decode(text.encode("iso2022_jp"), declared=declared) == text
    korean = "시의회는 수요일"
    assert decode(korean.encode("iso2022_kr"), declared="iso-2022-kr" if declared else None) == korean


def test_a_page_that_declares_to_shift_is_read(tmp_path):
    text = TEXTS["Japanese"][0]
    page = f'<html><head><meta charset="iso-2022-jp"><title>{text[:9]}</title></head><body><p>{text}</p></body></html>'
    (tmp_path / "a.html").write_bytes(page.encode("iso2022_jp"))
    (article,) = read([str(tmp_path / "a.html")], ReadOptions())
    assert text in article.text


def test_what_looks_like_no_language_is_not_guessed():
    assert guess_encoding(bytes(range(0x80, 0x100)) * 4) is None
    assert decode(b"Temperatures fell to 4\xb0 overnight.") == "Temperatures fell to 4° overnight."
    assert decode(b"na\xefve") == "naïve"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of London said on Monday that the library’s roof would be repaired before the winter begins.",
        "Library’s roof repaired",
        "“Nobody will be hurt,” the mayor said on Monday – and nobody was.",
        "The café on the corner — the mayor’s — was closed by the council’s order on Friday…",
    ],
)
@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
def test_marks_of_print_in_english_are_no_letters_of_other_encodings(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text
