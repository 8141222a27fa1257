"""What each leaf of a query stands for in a source: its postings in each field, and its places."""

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from index.settings import Settings
from index.types import Article
from index.words import irregular_forms, joined, stem, words
from search.engines.arrays.deadline import Deadline
from search.engines.arrays.expanding import Expansions
from search.engines.arrays.forms import asked_of, forms_of
from search.engines.arrays.impacts import Impacts
from search.engines.arrays.places import (
    NOWHERE,
    Counted,
    Spans,
    count_pairs,
    ends_of_windows,
    merge,
    near,
    near_starts,
    per_row,
    spans_of,
    union,
    window,
)
from search.engines.arrays.positions import POSITION, in_a_row, places_of, together
from search.engines.arrays.quoting import Fence, Quoting
from search.engines.arrays.rowsets import Scratch
from search.engines.arrays.source import Codes, Gathered, Places, Quotations, Rows, Source
from search.engines.arrays.weighing import NO_ROWS, Leaf, Run
from search.engines.engine import Cut
from search.language import _, number
from search.query.tree import Exact, Fuzzy, Near, Or, Phrase, Positional, Quoted, Span, Value, Wildcard, Word, span_of
from search.ranking import FUZZY_WEIGHT, MOST_COUNTED, form_fields, stem_fields, word_fields

_READ_AT_ONCE = 64
"""Articles that are read before the time is looked at again."""


class DearError(Exception):
    """Raised where a NEAR would make more pairs of places than the query may."""


class Terms:
    """Looks up the leaves of one query, each pattern as `share` words at most; `cuts` gathers what was left out.

    `quotations` gives those of the source, `speakers` the numbers of those whom a name means.
    """

    def __init__(
        self,
        source: Source,
        impacts: Impacts,
        scratch: Scratch,
        settings: Settings,
        share: int,
        *,
        quotations: Callable[[], Quotations],
        speakers: Callable[[Value], tuple[int, ...]],
    ) -> None:
        self._source = source
        self._impacts = impacts
        self._scratch = scratch
        self._settings = settings
        self._pairs_left = settings.max_near_places
        self._cuts: dict[Cut, None] = {}
        self._quotations = quotations
        self._speakers = speakers
        self._quoting: Quoting | None = None
        self._expansions = Expansions(source, share, self._note)

    def cuts(self) -> tuple[Cut, ...]:
        """Give what was not searched in full so far, each once."""
        return tuple(self._cuts)

    def leaf(self, node: Word | Phrase | Exact | Wildcard | Fuzzy | Near | Quoted) -> Leaf:
        """Give the postings of a leaf."""
        match node:
            case Word():
                runs = self._word(node)
            case Phrase():
                runs = [
                    self._row(field, forms_of(node.text), weight, node.distance) for field, weight in _weights(node)
                ]
            case Wildcard():
                runs = self._wildcard(node)
            case Fuzzy():
                runs = self._fuzzy(node)
            case Exact():
                runs = self._exact(node)
            case Near():
                runs = self._near(node)
            case Quoted():
                runs = [self._counted("text", self.quoting(node), form_fields("text")["text"])]
        return Leaf(runs, self._scratch)

    def quoting(self, node: Quoted) -> Counted:
        """Give the rows that quote something, and how many such quotations each has."""
        if self._quoting is None:

            def spans(node: Positional, fence: Fence) -> Spans:
                return self._spans(node, "text", fence)

            self._quoting = Quoting(self._quotations(), spans, self._speakers)
        return self._quoting.rows(node.clause)

    def _word(self, node: Word) -> list[Run]:
        """Look up a word without quotes: as written in each field, and its inflections."""
        asked = asked_of(node.text)
        runs = []
        for field, weight in word_fields(node.field).items():
            runs.append(self._row(field, asked.forms, weight))
            runs += [self._run(field, form, weight) for form in asked.compounds]
        for field, weight in stem_fields(node.field).items():
            runs += [self._run(field, one, weight) for one in asked.stems]
        return runs

    def _wildcard(self, node: Wildcard) -> list[Run]:
        prefix = self._expansions.whole_prefix(node)
        if prefix is not None:
            found = [(self._source.gather_prefix(field, prefix), field, weight) for field, weight in _weights(node)]
        else:
            forms = self._expansions.of(node)
            found = [(self._source.gather(field, forms), field, weight) for field, weight in _weights(node)]
        return [self._weighed(gathered, field, weight) for gathered, field, weight in found]

    def _fuzzy(self, node: Fuzzy) -> list[Run]:
        """Look up a word and its neighbours, which count half."""
        itself, *others = self._expansions.of(node)
        runs = []
        for field, weight in _weights(node):
            runs.append(self._run(field, itself, weight))
            if others:
                runs.append(self._weighed(self._source.gather(field, others), field, weight * FUZZY_WEIGHT))
        return runs

    def _exact(self, node: Exact) -> list[Run]:
        """Look up words in any writing, in the fields of which the writing is known."""
        return [self._row(field, forms_of(node.text), weight) for field, weight in _written(node)]

    def written(self, node: Exact, rows: Rows, deadline: Deadline, *, denied: bool) -> Leaf | None:
        """Read articles, which have some words in any writing, for those that have them as written.

        None where these are more than may be read, or time runs out: a cut says what becomes of the clause, which is
        one that excludes where `denied`.
        """
        most = self._settings.max_exact_articles
        if len(rows) > most:
            why = _(
                "%(rows)s articles to be read for how “%(text)s” is written are more than %(most)s;",
                rows=number(len(rows)),
                text=node.text,
                most=number(most),
            )
            self._unread(node, why, denied=denied)
            return None
        counts: dict[str, dict[int, int]] = {field: {} for field, _ in _written(node)}
        for place, row in enumerate(np.sort(rows).tolist()):
            if place % _READ_AT_ONCE == 0 and deadline.over():
                self._unread(
                    node, _("There was no time to read how “%(text)s” is written;", text=node.text), denied=denied
                )
                return None
            article = self._source.shown(row).article
            for field, known in counts.items():
                if count := count_exact(article, field, node.text):
                    known[row] = count
        runs = []
        for field, weight in _written(node):
            found = counts[field]
            numbers = Counted(np.array([*found], np.int32), np.array([*found.values()], np.int64))
            runs.append(self._counted(field, numbers, weight))
        return Leaf(runs, self._scratch)

    def none(self) -> Leaf:
        """Give a leaf that matches nothing."""
        return Leaf([], self._scratch)

    def _unread(self, node: Exact, why: str, *, denied: bool) -> None:
        then = _("it was left out and excludes nothing.") if denied else _("its case and accents were ignored.")
        self._cut("exact-ignored", f"{why} {then}", node.span)

    def _near(self, node: Near) -> list[Run]:
        """Look up both sides close together."""
        runs = []
        for field, weight in form_fields("").items():
            left, right = self._spans(node.left, field), self._spans(node.right, field)
            if len(left.starts) and len(right.starts):
                runs.append(self._counted(field, per_row(near_starts(left, right, node.distance)), weight))
        return runs

    def _run(self, field: str, term: str, weight: float) -> Run:
        found = self._source.postings(field, term)
        return Run(self._impacts.table(field, weight), found.rows, found.codes, distinct=True)

    def _weighed(self, gathered: Gathered, field: str, weight: float) -> Run:
        return Run(self._impacts.table(field, weight), gathered.rows, gathered.codes, distinct=False)

    def _counted(self, field: str, found: Counted, weight: float) -> Run:
        """Make the codes of postings that no file has, from how often each row has them."""
        codes: Codes = np.minimum(found.counts, MOST_COUNTED).astype(np.uint16)
        codes <<= 8
        codes |= self._source.lengths(field).take(found.rows)
        return Run(self._impacts.table(field, weight), found.rows, codes, distinct=True)

    def _dear(self, node: Near, pairs: int) -> str:
        """Note that the whole of a query's NEAR is searched as words, since a NEAR within it is too dear."""
        most = self._settings.max_near_places
        message = _(
            "“%(node)s” would make %(pairs)s pairs of places, and NEARs within NEARs may make "
            "%(most)s in a query; the words around were searched wherever they stand.",
            node=node,
            pairs=number(pairs),
            most=number(most),
        )
        self._cut("near-cut", message, span_of(node))
        return message

    def _spans(self, node: Positional, field: str, fence: Fence | None = None) -> Spans:
        """Give where a side of a NEAR stands; with a fence, what lies within it."""
        if isinstance(node, Or):
            return merge([self._spans(clause, field, fence) for clause in node.clauses])  # type: ignore[arg-type]  # by parser
        if isinstance(node, Near):
            left, right = self._spans(node.left, field, fence), self._spans(node.right, field, fence)
            pairs = count_pairs(left, right, node.distance)
            if pairs > self._pairs_left:
                raise DearError(self._dear(node, pairs))
            self._pairs_left -= pairs
            return _within(near(left, right, node.distance), fence)
        if field not in word_fields(node.field):
            return Spans(NOWHERE, NOWHERE)
        if isinstance(node, Phrase) and node.distance and fence:
            return self._windows(field, forms_of(node.text), node.distance, fence)
        return _within(self._leaf_spans(node, field), fence)

    def _leaf_spans(self, node: Word | Phrase | Wildcard | Fuzzy, field: str) -> Spans:
        if isinstance(node, Phrase):
            return self._row_spans(field, forms_of(node.text), node.distance)
        if isinstance(node, Word) and len(forms := forms_of(node.text)) > 1:
            compounds = [spans_of(self._places(field, word.form), 1) for word in joined(node.text)]
            return merge([self._row_spans(field, forms, 0), *compounds])
        return spans_of(union([self._places(field, form) for form in self._single(node, field)]), 1)

    def _single(self, node: Word | Wildcard | Fuzzy, field: str) -> Iterable[str]:
        if isinstance(node, Wildcard | Fuzzy):
            return self._expansions.of(node)
        return self._inflections(field, forms_of(node.text)[0])

    def _inflections(self, field: str, form: str) -> list[str]:
        """Give all forms of a field that share a form's stem."""
        root = stem(form)
        prefix = root[:-1] if len(root) > 2 else root
        found = [one for one in self._source.forms(field, prefix).forms if stem(one) == root]
        return list(dict.fromkeys([form, *found, *irregular_forms(root)]))

    def _places(self, field: str, form: str) -> Places:
        return places_of(self._source, field, form)

    def _row_spans(self, field: str, forms: tuple[str, ...], distance: int) -> Spans:
        if len(forms) == 1 and not distance:
            return spans_of(self._places(field, forms[0]), 1)
        rows, starts = self._starts(field, forms, distance)
        owners = rows.astype(np.int64) << 32
        return spans_of(owners.take(starts >> 32) | starts & POSITION, len(forms) + distance)

    def _windows(self, field: str, forms: tuple[str, ...], distance: int, fence: Fence) -> Spans:
        """Give where forms stand in any order with others between, all of them within a fence."""
        found = together(self._source, self._scratch, field, forms)
        if not found.places:
            return Spans(NOWHERE, NOWHERE)
        needed, size = Counter(forms), len(forms) + distance
        numbered = window(found.places, needed, size)
        last = ends_of_windows(found.places, needed, numbered)
        starts, ends = (found.rows.astype(np.int64).take(one >> 32) << 32 | one & POSITION for one in (numbered, last))
        return fence.keep(Spans(starts, starts + size), ends)

    def _row(self, field: str, forms: tuple[str, ...], weight: float, distance: int = 0) -> Run:
        """Look up forms in a row, or in any order with up to `distance` others between."""
        if len(forms) == 1:
            return self._run(field, forms[0], weight)
        rows, starts = self._starts(field, forms, distance)
        found = per_row(starts)
        return self._counted(field, Counted(rows.take(found.rows), found.counts), weight)

    def _starts(self, field: str, forms: tuple[str, ...], distance: int = 0) -> tuple[Rows, Places]:
        """Give rows, and where forms stand in a row in them: `number of the row << 32 | position`."""
        find = together if distance else in_a_row
        found = find(self._source, self._scratch, field, forms)
        if not found.places:
            return NO_ROWS, NOWHERE
        if distance:
            return found.rows, window(found.places, Counter(forms), len(forms) + distance)
        return found.rows, found.places[""]

    def _cut(self, code: str, message: str, span: Span) -> None:
        self._note(Cut(code=code, message=message, span=span))

    def _note(self, cut: Cut) -> None:
        self._cuts[cut] = None


def _within(spans: Spans, fence: Fence | None) -> Spans:
    return spans if fence is None else fence.keep(spans, spans.ends)


def count_exact(article: Article, field: str, text: str) -> int:
    """Count how often a field of an article has words just as written, whatever parts them."""
    content = _composed(article.title if field == "title" else article.text)
    text = _composed(text)
    wanted = [text[word.start : word.end] for word in words(text)]
    if not all(word in content for word in wanted):
        return 0
    if len(wanted) == 1:
        pieces = _pieces(content, wanted[0])
        return sum(
            piece == wanted[0] or sum(piece[word.start : word.end] == wanted[0] for word in words(piece))
            for piece in pieces
        )
    found = [content[word.start : word.end] for word in words(content)]
    return sum(found[at : at + len(wanted)] == wanted for at in range(len(found) - len(wanted) + 1))


def _pieces(content: str, part: str) -> Iterator[str]:
    """Give what stands between blanks and has a part."""
    at = content.find(part)
    while at >= 0:
        end = at + len(part)
        while at and not content[at - 1].isspace():
            at -= 1
        while end < len(content) and not content[end].isspace():
            end += 1
        yield content[at:end]
        at = content.find(part, end)


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _written(node: Exact) -> list[tuple[str, float]]:
    """Give the fields of which the writing is known, with their weights."""
    return [(field, weight) for field, weight in _weights(node) if field != "names"]


def _weights(node: Phrase | Exact | Wildcard | Fuzzy) -> list[tuple[str, float]]:
    return list(form_fields(node.field).items())
