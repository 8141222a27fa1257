"""The articles that the suite measures with are read rightly from the bank, and training never sees them."""

import json
from pathlib import Path

from training.gmb import read_gmb_labels, read_table, sentences_of, text_of
from training.train import GMB_LABELS

ROWS = [
    ("1.0", "Bush", "B-per"),
    ("1.0", "Number", "O"),
    ("2.0", '""""', "O"),
    ("2.0", "It", "O"),
    ("2.0", "'s", "O"),
    ("2.0", "over", "O"),
    ("2.0", ",", "O"),
    ("2.0", '""""', "O"),
    ("2.0", "Mr.", "B-per"),
    ("2.0", "Okoro", "I-per"),
    ("2.0", "(", "O"),
    ("2.0", "born", "O"),
    ("2.0", "1960", "O"),
    ("2.0", ")", "O"),
    ("2.0", "said", "O"),
    ("2.0", ".", "O"),
]


def written(folder: Path) -> Path:
    table = folder / "gmb.tsv"
    lines = [f"{n}\t{number}\t{word}\tNN\t{tag}" for n, (number, word, tag) in enumerate(ROWS)]
    table.write_text("\n".join(["\tSentence #\tWord\tPOS\tTag", *lines]), encoding="latin-1")
    return table


def test_sentences_are_written_as_print_has_them(tmp_path: Path) -> None:
    sentences = read_table(written(tmp_path))
    assert text_of([sentences[2]]) == '"It\'s over," Mr. Okoro (born 1960) said.'


def test_labels_are_joined_with_the_sentences_that_their_identity_names(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    person = {"name": "Okoro", "surfaces": ["Okoro"], "known_as": None, "kind": "mention"}
    records = [{"id": identity, "people": [person], "outlets": []} for identity in ("gmb:2-2", "gmb:2-9", "other")]
    labels.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    (article,) = read_gmb_labels(labels, written(tmp_path))
    (span,) = article.spans
    assert article.document.article.text[span.start : span.end] == "Okoro"
    assert list(read_gmb_labels(labels, tmp_path / "none.tsv")) == []


def test_what_is_measured_is_held_out_of_training() -> None:
    measured = (Path(__file__).parent / "gmb.jsonl").read_text(encoding="utf-8").splitlines()
    taken = {number for line in measured for number in sentences_of(json.loads(line)["id"])}
    assert len(taken) > 400
    for line in GMB_LABELS.read_text(encoding="utf-8").splitlines():
        assert taken.isdisjoint(sentences_of(json.loads(line)["id"]))
