import pytest

from index.tag.names import full_names_fit, near, parse_name, same_given


@pytest.mark.parametrize(
    ("written", "display", "words", "suffix"),
    [
        ("José  Peña", "José Peña", ("jose", "pena"), ""),
        ("Harry Bloom, Jr.", "Harry Bloom, Jr.", ("harry", "bloom"), "jr"),
        ("ANNA O'DOWD", "Anna O'Dowd", ("anna", "odowd"), ""),
        ("T. S. MCBRIDE III", "T. S. McBride III", ("t", "s", "mcbride"), "iii"),
        ("Anna “Nan” Marsh", "Anna “Nan” Marsh", ("anna", "marsh"), ""),
        ("[Tom] Hall", "Tom Hall", ("tom", "hall"), ""),
        ("Mia Costa-Lopes", "Mia Costa-Lopes", ("mia", "costa", "lopes"), ""),
        ("AMLO", "AMLO", ("amlo",), ""),
    ],
)
def test_a_name_is_taken_apart(written: str, display: str, words: tuple[str, ...], suffix: str) -> None:
    name = parse_name(written)
    assert (name.display, name.words, name.suffix) == (display, words, suffix)


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("Bob Hall", "Robert Hall", True),
        ("R. Hall", "Robert Hall", True),
        ("Robert Hall", "Robert J. Hall", True),
        ("Robert K. Hall", "Robert J. Hall", False),
        ("Edgar Hoop", "J. Edgar Hoop", True),
        ("Ana Ruiz", "Ana Ruiz Torres", True),
        ("Ana Torres", "Ana Ruiz Torres", True),
        ("Hilary Hall", "Robert Hall", False),
        ("Robert Hall", "Robert Ball", False),
        ("Robert Hall Jr.", "Robert Hall Sr.", False),
        ("Frank LoBianco", "Frank Lo Bianco", True),
        ("Elliott Marsh", "Elliot Marsh", False),
        ("Sergey Marin", "Sergei Marin", True),
        ("Yevgeny Marin", "Evgeniy Marin", True),
        ("Lena Sørby", "Lena Sorby", True),
        ("Hall", "Robert Hall", False),
    ],
)
def test_two_full_names_fit_one_person_or_not(one: str, other: str, fits: bool) -> None:
    assert full_names_fit(parse_name(one), parse_name(other)) is fits


def test_short_forms_stand_for_each_other() -> None:
    assert same_given("bill", "william")
    assert same_given("b", "bill")
    assert not same_given("bill", "bob")


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [("marsh", "march", True), ("butterwig", "buterwig", True), ("hall", "ball", False), ("quill", "quilt", True),
     ("smith", "smyth", True), ("ravine", "raveni", False), ("ravine", "raivne", True)],
)  # fmt: skip
def test_one_slip_of_the_pen_is_near(one: str, other: str, slip: bool) -> None:
    assert near(one, other) is slip
