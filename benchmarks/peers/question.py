"""What the peers are asked: classes of questions, twenty of each, drawn from the articles themselves."""

import datetime
import itertools
import random
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from benchmarks.peers.corpus import Corpus

Kind = Literal["common", "rare", "and", "or", "phrase", "prefix", "fuzzy", "date range", "person"]
KINDS: tuple[Kind, ...] = ("common", "rare", "and", "or", "phrase", "prefix", "fuzzy", "date range", "person")
EACH = 20
MOST_FORMS = 150
"""Words that a prefix may stand for: below the limit of ours, so that all peers find the same."""

_SAMPLE = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Folded words in title, text or names, whose meaning `kind` says; `first` and `last` are ISO days."""

    kind: Kind
    words: tuple[str, ...]
    first: str = ""
    last: str = ""
    person: str = ""

    def __str__(self) -> str:
        """Write it in our query language, each word in quotes: without inflections, as the peers search."""
        return self._written('"{}"')

    def inflected(self) -> str:
        """Write it as people type it: words also find their inflections."""
        return self._written("{}")

    def _written(self, form: str) -> str:
        quoted = [form.format(word) for word in self.words]
        match self.kind:
            case "or":
                text = " OR ".join(quoted)
            case "phrase":
                text = f'"{" ".join(self.words)}"'
            case "prefix":
                text = f"{self.words[0]}*"
            case "fuzzy":
                text = f"{self.words[0]}~1"
            case _:
                text = " ".join(quoted)
        if self.first:
            text += f" date:{self.first}..{self.last}"
        return f'{text} person:"{self.person}"' if self.person else text


def questions(corpus: Corpus, count: int, *, each: int = EACH) -> dict[Kind, list[Question]]:
    """Draw `each` questions of each kind for an archive of so many articles."""
    chance = random.Random(7)
    frequencies: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    sampled = min(_SAMPLE, count)
    for tagged in corpus.articles(sampled):
        forms = corpus.joined(tagged.article.text).split()
        frequencies.update(set(forms))
        pairs.update(set(itertools.pairwise(forms)))
    plain = {form: n for form, n in frequencies.items() if form.isascii() and form.isalpha() and len(form) > 2}

    def between(low: float, high: float) -> list[str]:
        return sorted(form for form, n in plain.items() if low * sampled <= n <= high * sampled)

    common, middling = between(0.1, 0.4), between(0.01, 0.1)
    rare = sorted(form for form, n in plain.items() if 2 <= n <= 8)
    phrases = sorted(pair for pair, n in pairs.items() if n >= max(4, 0.003 * sampled) and set(pair) <= plain.keys())
    prefixes = _prefixes(plain, sampled)
    fuzzy = [form for form in middling if len(form) >= 6]
    found: dict[Kind, list[Question]] = {kind: [] for kind in KINDS}

    def add(kind: Kind, *words: str, **more: str) -> None:
        found[kind].append(Question(kind=kind, words=words, **more))

    for _ in range(each):
        add("common", chance.choice(common))
        add("rare", chance.choice(rare))
        add("and", chance.choice(common), chance.choice(middling))
        add("or", *chance.sample(middling, 3))
        add("phrase", *chance.choice(phrases))
        add("prefix", chance.choice(prefixes))
        add("fuzzy", _misspelt(chance.choice(fuzzy), chance))
        begin = datetime.date(2013, 1, 1) + datetime.timedelta(days=chance.randrange(3_000))
        end = begin + datetime.timedelta(days=chance.choice([30, 90, 365]))
        add("date range", chance.choice(common), first=begin.isoformat(), last=end.isoformat())
        add("person", chance.choice(common), person=corpus.people.draw(chance))
    return found


def mixed(found: dict[Kind, list[Question]], *, times: int = 1) -> list[Question]:
    """Give twenty questions of many kinds, or so many times twenty others: what a search page is asked."""
    kinds: tuple[tuple[Kind, int], ...] = (
        ("common", 5),
        ("and", 5),
        ("or", 3),
        ("phrase", 4),
        ("rare", 1),
        ("person", 2),
    )
    return [found[kind][turn * count + one] for turn in range(times) for kind, count in kinds for one in range(count)]


def _prefixes(plain: dict[str, int], sampled: int) -> list[str]:
    """Give beginnings of five letters that stand for several words, but not for too many."""
    counts = Counter(form[:5] for form in plain if len(form) > 5)
    weights: Counter[str] = Counter()
    for form, n in plain.items():
        weights[form[:5]] += n
    return sorted(one for one, n in counts.items() if 5 <= n <= MOST_FORMS // 4 and weights[one] >= 0.01 * sampled)


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + chance.choice([word[at + 1] + word[at] + word[at + 2 :], word[at + 1 :], "x" + word[at + 1 :]])
