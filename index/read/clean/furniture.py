"""Site furniture: lines and phrases that belong to the page around an article, never to its text.

Only what is certainly no text goes: a removed sentence is worse than a line of furniture kept.
"""

import re
from typing import Final

from index.read.clean.furniture_words import LINES, SERVICES, SHARING

MAX_CHARS: Final = 600
"""A longer paragraph is text, whatever it begins with."""
_BUTTONS_CHARS: Final = 90
_LINK_CHARS: Final = 220
_TRIM: Final = " .:!?—–-_*…|•·>»«<[](){}#=~/\\↓→"

_LINK_WORDS: Final = (
    r"read(?: more| also| next| this)?",
    r"see(?: also| more)?",
    r"also (?:see|read|on \w+)",
    r"watch(?: now| live| more)?",
    r"now watch",
    r"listen(?: now)?",
    r"more(?: on this| stories| coverage)?",
    r"related(?: stories| articles| coverage)?",
    r"recommended|don['’]t miss|photos?|video|slideshow|gallery|quiz|full coverage|vote now|urgent",
)
_LINK: Final = re.compile(rf"[(\[]?\s*(?:{'|'.join(_LINK_WORDS)})\s*(?:::?|\||>>?|»)\s*(?P<rest>.*)", re.IGNORECASE)

_HEADLINES: Final = re.compile(
    r"(?:watch|video|photos|listen|read|quiz|gallery|slideshow|urgent)\s*[:|]\s*\w.*|more from .*[^:\s]",
    re.IGNORECASE,
)
"""What is a link among paragraphs, and a headline above them."""
_NEWS_BY_MAIL: Final = r"\b(?:newsletters?|inbox|alerts?|briefing|e-?mails?|tip sheet)\b"
_SUBSCRIBED: Final = r"\b(?:newsletters?|inbox|channel|podcast|magazine|app|free|digital|edition)\b"
_SENT: Final = r"\b(?:delivered|sent|straight|directly|right|every|daily|weekly)\b"
_NETWORKS: Final = r"(?:twitter|facebook|instagram|linkedin|x|threads|bluesky|tiktok|google news)"
_DEEDS: Final = r"(?:get|read|see|watch|subscribe|sign|join|more|reprint|download|listen|view|follow)"
_LINE_FORMS: Final = (
    r"more from (?!.*[.!?]$).{1,80}",
    rf"(?:please )?(?:click|tap|clear) (?:here )?(?:to|for) {_DEEDS}\b.{{0,140}}",
    r"(?:want .{3,80}|like what you(?:['’]re| are) reading)\?.{0,60}(?:sign up|subscribe|download|newsletter).{0,160}",
    rf"sign ?up (?:(?:here|now|today|free|below) )?(?:for|to|and)\b.{{0,200}}{_NEWS_BY_MAIL}.{{0,200}}",
    r"sign ?up for .{1,60}(?:tip sheet|newsletter|app)",
    rf"subscribe (?:(?:here|now|today) )?(?:to|for|today|now|here)\b.{{0,120}}{_SUBSCRIBED}.{{0,120}}",
    rf"get .{{0,160}}{_SENT}.{{0,80}}\b(?:to|in|into) your (?:inbox|e-?mail)\b.{{0,160}}",
    r"get our .{1,40} subscribe to .{1,60}newsletter",
    r"(?:we|(?:this|our) (?:web)?site) uses? cookies\b.{0,300}",
    r"by (?:continuing|using|clicking|browsing)\b.{0,100}\bcookies\b.{0,200}",
    r"follow (?:us|me|@\w+|the author)\b.{0,120}",
    rf"follow .{{1,80}}(?:on {_NETWORKS}\b.{{0,60}}|@\w+)",
    r"(?:like|join|find) us on .{0,80}",
    r"read or share this story:.{0,300}|listen to article \d+:\d\d.{0,80}|share this: ?\w+",
    r"(?:can['’]t|don['’]t) see the .{3,30}\? click here|click here (?:now|for .{3,100})",
    rf"share (?:this (?:article|story|post|page|on)|on {_NETWORKS}|via)\b.{{0,60}}",
    r"copyright (?:©|\(c\)|\d{4}).{0,300}",
    r"(?:next |prev |previous )?image \d+ of \d+|slideshow \(\d+ images?\)|\d+ of \d+|\d+ comments?",
    r"(?:\d+|an?) (?:minute|hour|day|week|month|year)s? ago|this article is more than .{1,20} old",
    r"interested in .{1,80}\? add .{1,80} as an interest.{0,200}",
    r"(?:got|have) a (?:news |story )?tip\b.{0,160}",
    r"got a story\?.{0,160}|for more stories like this\b.{0,80}",
    r"contact (?:us|the (?:author|writer|reporter)) at \S+",
    r"(?:send|write) (?:letters )?to:? \S+@\S+",
    r"content created by the daily caller news foundation is available.{0,400}",
    r"support .{1,40} journalism",
    r"(?:download|get) the .{1,40} app(?: (?:for|to|on|today|here|now)\b.{0,80})?",
)
_LINE: Final = re.compile(rf"\W*(?:{'|'.join(_LINE_FORMS)})\W*", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"[a-z]{4}[.!?] [A-Z]")
_COPYRIGHT: Final = re.compile(r"(?:©|\(c\)) ?(?:copyright|\d{4}|by )", re.IGNORECASE)
_PHRASES: Final = re.compile(
    r"by signing up,? you agree|this site is protected by recaptcha|your browser does not support"
    r"|please (?:verify you're not a robot|enable javascript)"
    r"|sign up for daily newsletters|newsletter sign up continue reading"
)
_INLINE: Final = re.compile(
    r"\s*[—–-]+\s?Advertisement\s?[—–-]+\s*|\bStory continue[sd] below advertisement\.?\s*"
    r"|\bJUST WATCHED .{1,200}? Replay More Videos \.\.\. MUST WATCH(?: .{1,200}? \d+:\d\d)?\s*"
    r"|\bAdvertisement Continue reading the main story\s*"
)
_INLINE_CLUES: Final = ("dvertisement", "JUST WATCHED")
_LEADING_BUTTONS: Final = re.compile(
    r"(?:(?:Facebook|Twitter|Pinterest|WhatsApp|LinkedIn|Email|Flipboard|Reddit|Messenger|Share|Tweet)\s+){2,}"
    r"(?=[A-Zd“\"‘])"
)
_PROFILE: Final = re.compile(
    r"(?P<name>\b[A-Z][\w’'-]+) (?:[A-Z(][\w.()’'-]* ){1,5}(?P=name)(?=[A-Z“\"'‘\d])[^\n]{10,700}? MORE\b"
)


def is_furniture(paragraph: str) -> bool:
    """Tell whether a whole paragraph is furniture: sharing buttons, links elsewhere, appeals, notices of the site."""
    if len(paragraph) > MAX_CHARS:
        return False
    lowered = paragraph.lower()
    bare = lowered.strip(_TRIM)
    return (
        not bare
        or bare in LINES
        or _is_row_of_buttons(bare)
        or _LINE.fullmatch(paragraph) is not None
        or _COPYRIGHT.match(paragraph) is not None
        or _PHRASES.search(lowered) is not None
        or _is_link(paragraph)
    )


def may_be_headline(line: str) -> bool:
    """Tell of what would be a link further down whether it is a headline on top: `Video: the bridge falls`."""
    return _HEADLINES.fullmatch(line) is not None and "/" not in line


def _is_row_of_buttons(bare: str) -> bool:
    if len(bare) > _BUTTONS_CHARS:
        return False
    words = bare.replace("|", " ").split()
    return len(words) > 1 and SHARING.issuperset(words) and not SERVICES.isdisjoint(words)


def _is_link(paragraph: str) -> bool:
    if len(paragraph) > _LINK_CHARS:
        return False
    if paragraph.endswith(" Read more"):
        return _is_headline(paragraph.removesuffix(" Read more"))
    link = _LINK.fullmatch(paragraph)
    return link is not None and _is_headline(link["rest"])


def strip_inline(paragraph: str) -> str:
    """Take furniture out of a paragraph that is text otherwise."""
    if any(clue in paragraph for clue in _INLINE_CLUES):
        paragraph = _INLINE.sub(" ", paragraph).strip()
    if paragraph.startswith(("Facebook ", "Twitter ", "Share ", "Tweet ", "Email ")):
        paragraph = _LEADING_BUTTONS.sub("", paragraph, count=1)
    if " MORE" in paragraph:  # The Hill's profiles: full name, related headlines, MORE, run into the sentence
        paragraph = _PROFILE.sub(r"\g<name>", paragraph)
    return paragraph


def _is_headline(rest: str) -> bool:
    """Tell a link's headline from a sentence or a quoted tweet: no full stop at its end, or nothing at all."""
    rest = rest.rstrip(" )]")
    return not rest or not ("(@" in rest or rest.endswith((".", ",", ";", ":")) or _SENTENCES.search(rest))
