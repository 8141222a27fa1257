"""Which arrays a segment of D articles has; the modules named say what their parts are.

- `id` bytes (S)[D]: each article's id. `id.order` uint32[D]: the articles in the order of their ids.
- `date`, `date_last` int32[D]: day numbers (index/days.py), 0 where undated.
- `title`, `text`, `names` (words), `title_stems`, `text_stems` (stems): terms with postings (postings.py), and
  `<field>.lengths` uint8[D]: the byte for the words that an article's field has, joined forms counted with stems.
- `person`, `outlet`, `publisher`, `story`, `speaker` (keywords): terms are whole values with articles (postings.py),
  and `<field>.values_at` [D + 1], `<field>.values` uint32, `<field>.mentions` uint16: the values of each article as
  numbers of terms, in the order of their first mention, and how often the article mentions (of speakers: quotes) each
  (at most 65,535 times).
- `quotes.at` [D + 1], and for each stretch of quoted words, by article and place: `quotes.first`, `quotes.last`, its
  first word's position in `text` and the one behind its last; `quotes.number`, which of the article's quotations it is
  of; `quotes.speaker` uint32, the number of the speaker's term, or quotations.py's NOBODY.
- `title` (plain), `text`, `facts`, `mentions` (texts.py): what an article is put together from (parts.py).
- The number `articles` is D.
"""

from index.schema import FIELDS

TEXTS = ("title", "text")
"""The fields whose words stand in texts; each has a field of stems beside it."""

WORDS = tuple(field.name for field in FIELDS if field.kind == "words")
STEMS = tuple(field.name for field in FIELDS if field.kind == "stems")
KEYWORDS = tuple(field.name for field in FIELDS if field.kind == "keyword")
DAYS = tuple(field.name for field in FIELDS if field.kind == "date")

PLAIN_COLUMNS = ("title",)
"""Columns that are too short to be worth compressing."""

PACKED_COLUMNS = ("text", "facts", "mentions")
