"""What is known of well-known people: which names are theirs, and which are a namesake's."""

from collections import Counter
from importlib import resources

import pytest

from index.identity.figures import Figures, figures
from index.identity.naming import name_of

TABLE = Figures(
    [
        ("Ada Quillon", ("Adelaide M. Quillon", "Ada Quillon Reyes"), ("Ada Quillon Sr.", "Adelaide Quillon")),
        ("Tom Oduya", ("Thomas Oduya", "T. J. Oduya"), ("Thomas Oduya Jr.",)),
        ("Thomas Oduya Jr.", ("Tom Oduya Jr.", "T. J. Oduya"), ()),
    ]
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ada Quillon", "Adelaide M. Quillon", True),
        ("ADA QUILLON", "Adélaide M Quillon", True),
        ("Ada Quillon-Reyes", "Ada Quillon", True),
        ("Adelaide “Ada” Quillon", "Ada Quillon Reyes", True),
        ("Ada Quillon", "Adelaide Quillon", False),
        ("Ada Quillon Reyes", "Ada Quillon, Sr.", False),
        ("Tom Oduya", "Tom Oduya, Jr.", False),
        ("Tom Oduya", "Ada Quillon", False),
        ("Tom Oduya", "T. J. Oduya", None),
        ("Tom Oduya", "Tomas Oduya", None),
        ("Quillon", "Ada Quillon", None),
    ],
)
def test_names_of_the_well_known_are_told_apart_and_together(one: str, other: str, same: bool | None) -> None:
    assert TABLE.same(name_of(one), name_of(other)) is same
    assert TABLE.same(name_of(other), name_of(one)) is same


def test_no_name_of_the_table_is_of_two_people_and_each_is_a_name_in_full() -> None:
    text = (resources.files("index.identity") / "data" / "figures.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    borne: Counter[tuple[str, str]] = Counter()
    for line in lines:
        usual, also, others = line.split("\t")
        forms = {name_of(form.strip()) for form in (usual, *also.split(";")) if form.strip()}
        apart = {name_of(form.strip()) for form in others.split(";") if form.strip()}
        assert all(len(form.words) > 1 for form in forms | apart), line
        keys = {(form.compact, form.suffix) for form in forms}
        assert keys.isdisjoint((form.compact, form.suffix) for form in apart), line
        borne.update(keys)
    assert not [key for key, times in borne.items() if times > 1]
    assert all(figures().of(name_of(line.partition("\t")[0])) for line in lines)
