"""What the pages say more than once: counts with their nouns, dates and spans, where things come from."""

import re
from calendar import monthrange

from markupsafe import Markup, escape

from index.types import Article, PublicationDate
from search.answer import Answer, Copy
from search.query.reading import EVERYTHING
from search.request import Group
from web import language
from web.language import _, gettext, iso_date, ngettext, ngettext_plain

number = language.number

TITLE = 160
"""Characters of a title that lists show: a headline of this length is read at a glance, a longer one is no headline."""


def plural(count: int, one: str, many: str) -> str:
    """Write a count with its noun: 1 input was rejected, 2 inputs were rejected."""
    return f"{number(count)} {one if count == 1 else many}"


def articles(count: int) -> str:
    """Write how many articles: 1 article, 12,000 articles."""
    return ngettext("%(n)s article", "%(n)s articles", count)


def hits(count: int, group: Group) -> str:
    """Write how many hits: 12 articles, or 7 stories where near copies are one hit."""
    return ngettext("%(n)s story", "%(n)s stories", count) if group == "story" else articles(count)


def told(stories: int, count: int) -> str:
    """Write what stories are told by: stories in 57 articles."""
    return ngettext("story in %(articles)s", "stories in %(articles)s", stories, articles=articles(count))


def copies(count: int) -> str:
    """Write how many more copies there are: +1 copy, +3 copies."""
    return ngettext("+%(n)s copy", "+%(n)s copies", count)


def people(count: int) -> str:
    """Write how many people."""
    return ngettext("%(n)s person", "%(n)s people", count)


def outlets(count: int) -> str:
    """Write how many outlets."""
    return ngettext("%(n)s outlet", "%(n)s outlets", count)


def origin(published: PublicationDate) -> str:
    """Say where a publication date was found."""
    return {
        "metadata": _("as stated by its source"),
        "feed": _("as stated by the feed"),
        "page": _("as stated by the web page"),
        "text": _("as stated in the text"),
        "filename": _("taken from the file’s name or address"),
    }[published.origin]


def published(value: PublicationDate | None) -> str:
    """Write when an article was published, or that nothing says so."""
    return iso_date(value.value) if value else _("undated")


def source(article: Article | Copy) -> str:
    """Write by whom and when an article was published."""
    return " · ".join(part for part in (article.publisher, published(article.published)) if part)


def file_name(source: str) -> str:
    """Write where an article was read from without the directories, which are the server's own business."""
    return source.rsplit("/", 1)[-1]


def span(start: str, end: str) -> str:
    """Write a span of ISO days as shortly as they allow: a day, a month, a year, or from – to."""
    first, last = shortest(start, end)
    if first == last:
        return iso_date(first)
    dash = "–" if len(first) == len("2021") else " – "
    return f"{iso_date(first)}{dash}{iso_date(last)}"


def shortest(start: str, end: str) -> tuple[str, str]:
    """Cut two ISO days to what says it all: whole years (`2021`), whole months (`2021-12`), or days."""
    if start[5:] == "01-01" and end[5:] == "12-31":
        precision = len("2021")
    elif start[8:] == "01" and int(end[8:]) == monthrange(int(end[:4]), int(end[5:7]))[1]:
        precision = len("2021-12")
    else:
        precision = len("2021-12-03")
    return start[:precision], end[:precision]


def emphasised(text: str) -> Markup:
    """Write a reading as HTML: escaped, and what stands between asterisks in `<em>`."""
    parts = re.split(r"\*([^*]+)\*", text)
    return Markup("").join(
        Markup("<em>{}</em>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def coded(text: str) -> Markup:
    """Write a text of the docs as HTML: escaped, and what stands between backticks in `<code>`."""
    parts = re.split("`([^`]+)`", text)
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if place % 2 else escape(part) for place, part in enumerate(parts)
    )


def summary_html(answer: Answer) -> Markup:
    """Say how many articles or stories an answer has, and of what, as HTML."""
    count = Markup("<strong>{}</strong>").format(number(answer.total))
    everything = answer.reading == gettext(EVERYTHING)
    if everything and not answer.total:
        return escape(_("No articles"))
    if answer.request.group == "story":
        words = told(answer.total, answer.articles)
        if everything:
            return Markup("{} {}").format(count, words)
        return Markup("{} {}: {}").format(count, words, emphasised(answer.reading))
    if everything:
        return escape(ngettext_plain("The only article: %(count)s", "All %(count)s articles", answer.total)) % {
            "count": count
        }
    if answer.total == 1:
        return escape(_("%(count)s match: %(reading)s")) % {
            "count": count,
            "reading": emphasised(answer.reading),
        }
    return Markup("{} {}").format(count, emphasised(answer.reading))


def summary(answer: Answer) -> str:
    """Say the same as plain text: the title of the page, and what a screen reader hears."""
    return summary_html(answer).striptags()


def breakable(name: str) -> Markup:
    """Write a name as HTML: escaped, and where it is the address of a site, ready to be broken behind its dots."""
    return escape(name) if " " in name else Markup(".<wbr>").join(name.split("."))


def opening(text: str, *, length: int = 90) -> str:
    """Give the first words of a text, for an article that has no title."""
    return shortened(text.split("\n", 1)[0], length) or _("Untitled")


def shortened(line: str, length: int = TITLE) -> str:
    """Cut a line that is too long for a list, at the end of a word where there is one."""
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0]}…"


def heading(article: Article) -> str:
    """Give an article's title, or its first words where it has none."""
    return article.title or opening(article.text)
