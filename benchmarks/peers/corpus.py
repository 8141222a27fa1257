"""As many articles of about 500 words as are wanted: real texts first, then sentences of theirs recombined.

People, outlets, publishers and dates are made up: a text says nothing of them, but how many articles share a name
follows Zipf's law, as it does in archives. The same number of articles is always the same articles.
"""

import bisect
import gzip
import itertools
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from index.types import Article, Mention, PublicationDate, Tagged
from index.words import words

PEOPLE, OUTLETS, PUBLISHERS = 20_000, 2_000, 400
"""Distinct names of each kind."""

WORDS = 500
"""About how many words a text has."""

FIRST_YEAR, YEARS = 2012, 12

_SENTENCE = re.compile(r"(?<=[.!?”])\s+")
_ONSETS = (*"bcdfghklmnprstvwz", "br", "dr", "gr", "st", "tr")
_VOWELS = tuple("aeiou")
_CODAS = tuple("lmnrstx")


class Corpus:
    """Articles made from the texts of a folder of `*.jsonl.gz` with `title` and `text`."""

    def __init__(self, folder: Path) -> None:
        self._titles: list[str] = []
        self._texts: list[list[str]] = []
        for path in sorted(folder.glob("*.jsonl.gz")):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    row = json.loads(line)
                    self._titles.append(row["title"])
                    self._texts.append(_cut(_SENTENCE.split(row["text"]), WORDS))
        if not self._texts:
            raise FileNotFoundError(f"there is no *.jsonl.gz in {folder}")
        self.real = len(self._texts)
        self._pieces: dict[str, str] = {}
        self.people = Zipf(names(PEOPLE, seed=1, surname=True))
        self.outlets = Zipf([f"{name} News" for name in names(OUTLETS, seed=2, surname=False)])
        self.publishers = Zipf([f"{name} Post" for name in names(PUBLISHERS, seed=3, surname=False)])

    def articles(self, count: int) -> Iterator[Tagged]:
        """Give so many articles; the first `real` have real texts."""
        chance = random.Random(2026)
        for number in range(count):
            sentences = self._texts[number] if number < self.real else self._recombined(chance)
            title = self._titles[number if number < self.real else chance.randrange(self.real)]
            yield self._tagged(number, title, " ".join(sentences), chance)

    def joined(self, text: str) -> str:
        """Give a text's folded words, parted by blanks, as index/words.py cuts them; sentences are cut but once."""
        return " ".join(self._joined(piece) for piece in _SENTENCE.split(text))

    def _joined(self, piece: str) -> str:
        if piece not in self._pieces:
            self._pieces[piece] = " ".join(word.form for word in words(piece))
        return self._pieces[piece]

    def _recombined(self, chance: random.Random) -> list[str]:
        """Give runs of a few sentences each from several texts, so that words keep their company."""
        found: list[str] = []
        wanted = chance.randint(WORDS - 150, WORDS + 150)
        while wanted > 0:
            text = self._texts[chance.randrange(self.real)]
            start = chance.randrange(len(text))
            run = text[start : start + chance.randint(2, 6)]
            found += run
            wanted -= sum(sentence.count(" ") + 1 for sentence in run)
        return found

    def _tagged(self, number: int, title: str, text: str, chance: random.Random) -> Tagged:
        people = {self.people.draw(chance): "person" for _ in range(chance.randint(3, 8))}
        outlets = {self.outlets.draw(chance): "outlet" for _ in range(chance.randint(1, 4))}
        blanks = [0, *(match.end() for match in itertools.islice(re.finditer(r"\s+", text), 400))]
        mentions = []
        for name, kind in (people | outlets).items():
            for _ in range(chance.randint(1, 3)):
                start = chance.choice(blanks)
                end = min(start + len(name), len(text))
                mentions.append(
                    Mention(
                        kind=kind,  # type: ignore[arg-type]
                        value=name,
                        surface=text[start:end],
                        field="text",
                        start=start,
                        end=end,
                        via="drawn",
                        role="cited" if kind == "outlet" else "named",
                    )
                )
        day = f"{FIRST_YEAR + chance.randrange(YEARS)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        dated = chance.random() < 0.95
        article = Article(
            id=f"{chance.getrandbits(64):016x}",
            source=f"made:{number}",
            url=f"https://news.example/{number}",
            title=title,
            text=text,
            publisher=self.publishers.draw(chance),
            published=PublicationDate(value=day, precision="day", origin="page") if dated else None,
        )
        return Tagged(article=article, mentions=tuple(sorted(mentions, key=lambda one: one.start)))


class Zipf:
    """Draws values, the n-th with a chance of 1/n to the first's 1."""

    def __init__(self, values: Sequence[str]) -> None:
        self.values = values
        self._sums = list(itertools.accumulate(1 / rank for rank in range(1, len(values) + 1)))

    def draw(self, chance: random.Random) -> str:
        """Give a value."""
        return self.values[bisect.bisect(self._sums, chance.random() * self._sums[-1])]


def names(count: int, *, seed: int, surname: bool) -> list[str]:
    """Make up so many distinct names."""
    chance = random.Random(seed)

    def syllables(most: int) -> str:
        return "".join(
            chance.choice(_ONSETS) + chance.choice(_VOWELS) for _ in range(chance.randint(1, most))
        ).capitalize() + chance.choice(_CODAS)

    given = [syllables(2) for _ in range(300)]
    found: dict[str, None] = {}
    while len(found) < count:
        found[f"{chance.choice(given)} {syllables(3)}" if surname else syllables(3)] = None
    return list(found)


def _cut(sentences: list[str], most: int) -> list[str]:
    """Leave off the sentences that begin behind so many words."""
    lengths = itertools.accumulate(sentence.count(" ") + 1 for sentence in sentences)
    return sentences[: 1 + sum(1 for length in lengths if length < most)]
