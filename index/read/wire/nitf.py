"""NITF, the News Industry Text Format: one article a document (IPTC NITF 3)."""

from typing import Final
from xml.etree.ElementTree import Element

from index.read.wire.elements import LANGUAGE, WITHDRAWN, Refusal, attribute, first_said, running_text, said
from index.read.wire.item import Item

_DATES: Final = (
    ("head/docdata/date.issue", "norm"),
    ("head/docdata/date.release", "norm"),
    ("head/pubdata", "date.publication"),
    ("body/body.head/dateline/story.date", "norm"),
)


def read_nitf(root: Element) -> Item | Refusal:
    """Read a `nitf` element without namespaces."""
    status = attribute(root, "head/docdata", "management-status").lower()
    if status in WITHDRAWN:
        return Refusal(reason="withdrawn", detail=f"the agency has withdrawn it (management-status {status})")
    head = root.find("body/body.head")
    content = root.find("body/body.content")
    return Item(
        own_id=attribute(root, "head/docdata/doc-id", "id-string"),
        title=first_said(root, "body/body.head/hedline/hl1", "body/body.head/hedline", "head/title"),
        text=running_text(content) or running_text(root.find("body/body.head/abstract")),
        byline=_byline(head) if head is not None else "",
        publisher=attribute(root, "head/pubdata", "name")
        or first_said(root, "body/body.head/distributor", "body/body.head/distributor/org")
        or attribute(root, "head/docdata/doc.copyright", "holder"),
        dates=tuple(found for path, name in _DATES if (found := attribute(root, path, name))),
        url=attribute(root, "head/pubdata", "ex-ref"),
        language=root.get(LANGUAGE) or attribute(root, "body", LANGUAGE),
    )


def _byline(head: Element) -> str:
    """Give the persons of the byline, else its words without the title that stands beside a name."""
    people = [name for person in head.iterfind("byline/person") if (name := said(person))]
    if people:
        return ", ".join(people)
    for byline in head.iterfind("byline"):
        for title in byline.findall("byttl"):
            title.text = ""
            title.clear()
        text = said(byline).strip(" ,")
        if text:
            return text
    return ""
