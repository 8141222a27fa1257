"""The slow, obvious engine: plain Python over a list of articles, written to be checked by reading.

It says what every other engine must answer; tests compare them. Nothing here is shared with the array engine but the
analysis (index/words.py), the weights (search/ranking.py) and the patterns of wildcards.
"""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from index.authority.authority import NOTHING, Authority
from index.settings import Settings
from index.types import Tagged
from index.words import stem, words
from search.engines.engine import Key, Others, Outcome, Plan, Shown, shown
from search.engines.memory_articles import (
    Articles,
    Known,
    Said,
    aliased,
    dated,
    facet_of,
    filtered,
    forms_of,
    has,
    joined_of,
    meant,
)
from search.engines.memory_stories import dates_of, earliest_first, hits_of, told_of
from search.query.patterns import alike, pattern_of
from search.query.tree import (
    And,
    DateRange,
    Everything,
    Exact,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Quoted,
    Value,
    Wildcard,
    Word,
    leaves,
    worded,
)
from search.ranking import (
    FUZZY_WEIGHT,
    K1,
    MOST_COUNTED,
    SCORE_DECIMALS,
    B,
    form_fields,
    rarity,
    stem_fields,
    word_fields,
)
from search.request import NONE

Span = tuple[int, int]


class MemoryEngine:
    """Answers plans over articles held in memory; a `search.engines.engine.Engine`.

    `rounded` is what another engine makes of a field's length where it keeps lengths in few bits.
    """

    name = "memory"
    quotations = True

    def __init__(
        self,
        articles: Iterable[Tagged],
        settings: Settings,
        *,
        rounded: Callable[[int], float] = float,
        authority: Authority = NOTHING,
    ) -> None:
        self._written, self._rounded = tuple(articles), rounded
        self._all = tuple(Known(tagged, authority) for tagged in self._written)
        self.articles = len(self._all)
        self._settings = settings

    def run(self, plan: Plan) -> Outcome:
        """Answer a plan; see `Engine.run`."""
        patterns = sum(isinstance(leaf, Wildcard | Fuzzy) for leaf in leaves(plan.tree))
        run = _Run(self._all, max(1, self._settings.max_expansions // max(1, patterns)), self._rounded)
        scores = run.scores(plan.tree)
        matches = [article for article in self._all if run.matches(plan.tree, article)]
        found = [article for article in matches if filtered(article, plan.filters, self._all)]
        keyed = {
            one.values.id: Key(
                score=round(scores[one.values.id], SCORE_DECIMALS), day=one.values.date, id=one.values.id
            )
            for one in found
        }
        keys, others = hits_of(found, keyed, plan)
        keys.sort(key=lambda key: _order(key, plan.sort, scored=run.scored(plan.tree)))
        rows, before = _window(keys, plan, scored=run.scored(plan.tree))
        one_of = told_of if plan.group == "story" else Known.itself
        return Outcome(
            total=len(keys),
            articles=len(found),
            before=before,
            rows=tuple(rows),
            others=tuple(others.get(row.id, Others()) for row in rows) if plan.group == "story" else (),
            facets=tuple(facet_of(wish, matches, plan.filters, self._all, one_of) for wish in plan.facets),
            dates=dates_of(found, plan),
            cuts=(),
        )

    def fetch(self, ids: Sequence[str]) -> list[Tagged | None]:
        """Give articles by id; see `Engine.fetch`."""
        known = {article.values.id: article.tagged for article in self._all}
        return [known.get(one) for one in ids]

    def show(self, ids: Sequence[str]) -> list[Shown | None]:
        """Give articles as hits show them; see `Engine.show`."""
        known = {written.article.id: written for written in self._written}
        return [None if tagged is None else shown(tagged, known[tagged.article.id]) for tagged in self.fetch(ids)]

    def copies(self, article_id: str) -> tuple[str, ...]:
        """Give the other articles of a story; see `Engine.copies`."""
        stories = {told_of(one) for one in self._all if one.values.id == article_id}
        found = [one.values.id for one in earliest_first(self._all) if told_of(one) in stories]
        return tuple(one for one in found if one != article_id)

    def names(self, field: str, text: str, *, whole: bool) -> tuple[str, ...]:
        """Give what a typed name means; see `Engine.names`."""
        return tuple(sorted(meant(field, text, self._all, whole=whole)))

    def aliases(self, field: str, text: str) -> tuple[str, ...]:
        """Give what another name means; see `Engine.aliases`."""
        return tuple(sorted(aliased(field, text, self._all)))

    def corrected(self, authority: Authority) -> "MemoryEngine":
        """Give an engine that shows names otherwise; see `Engine.corrected`."""
        return MemoryEngine(self._written, self._settings, rounded=self._rounded, authority=authority)

    def forms(self, prefix: str) -> list[tuple[str, int]]:
        """Give the archive's words; see `Engine.forms`."""
        counts: Counter[str] = Counter()
        for article in self._all:
            for forms in article.forms.values():
                counts.update(form for form in set(forms) if form and form.startswith(prefix))
        return sorted(counts.items())

    def frequencies(self, forms: Sequence[str]) -> list[int]:
        """Count the texts that have words; see `Engine.frequencies`."""
        return [sum(form in article.forms["text"] for article in self._all) for form in forms]

    def dates(self) -> tuple[int, int, int]:
        """Give the span of dates; see `Engine.dates`."""
        dated = [article.values for article in self._all if article.values.date]
        if not dated:
            return 0, 0, self.articles
        last = max(values.date_last for values in dated)
        return min(values.date for values in dated), last, self.articles - len(dated)

    def close(self) -> None:
        """Do nothing: there are no files."""


class _Run:
    """One query over all articles; each wildcard may stand for `share` words."""

    def __init__(self, articles: Articles, share: int, rounded: Callable[[int], float]) -> None:
        self._articles = articles
        self._share = share
        self._rounded = rounded
        self._means: dict[str, float] = {}
        self._expanded: dict[Node, set[str]] = {}
        self._frequencies: dict[tuple[Node, str], float] = {}

    def matches(self, node: Node, article: Known) -> bool:  # noqa: PLR0911  # one line a kind
        match node:
            case Everything():
                return True
            case And():
                return all(self.matches(clause, article) for clause in node.clauses)
            case Or():
                return any(self.matches(clause, article) for clause in node.clauses)
            case Not():
                return not self.matches(node.clause, article)
            case DateRange():
                first = node.first.toordinal() if node.first else None
                return dated(article, first, node.last.toordinal() if node.last else None)
            case Value():
                return has(article, node.field, node.text, self._articles, whole=node.whole)
            case Quoted():
                return any(self._says(quote, node.clause) for quote in article.quotes)
        return self._frequency(node, article) > 0

    def _says(self, quote: Said, node: Node) -> bool:
        """Say whether all of a clause is true of one quotation."""
        match node:
            case Everything():
                return True
            case And():
                return all(self._says(quote, clause) for clause in node.clauses)
            case Or():
                return any(self._says(quote, clause) for clause in node.clauses)
            case Value() if node.text == NONE:
                return quote.speaker is None
            case Value():
                return quote.speaker in meant(node.field, node.text, self._articles, whole=node.whole)
        return any(self._spans(node, forms, "text") for forms in quote.stretches)

    def scored(self, node: Node) -> bool:
        """Say whether a tree has any clause that is scored."""
        if isinstance(node, And | Or):
            return any(self.scored(clause) for clause in node.clauses)
        if isinstance(node, Quoted):
            return worded(node)
        return not isinstance(node, Everything | Not | DateRange | Value)

    def scores(self, node: Node) -> dict[str, float]:
        """Give each article's score, 0 where it does not match."""
        if isinstance(node, And | Or):
            parts = [self.scores(clause) for clause in node.clauses]
            return {
                one.values.id: sum(part[one.values.id] for part in parts) if self.matches(node, one) else 0.0
                for one in self._articles
            }
        if not self.scored(node):
            return dict.fromkeys((one.values.id for one in self._articles), 0.0)
        frequencies = {one.values.id: self._frequency(node, one) for one in self._articles}
        having = sum(frequency > 0 for frequency in frequencies.values())
        if isinstance(node, Exact):  # as rare as in any writing
            having = sum(self._anyhow(node, one) for one in self._articles)
        weight = rarity(having, len(self._articles))
        return {one: weight * (K1 + 1) * count / (count + K1) for one, count in frequencies.items()}

    def _anyhow(self, leaf: Exact, article: Known) -> bool:
        """Say whether an article has words in any writing, in a field of which the writing is known."""
        fields = set(form_fields(leaf.field)) - {"names"}
        return any(_rows(article.forms[field], forms_of(leaf.text)) for field in fields)

    def _frequency(self, leaf: Node, article: Known) -> float:
        """Weigh and add how often a leaf occurs in an article's fields, each divided by the field's norm."""
        known = self._frequencies.get((leaf, article.values.id))
        if known is None:
            known = self._frequencies[leaf, article.values.id] = self._weighed(leaf, article)
        return known

    def _weighed(self, leaf: Node, article: Known) -> float:
        if isinstance(leaf, Quoted):
            said = min(sum(self._says(quote, leaf.clause) for quote in article.quotes), MOST_COUNTED)
            return form_fields("text")["text"] * said / self._norm(article, "text")
        total = 0.0
        scope = getattr(leaf, "field", "")
        weights = word_fields(scope) if isinstance(leaf, Word) else form_fields(scope)
        for field, weight in weights.items():
            total += weight * self._occurrences(leaf, article, field) / self._norm(article, field)
        if isinstance(leaf, Word):
            asked = {
                stem(form) for form in (joined_of(leaf.text) if len(forms_of(leaf.text)) > 1 else forms_of(leaf.text))
            }
            for field, weight in stem_fields(scope).items():
                count = sum(_count(article.stems[field], one) for one in asked)
                total += weight * count / self._norm(article, field)
        return total

    def _norm(self, article: Known, field: str) -> float:
        if field not in self._means:
            self._means[field] = sum(self._rounded(one.length(field)) for one in self._articles) / len(self._articles)
        mean = self._means[field]
        return 1 - B + B * self._rounded(article.length(field)) / mean if mean else 1.0

    def _occurrences(self, leaf: Node, article: Known, field: str) -> float:
        forms = article.forms[field]
        match leaf:
            case Word():
                compounds = joined_of(leaf.text)
                itself = min(len(_rows(forms, forms_of(leaf.text))), MOST_COUNTED)
                return itself + sum(_count(forms, form) for form in set(compounds))
            case Phrase():
                return min(len(_rows(forms, forms_of(leaf.text), leaf.distance)), MOST_COUNTED)
            case Exact():
                return 0 if field == "names" else min(_exact(getattr(article.values, field), leaf.text), MOST_COUNTED)
            case Wildcard():
                return sum(_count(forms, form) for form in self._expansions(leaf))
            case Fuzzy():
                wanted, others = forms_of(leaf.text)[0], self._expansions(leaf)
                return _count(forms, wanted) + FUZZY_WEIGHT * sum(_count(forms, form) for form in others)
            case Near():
                return min(len({start for start, _ in self._spans(leaf, forms, field)}), MOST_COUNTED)
        raise TypeError(leaf)

    def _expansions(self, leaf: Wildcard | Fuzzy) -> set[str]:
        """Give the commonest words that a pattern stands for, or a misspelt word's neighbours without itself."""
        if leaf not in self._expanded:
            self._expanded[leaf] = self._commonest(leaf)
        return self._expanded[leaf]

    def _commonest(self, leaf: Wildcard | Fuzzy) -> set[str]:
        counts: Counter[str] = Counter()
        for article in self._articles:
            for field in word_fields(leaf.field):
                for form in set(article.forms[field]) - {""}:
                    if isinstance(leaf, Wildcard):
                        counts[form] += pattern_of(leaf.pattern)[0].fullmatch(form) is not None
                    else:
                        wanted = forms_of(leaf.text)[0]
                        counts[form] += form != wanted and alike(form, wanted)
        found = sorted((form for form in counts if counts[form]), key=lambda form: (-counts[form], form))
        return set(found[: self._share])

    def _spans(self, node: Node, forms: list[str], field: str) -> set[Span]:  # noqa: PLR0911  # one line a kind
        """Give where a side of NEAR stands, as (first word, behind the last)."""
        if isinstance(node, Or):
            return {span for clause in node.clauses for span in self._spans(clause, forms, field)}
        if isinstance(node, Near):
            left, right = self._spans(node.left, forms, field), self._spans(node.right, forms, field)
            pairs = [(one, two) for one in left for two in right] + [(two, one) for one in left for two in right]
            return {(one[0], two[1]) for one, two in pairs if 0 <= two[0] - one[1] <= node.distance}
        if field not in word_fields(getattr(node, "field", "")):
            return set()
        if isinstance(node, Phrase):
            size = len(forms_of(node.text)) + node.distance
            return {(start, start + size) for start in _rows(forms, forms_of(node.text), node.distance)}
        if isinstance(node, Word):
            wanted = forms_of(node.text)
            if len(wanted) == 1:
                return {(at, at + 1) for at, form in enumerate(forms) if form and stem(form) == stem(wanted[0])}
            rows = {(start, start + len(wanted)) for start in _rows(forms, wanted)}
            return rows | {(at, at + 1) for at, form in enumerate(forms) if form in joined_of(node.text)}
        assert isinstance(node, Wildcard | Fuzzy), "the parser lets nothing else near NEAR"
        asked = self._expansions(node) | ({forms_of(node.text)[0]} if isinstance(node, Fuzzy) else set())
        return {(at, at + 1) for at, form in enumerate(forms) if form in asked}


def _count(forms: list[str], form: str) -> int:
    return min(forms.count(form), MOST_COUNTED)


def _rows(forms: list[str], wanted: list[str], distance: int = 0) -> list[int]:
    """Give where words stand in a row, or where a window begins that has them all with `distance` others."""
    if not distance:
        return [at for at in range(len(forms)) if forms[at : at + len(wanted)] == wanted]
    size = len(wanted) + distance
    starts = [at for at, form in enumerate(forms) if form in wanted]
    return [at for at in starts if not Counter(wanted) - Counter(forms[at : at + size])]


def _exact(content: str, text: str) -> int:
    """Count words in a row with the same letters, case and accents."""
    cut = [[unicodedata.normalize("NFC", one[w.start : w.end]) for w in words(one)] for one in (content, text)]
    found, wanted = cut
    return sum(found[at : at + len(wanted)] == wanted for at in range(len(found)))


def _order(key: Key, sort: str, *, scored: bool) -> tuple[float | str, ...]:
    """Give what sorts a hit; smaller comes first, undated ones last."""
    if sort == "oldest":
        return (key.day or float("inf")), key.id
    if sort == "newest" or not scored:
        return -key.day, key.id
    return -key.score, -key.day, key.id


def _window(keys: list[Key], plan: Plan, *, scored: bool) -> tuple[list[Key], int]:
    """Cut a page out of the sorted hits, and say how many come before it."""
    window = plan.window
    if window.key is None:
        return keys[: window.size], 0
    mark = _order(window.key, plan.sort, scored=scored)
    if window.side == "before":
        end = sum(_order(key, plan.sort, scored=scored) < mark for key in keys)
    else:
        end = sum(_order(key, plan.sort, scored=scored) <= mark for key in keys)
    if window.side == "after":
        return keys[end : end + window.size], end
    start = max(0, end - window.size)
    return keys[start:end], start
