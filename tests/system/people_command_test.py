"""The commands that see and correct whom an archive shows, as users type them."""

import json
import tomllib
from pathlib import Path

import pytest

from index.archive.archive import Archive, Entry
from index.authority.log import append
from index.authority.types import Correction
from index.packing import pack
from index.pipeline.updating import update
from index.settings import Settings
from index.store.commit import prepare
from index.store.lock import WriterLock
from index.types import Article, Mention, Tagged
from newsmorgue.command import run

NAMED = (("Ann Lee", "Bob Ray"), ("Ann Lee",), ("Cy Fox",), ("A. Lee", "Bob Ray"))


def tagged(number: int, people: tuple[str, ...]) -> Tagged:
    text = ". ".join(people)
    mentions = [
        Mention(
            kind="person",
            value=name,
            surface=name,
            field="text",
            start=text.index(name),
            end=text.index(name) + len(name),
            via="t",
        )
        for name in people
    ]
    article = Article(id=f"{number:016x}", source="t", title=f"Title {number}", text=text, publisher="The Wire")
    return Tagged(article=article, mentions=tuple(mentions))


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings = Settings(data_dir=tmp_path / "data")
    prepare(settings.data_dir)
    articles = [tagged(number, people) for number, people in enumerate(NAMED, 1)]
    with WriterLock(settings.data_dir) as lock, Archive(settings.data_dir / "archive.sqlite") as archive:
        archive.put([Entry(id=one.article.id, hash=b"1", packed=pack(one)) for one in articles])
        update(archive, lock, settings)
    monkeypatch.setenv("NEWSMORGUE_DATA_DIR", str(settings.data_dir))
    monkeypatch.chdir(tmp_path)
    return settings.data_dir


def people(capsys: pytest.CaptureFixture[str]) -> dict[str, int]:
    capsys.readouterr()
    assert run(["people", "list", "--json"]) == 0
    return {row["name"]: row["articles"] for row in map(json.loads, capsys.readouterr().out.splitlines())}


def test_a_merge_is_listed_and_undone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["people", "merge", "Ann Lee", "a lee", "--note", "the same"]) == 0
    told = capsys.readouterr()
    assert told.out == "A. Lee is Ann Lee: kept as correction 1\n"
    assert told.err == "in 1 article\n"
    assert people(capsys) == {"Ann Lee": 3, "Bob Ray": 2, "Cy Fox": 1}
    assert run(["people", "show", "A. Lee"]) == 0
    assert capsys.readouterr().out.startswith("Ann Lee: 3 articles\n  also A. Lee  (merged by hand)\n      1  ")
    assert run(["people", "undo"]) == 0
    assert people(capsys) == {"Ann Lee": 2, "Bob Ray": 2, "A. Lee": 1, "Cy Fox": 1}
    assert run(["people", "history"]) == 0
    last, first = capsys.readouterr().out.splitlines()
    assert last.endswith("Undone: A. Lee is Ann Lee")
    assert first.endswith("person: A. Lee is Ann Lee  (the same)  [undone]")


def test_every_kind_of_correction_shows(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["people", "rename", "Cy Fox", "Cyrus Fox"]) == 0
    assert run(["people", "split", "Ann Lee", "--to", "Ann Lee (poet)", "--id", f"{1:016x}"]) == 0
    assert run(["people", "split", "Bob Ray", "--query", "title:4"]) == 0
    assert people(capsys) == {"Cyrus Fox": 1, "Ann Lee": 1, "Ann Lee (poet)": 1, "A. Lee": 1, "Bob Ray": 1}
    assert run(["people", "hide", "Bob Ray"]) == 0
    assert run(["people", "nobody", "A. Lee"]) == 0
    assert run(["people", "alias", "Ann Lee", "Annie"]) == 0
    assert people(capsys) == {"Cyrus Fox": 1, "Ann Lee": 1, "Ann Lee (poet)": 1}
    assert run(["people", "apart", "Bob Ray"]) == 0
    assert people(capsys)["Bob Ray"] == 1
    assert run(["outlets", "rename", "The Wire", "Wire"]) == 0
    capsys.readouterr()
    assert run(["outlets", "list"]) == 0
    assert capsys.readouterr().out == "        4  Wire  (publisher)\n"
    assert run(["search", 'person:"annie"', "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1


def test_a_dry_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    before = people(capsys)
    assert run(["people", "merge", "Ann Lee", "A. Lee", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["made"] is False
    assert people(capsys) == before
    assert run(["people", "history"]) == 0
    assert capsys.readouterr().out == ""


def test_a_file_takes_corrections_to_another_archive_and_back(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["people", "merge", "Ann Lee", "A. Lee"]) == 0
    assert run(["people", "hide", "Cy Fox"]) == 0
    assert run(["people", "export", "people.toml"]) == 0
    shown = people(capsys)
    assert tomllib.loads((tmp_path / "people.toml").read_text())["person"][0] == {
        "name": "Ann Lee",
        "names": ["A. Lee"],
    }
    assert run(["people", "undo", "1"]) == 0
    assert run(["people", "apply", "people.toml"]) == 0
    assert people(capsys) == shown
    assert run(["people", "apply", "people.toml"]) == 0
    assert capsys.readouterr().err == "0 corrections made\n"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["merge", "Nope", "Ann Lee"], "no person in the archive is called “Nope”"),
        (["merge", "Ann Lee", "Lee"], "Did you mean A. Lee or Ann Lee?"),
        (["merge", "Ann Lee", "Ann Lee"], "is Ann Lee already"),
        (["rename", "Ann Lee", "Bob Ray"], "Merge the two"),
        (["rename", "Ann Lee", "Ann Lee"], "called so already"),
        (["alias", "Ann Lee", "bob ray"], "is in the archive itself"),
        (["split", "Ann Lee", "--to", "Ann"], "there is no article"),
        (["split", "Ann Lee", "--to", "X", "--id", "nope"], "no article 'nope'"),
        (["split", "Ann Lee", "--to", "ANN LEE", "--id", f"{1:016x}"], "the same name"),
        (["apart", "Ann Lee"], "shown as nobody else"),
        (["undo"], "nothing to undo"),
        (["undo", "3"], "no correction 3"),
    ],
)
def test_what_cannot_be_is_told_with_what_to_do(
    typed: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["people", *typed]) == 2
    assert says in capsys.readouterr().err


def test_without_an_index_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["people", "undo", "--data-dir", str(tmp_path / "none")]) == 3
    assert "newsmorgue index" in capsys.readouterr().err


def test_several_corrections_are_made_by_lines_and_those_refused_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        '{"what": "rename", "names": ["Ann Lee"], "to": "Anne Lee"}',
        "",
        '{"what": "hide", "names": ["Nobody Here"]}',
        '{"what": "hide", "names": ["Cy Fox"], "to": "Bob Ray"}',
        '{"what": "merge", "names": ["A. Lee"], "to": "Anne Lee"}',
        '{"what": "merge", "names": ["Bob Ray"]}',
        "[]",
        '{"what": "rename", "kind": "outlet", "names": ["The Wire"], "to": "Wire"}',
    ]
    (tmp_path / "lines.jsonl").write_text("\n".join(lines))
    assert run(["people", "make", "lines.jsonl"]) == 2
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "Ann Lee is called Anne Lee: kept as correction 1",
        "A. Lee is Anne Lee: kept as correction 2",
        "The Wire is called Wire: kept as correction 3",
    ]
    for said in ("line 3: ", "line 4: hide does not use 'to'", "line 6: 'to' is missing", "line 7: ", "4 of the"):
        assert said in told.err
    assert people(capsys) == {"Anne Lee": 3, "Bob Ray": 2, "Cy Fox": 1}


def test_history_and_undo_go_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["outlets", "rename", "The Wire", "Wire"]) == 0
    assert run(["people", "hide", "Cy Fox"]) == 0
    assert run(["outlets", "undo"]) == 0
    capsys.readouterr()
    assert run(["outlets", "history"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["3", "1"]
    assert run(["people", "history"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == ["2"]


def test_an_older_file_brings_the_archive_back_where_it_is_to_be_exact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["people", "merge", "Ann Lee", "A. Lee"]) == 0
    assert run(["people", "export", "people.toml"]) == 0
    shown = people(capsys)
    assert run(["people", "hide", "Bob Ray"]) == 0
    assert run(["people", "apply", "people.toml"]) == 0
    assert "Bob Ray" not in people(capsys)
    assert run(["people", "apply", "people.toml", "--exact", "--dry-run"]) == 0
    assert capsys.readouterr().out == "correction 2 is undone (Bob Ray is hidden)\n"
    assert run(["people", "apply", "people.toml", "--exact"]) == 0
    assert people(capsys) == shown
    assert run(["people", "apply", "people.toml", "--exact"]) == 0
    assert capsys.readouterr().err == "0 corrections made\n"


def test_names_that_the_archive_does_not_have_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "format = 1\n[[person]]\nname = 'Ann Lee'\n[[person]]\nname = 'Nobody Here'\nnames = ['Ann Leee']\n"
    (tmp_path / "people.toml").write_text(text)
    assert run(["people", "apply", "people.toml"]) == 0
    told = capsys.readouterr()
    assert told.out == "Ann Leee is Nobody Here\n"
    assert "no person “Ann Leee”" in told.err
    assert "shown as “Nobody Here”" in told.err
    assert "1 correction made" in told.err


def test_a_contradictory_file_is_refused_and_nothing_applied(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = people(capsys)
    text = "format = 1\n[[person]]\nname='Ann Lee'\nnames=['Cy Fox']\n[[person]]\nname='Bob Ray'\nnames=['Cy Fox']\n"
    (tmp_path / "people.toml").write_text(text)
    assert run(["people", "apply", "people.toml"]) == 2
    assert "[[person]] 1 (line 2), and “Cy Fox”" in capsys.readouterr().err
    assert people(capsys) == before


def test_a_file_may_not_give_names_that_cannot_be_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "people.toml").write_text("format = 1\n[[person]]\nname = '!!!'\nnames = ['Cy Fox']\n")
    assert run(["people", "apply", "people.toml"]) == 2
    assert "no letters or digits" in capsys.readouterr().err


def apply(tmp_path: Path, text: str) -> int:
    file = tmp_path / "people.toml"
    file.write_text("format = 1\n" + text, encoding="utf-8")
    return run(["people", "apply", str(file)])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[person]]\nname = "Cy Fox"\nnames = ["Ann Lee"]\n', "“Cy Fox” is hidden, by correction 1"),
        ('[[person]]\nname = "Ann Lee"\naliases = ["Cy Fox"]\n', "“Cy Fox” is hidden, by correction 1"),
        (
            '[[person]]\nname = "Cy Fox"\narticles = {"0000000000000001" = ["Ann Lee"]}\n',
            "“Cy Fox” is hidden, by correction 1",
        ),
        ('[[person]]\nname = "Ann Lee"\naliases = ["Bob Ray"]\n', "“Bob Ray” is in the archive itself"),
        ('[[person]]\nname = "Ann Lee"\nnames = ["Ghost"]\naliases = ["Ghost"]\n', ""),
        (
            '[[person]]\nname = "Ann Lee"\nnames = ["Bob Ray"]\n[[person]]\nname = "Eve"\naliases = ["Bob Ray"]\n',
            "“Bob Ray” is Ann Lee by the same file",
        ),
        (
            '[[person]]\nname = "Zed"\nnames = ["Ann Lee"]\n[[person]]\nhidden = ["Zed"]\n',
            "“Zed” is hidden by the same file",
        ),
        (
            '[[person]]\nname = "Zed"\nnames = ["Ann Lee"]\n[[person]]\nname = "Bob Ray"\naliases = ["Zed"]\n',
            "“Zed” is",
        ),
        ('[[person]]\nname = "(None)"\nnames = ["Ann Lee"]\n', "means articles without any name"),
        ('[[person]]\nname = "Zed\\u202e"\nnames = ["Ann Lee"]\n', "that nobody can see"),
        (f'[[person]]\nname = "{"Z" * 201}"\nnames = ["Ann Lee"]\n', "201 characters, more than 200"),
    ],
)
def test_a_file_gives_no_name_that_a_command_refuses(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, says: str
) -> None:
    assert run(["people", "hide", "Cy Fox"]) == 0
    before = people(capsys)
    assert apply(tmp_path, text) == (2 if says else 0)
    told = capsys.readouterr().err
    assert says in told
    if says:
        assert "people.toml: [[person]]" in told
        assert people(capsys) == before


def test_what_a_file_says_that_is_so_already_is_not_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["people", "rename", "Ann Lee", "Anna Lee"]) == 0
    assert run(["people", "alias", "Cy Fox", "The Fox"]) == 0
    assert run(["people", "rename", "Cy Fox", "The Fox"]) == 0
    assert run(["people", "hide", "Bob Ray", "--note", "asked for"]) == 0
    assert run(["people", "export", str(tmp_path / "out.toml")]) == 0
    capsys.readouterr()
    assert run(["people", "apply", str(tmp_path / "out.toml")]) == 0
    assert "0 corrections made" in capsys.readouterr().err
    text = (tmp_path / "out.toml").read_text(encoding="utf-8").replace("asked for", "asked for twice")
    (tmp_path / "out.toml").write_text(text, encoding="utf-8")
    assert run(["people", "apply", str(tmp_path / "out.toml")]) == 0
    assert "1 correction made" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["rename", "Ann Lee", "(none)"], "means articles without any name"),
        (["alias", "Ann Lee", "(NONE)"], "means articles without any name"),
        (["rename", "Ann Lee", "( none )"], "means articles without any name"),
        (["rename", "Ann Lee", "None."], "means articles without any name"),
        (["split", "Ann Lee", "--id", "0000000000000001", "--to", "(none)"], "means articles without any name"),
        (["rename", "Ann Lee", "L" * 201], "201 characters, more than 200"),
        (["rename", "Ann Lee", "Ann\x1bLee"], "has control characters"),
        (["rename", "Ann Lee", "The Bobster"], "“The Bobster” is Bob Ray by correction 1"),
        (["hide", "Ann Lee", "--note", "n" * 2_001], "more than 2,000"),
    ],
)
def test_names_that_cannot_be_given_are_refused(
    capsys: pytest.CaptureFixture[str], given: list[str], says: str
) -> None:
    assert run(["people", "alias", "Bob Ray", "The Bobster"]) == 0
    assert run(["people", *given]) == 2
    assert says in capsys.readouterr().err


def test_names_and_notes_are_kept_without_what_nobody_sees(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["people", "rename", "Ann Lee", " Anna \u202e  Lee\u200d", "--note", "so\x1b[2J\r\nit is"]) == 0
    assert people(capsys)["Anna Lee"] == 2
    assert run(["people", "history"]) == 0
    assert "(so[2J it is)" in capsys.readouterr().out.replace(" [2J", "[2J")


def test_what_an_archive_was_given_before_is_printed_without_controls(
    capsys: pytest.CaptureFixture[str], data_dir: Path, tmp_path: Path
) -> None:
    made = Correction(what="rename", names=("Ann Lee",), to="Ann\x9b2J Lee", note="a\x1b]0;b\x07")
    append(data_dir, [made])
    for words in (["history"], ["list"], ["show", "Cy Fox"], ["export", "-"]):
        assert run(["people", *words]) == 0
        told = capsys.readouterr().out
        assert not {"\x1b", "\x07", "\x9b"} & set(told)
    assert run(["people", "export", str(tmp_path / "out.toml")]) == 0
    assert run(["people", "apply", str(tmp_path / "out.toml")]) == 0
    assert "0 corrections made" in capsys.readouterr().err


def test_a_byte_order_mark_before_a_file_is_no_part_of_it(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = 'format = 1\r\n[[person]]\r\nname = "Bob Ray"\r\nnames = ["Ann Lee"]\r\n'
    (tmp_path / "bom.toml").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert run(["people", "apply", str(tmp_path / "bom.toml")]) == 0
    (tmp_path / "bom.jsonl").write_bytes(b"\xef\xbb\xbf" + b'{"what": "hide", "names": ["Cy Fox"]}\n')
    assert run(["people", "make", str(tmp_path / "bom.jsonl")]) == 0
    assert people(capsys).keys() == {"Bob Ray", "A. Lee"}


def test_the_other_names_are_shown_with_their_reasons(capsys: pytest.CaptureFixture[str], data_dir: Path) -> None:
    def index(*articles: Tagged) -> None:
        settings = Settings(data_dir=data_dir)
        with WriterLock(data_dir) as lock, Archive(data_dir / "archive.sqlite") as archive:
            archive.put([Entry(id=one.article.id, hash=b"1", packed=pack(one)) for one in articles])
            update(archive, lock, settings)

    index(
        *(tagged(number, ("Lena Quillon", "Bob Ray")) for number in range(10, 14)),
        tagged(20, ("Lena M. Quillon", "Bob Ray")),
    )
    assert run(["people", "alias", "Lena Quillon", "The Quill"]) == 0
    capsys.readouterr()
    assert run(["people", "show", "Lena Quillon"]) == 0
    told = capsys.readouterr().out
    assert "also Lena M. Quillon  (" in told
    assert "% likely)" in told
    assert "also The Quill  (who types it means this one)" in told
    assert run(["people", "show", "Lena Quillon", "--json"]) == 0
    also = json.loads(capsys.readouterr().out)["also"]
    assert [one["name"] for one in also] == ["Lena M. Quillon", "The Quill"]
    assert also[1]["number"] == 1
