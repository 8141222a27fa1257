"""What training makes of labels and of corpora."""

import gzip
import json
from pathlib import Path

from index.tag.tokens import analyse
from index.types import Article
from training.corpora import read_columns, read_open
from training.labelled import LabelledArticle, project, read_own_labels, token_labels
from training.outlets import outlet_names


def projected(text: str, people: list[str], outlets: list[str]) -> list[tuple[str, str, int]]:
    document = analyse(Article(id="0", source="test", title="", text=text))
    labels = {"people": [{"surfaces": people}], "outlets": [{"surfaces": outlets}]}
    return [(span.kind, text[span.start : span.end], span.start) for span in project(document, labels)]


def test_the_longest_surface_is_projected_at_the_edges_of_tokens() -> None:
    assert projected("Lena Marsh met Marsha. Marsh-backed plans.", ["Lena Marsh", "Marsh"], []) == [
        ("person", "Lena Marsh", 0),
        ("person", "Marsh", 23),
    ]


def test_a_surname_in_the_name_of_a_thing_is_not_projected() -> None:
    assert projected("Marsh met aides at Marsh Tower. Marsh Administration.", ["Marsh"], []) == [
        ("person", "Marsh", 0),
        ("person", "Marsh", 32),
    ]


def test_outlets_are_projected_too() -> None:
    assert projected("Marsh told the Daily Bell.", ["Marsh"], ["Daily Bell"])[1] == ("outlet", "Daily Bell", 15)


def corpus(folder: Path, name: str, text: str, encoding: str = "utf-8") -> list[LabelledArticle]:
    (folder / name).write_text(text, encoding=encoding)
    return list(read_open(folder, (name,), is_outlet=lambda found: found == "Daily Bell"))


def names(article: LabelledArticle) -> list[tuple[str, str]]:
    text = article.document.article.text
    return [(span.kind, text[span.start : span.end]) for span in article.spans]


def test_columns_of_both_fashions_are_read(tmp_path: Path) -> None:
    (first,) = corpus(tmp_path, "a.conll", "Lena\tB-PER\nMarsh\tI-PER\n's\tO\nDaily\tB-ORG\nBell\tI-ORG\n\nUN\tB-ORG\n")
    assert first.document.article.text == "Lena Marsh's Daily Bell\nUN\n"
    assert names(first) == [("person", "Lena Marsh"), ("outlet", "Daily Bell")]
    (second,) = corpus(tmp_path, "b.conll", "Lena I-PER\nMarsh I-PER\nsaid O\nRoe I-PER\n")
    assert names(second) == [("person", "Lena Marsh"), ("person", "Roe")]


def test_titles_are_taken_out_of_the_spans(tmp_path: Path) -> None:
    (article,) = corpus(tmp_path, "a.conll", "Prime\tB-PER\nMinister\tI-PER\nPeña\tI-PER\nspoke\tO\n")
    assert names(article) == [("person", "Peña")]


def test_documents_are_divided() -> None:
    text = "-DOCSTART- one\n\na\tO\n\n-DOCSTART- two\n\nb\tO\n\nc\tO\n"
    assert [len(sentences) for sentences in read_columns(text)] == [1, 2]


def test_labels_of_tokens_follow_the_spans(tmp_path: Path) -> None:
    (article,) = corpus(tmp_path, "a.conll", "Dr.\tO\nLena\tB-PER\nMarsh\tI-PER\nleft\tO\n")
    assert token_labels(article.document.text, article.spans) == ["O", "B-person", "I-person", "O"]


def test_the_table_names_outlets() -> None:
    assert {"reuters", "new york times"} <= outlet_names()


def test_labels_of_our_own_are_joined_with_the_articles_by_address(tmp_path: Path) -> None:
    said = "Lena Marsh said on Monday that the town of Bellham would open its new library, and the council agreed."
    pages = [{"url": f"https://bellham.example/{name}", "title": "Library", "text": said} for name in "ab"]
    with gzip.open(tmp_path / "some.jsonl.gz", "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(page) + "\n" for page in pages)
    label = {"people": [{"name": "Lena Marsh", "surfaces": ["Lena Marsh"]}], "outlets": []}
    lines = [json.dumps({"id": f"https://bellham.example/{name}", **label}) for name in "bz"]
    (tmp_path / "labels.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (found,) = read_own_labels(tmp_path / "labels.jsonl", tmp_path)
    assert found.labels["id"] == "https://bellham.example/b"
    assert [(span.start, span.end) for span in found.spans] == [(0, 10)]
