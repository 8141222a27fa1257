import json
from pathlib import Path

import pytest

from newsmorgue.command import run

TEXT = "Ada Reyes met Brian Cole in June 2019, the BBC said. Reyes smiled."


def test_each_name_and_date_tells_its_places_and_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.jsonl").write_text(json.dumps({"id": "mine-1", "title": "", "text": TEXT}), encoding="utf-8")
    assert run(["tag", str(tmp_path / "one.jsonl")]) == 0
    tagged = json.loads(capsys.readouterr().out)
    ada = next(person for person in tagged["people"] if person["name"] == "Ada Reyes")
    assert [(place["surface"], place["via"]) for place in ada["mentions"]] == [
        ("Ada Reyes", "full name"),
        ("Reyes", "surname of a fuller name"),
    ]
    (bbc,) = tagged["outlets"]
    for place in (*ada["mentions"], *bbc["mentions"], *tagged["dates"]):
        assert place["via"]
        assert place["field"] == "text"
        assert TEXT[place["start"] : place["end"]] == place["surface"]
