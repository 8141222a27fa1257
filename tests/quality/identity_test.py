"""Identity across articles does not get worse: an archive of invented people, whose names vary as the press has them.

Each line is a person: what the articles say of them, the usual name, then variants. Lines with the same first word are
namesakes, whom nothing may join. Floors only go up.
"""

import itertools

from index.identity.computing import identities
from index.types import Tagged
from tests.index.identity.archives import article, columns

PEOPLE = """
harbour minister of Vistula | Lena Quillon | Lena M. Quillon | Lena Marie Quillon | Sen. Lena Quillon
trainer of the rowing club | Robert Ashdown | Bob Ashdown | Rob Ashdown | Robert K. Ashdown
author of cookery books | Michael Thornby | Mike Thornby | Michael J. Thornby
envoy to the river council | Mohammed al-Rashoudi | Muhammad al-Rashoudi | Mohamed Rashoudi
pianist and composer | José Ibarrola | Jose Ibarrola | José Ibárrola
inspector of mines | William Okonjo Jr. | William Okonjo, Jr. | Bill Okonjo
owner of the ferry line | Ann Reed-Tollier | Ann Reed Tollier
speaker of the lower house | Dmitry Volkonin | Dmitri Volkonin
chief of the fire brigade | Catherine Umber | Kate Umber | Catherine P. Umber
astronomer at the observatory | Yasmin Feldgate | Yasmin Feldgaet
curator of the lace museum | J. Albert Pommer | Albert Pommer
editor of the almanac | O. T. Brannick | O.T. Brannick | OT Brannick
judge at the maritime court | Elizabeth Sorrel | Liz Sorrel | Elizabeth Anne Sorrel
goalkeeper of the Rovers | Stephen Halloway | Steve Halloway | Steven Halloway
beekeeper and mayor | Theodore Ginst | Ted Ginst | Theodore R. Ginst
geologist of the survey | Shinzo Okabayashi | Okabayashi Shinzo
novelist | Leo A. Drummer | Leo Albert Drummer
dentist | Leo B. Drummer
bishop | Peter Vance Jr.
sculptor | Peter Vance III
swimmer | Maria Castellan
botanist | Marta Castellan
violinist | Oskar Lindqvist
carpenter | Oscar Lundquist
smuggler | Ivana Petrossi
painter | Ivan Petrossi
"""

SURNAMES = [
    ("Quillon", "minister of Vistula", "Lena Quillon"),
    ("Ashdown", "trainer", "Robert Ashdown"),
    ("Pommer", "curator", "J. Albert Pommer"),
    ("Umber", "chief of the fire brigade", "Catherine Umber"),
    ("Halloway", "goalkeeper", "Stephen Halloway"),
    ("Ginst", "beekeeper", "Theodore Ginst"),
    ("Castellan", "swimmer", "Maria Castellan"),
    ("Castellan", "botanist", "Marta Castellan"),
    ("Castellan", "weaver", None),
    ("Drummer", "novelist", "Leo A. Drummer"),
    ("Drummer", "dentist", "Leo B. Drummer"),
    ("Drummer", "weaver", None),
    ("Unheard", "weaver", None),
]

_USUAL, _VARIANT = 5, 1


def archive() -> tuple[list[Tagged], list[list[str]], dict[int, tuple[str, str | None]]]:
    """Give the articles, the names of each person, and the surnames alone, by the number of the article."""
    numbers = itertools.count()
    articles, people = [], []
    for line in PEOPLE.strip().splitlines():
        role, *names = line.split(" | ")
        people.append(names)
        for name in names:
            text = f"Yesterday {name}, the {role}, came to the fair."
            count = _USUAL if name == names[0] else _VARIANT
            articles += [article(number, text, [name]) for number in itertools.islice(numbers, count)]
    alone = {}
    for surname, role, means in SURNAMES:
        alone[number := next(numbers)] = (surname, means)
        articles.append(article(number, f"Yesterday {surname}, the {role}, came to the fair.", [surname]))
    return articles, people, alone


def test_names_are_joined_as_a_reader_would() -> None:
    articles, people, _ = archive()
    found = identities(columns(*articles))
    person = {name: number for number, names in enumerate(people) for name in names}
    right: list[tuple[str, str]] = []
    wrong: list[tuple[str, str]] = []
    missed: list[tuple[str, str]] = []
    for one, other in itertools.combinations(person, 2):
        same = person[one] == person[other]
        if found.of("", "person", one) == found.of("", "person", other):
            (right if same else wrong).append((one, other))
        elif same:
            missed.append((one, other))
    assert not wrong
    assert len(right) / (len(right) + len(missed)) >= 0.9, missed


def test_surnames_alone_mean_whom_a_reader_would_take_them_for() -> None:
    articles, _, alone = archive()
    found = identities(columns(*articles))
    told = {number: found.of(f"{number:016x}", "person", surname) for number, (surname, _) in alone.items()}
    wrong = [
        (surname, means, told[number])
        for number, (surname, means) in alone.items()
        if told[number] not in (means or surname, surname)
    ]
    right = [number for number, (_, means) in alone.items() if means and told[number] == means]
    assert not wrong
    assert len(right) / sum(means is not None for _, means in alone.values()) >= 0.9
