"""NewsML 1, the older standard that press-release wires still send: news items of nested components."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.read.wire.elements import LANGUAGE, WITHDRAWN, Refusal, attribute, first_said, longest, running_text
from index.read.wire.item import Identity, Item, version_of


def newsml_items(root: Element) -> Iterator[Element]:
    """Give the news items of a `NewsML` document without namespaces."""
    yield from root.iterfind("NewsItem")


def newsml_identity(item: Element) -> Identity:
    """Tell which revision of which story a `NewsItem` is."""
    identifier = "Identification/NewsIdentifier/"
    parts = [first_said(item, identifier + name) for name in ("ProviderId", "DateId", "NewsItemId")]
    guid = "\n".join(parts) if parts[-1] else ""
    return Identity(guid=guid, version=version_of(first_said(item, identifier + "RevisionId")))


def read_newsml(item: Element, root: Element) -> Item | Refusal:
    """Read a `NewsItem` element of the document `root`; of texts in several forms, the longest is the article."""
    status = attribute(item, "NewsManagement/Status", "FormalName").lower()
    if status in WITHDRAWN:
        return Refusal(reason="withdrawn", detail=f"the agency has withdrawn it (Status {status})")
    management = "NewsManagement/{}"
    return Item(
        own_id=first_said(item, "Identification/NewsIdentifier/PublicIdentifier"),
        title=first_said(item, ".//NewsLines/HeadLine", ".//DataContent//hedline/hl1", ".//DataContent//title"),
        text=longest(_text(content) for content in item.iterfind(".//ContentItem/DataContent")),
        byline=first_said(item, ".//NewsLines/ByLine"),
        # Of a press release, the provider is the company that pays for it; the wire sends it.
        publisher=attribute(root, "NewsEnvelope/SentFrom/Party", "FormalName")
        or attribute(item, ".//AdministrativeMetadata/Provider/Party", "FormalName")
        or attribute(item, ".//AdministrativeMetadata/Source/Party", "FormalName"),
        dates=tuple(
            stated
            for name in ("FirstCreated", "ThisRevisionCreated")
            if (stated := first_said(item, management.format(name)))
        ),
        url="",
        language=attribute(item, ".//DescriptiveMetadata/Language", "FormalName") or item.get(LANGUAGE) or "",
    )


def _text(content: Element) -> str:
    """Give the text of one form: the body of a page or of a NITF document, else all of it."""
    for path in (".//body.content", ".//body"):
        body = content.find(path)
        if body is not None:
            return running_text(body)
    return running_text(content)
