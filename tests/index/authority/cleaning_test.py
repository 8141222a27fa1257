import pytest

from index.authority.cleaning import clean_name, clean_note, has_controls, printable


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("Donald   Trump", "Donald Trump"),
        (" Joe\u00a0Biden\u3000", "Joe Biden"),
        ("Joe\u202e nediB", "Joe nediB"),
        ("Jo\u200de Bid\u200ben\ufeff", "Joe Biden"),
        ("Jo\u00ade \U000e0041Biden\ufe0f", "Joe Biden"),
        ("Joe\u3164Biden", "JoeBiden"),
        ("Jose\u0301", "Jos\u00e9"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("\u200c", ""),
        ("A\nB", "A\nB"),
    ],
)
def test_a_name_keeps_what_can_be_seen(given: str, clean: str) -> None:
    assert clean_name(given) == clean
    assert clean_name(clean) == clean


def test_a_note_is_one_line_without_controls() -> None:
    assert clean_note(" why\r\n\tnot\x1b[31m red\x00 \u202enow\ud800 ") == "why not [31m red now"


def test_controls_are_told_and_printed_as_escapes() -> None:
    assert has_controls("A\x1bB")
    assert not has_controls("Ana\u0303")
    assert printable("Ann\x1b[2J\x9b\u202e Lée") == r"Ann\x1b[2J\x9b\u202e Lée"
