"""Words of closed classes by which a clause of speech is read, in lower case."""

PRONOUNS = frozenset(["he", "she"])
"""Pronouns that one person may stand behind."""

_WITHIN_VERBS = (
    "also later then now once again previously recently further even often just still already reportedly repeatedly "
    "publicly privately only simply instead too always never first has have had is was were be been would will could "
    "might may can must should did does do today yesterday monday tuesday wednesday thursday friday saturday sunday "
    "went goes on to initially famously himself herself twice not"
)
_BE = "is are was were be been being am"
_OBJECT_OF = "of for to with from by against about like than under between behind toward towards"
_DETERMINERS = "a an the his her their its our my your this that these those no any some such"
_TITLE_WORDS = (
    "former then-president ex-president republican democratic democrat conservative labour liberal us u.s. american "
    "british president-elect president vice elect chief deputy acting late nominee candidate first lady"
)
_NOUNS_TOO = (
    "claims calls charges reports comments demands promises answers posts tweets hopes notes states quotes protests "
    "attacks rips texts emails remarks wants labels brands blames boasts chants cries counters finds feels"
)
_MESSAGES = "statement tweet tweets letter post message speech interview memo email note video"
_AFTER_APPOSITION = "in during on at of from after when who told as"
_NO_CLAUSE = (
    "about against between over under without and but while which who because although though that or so if when to in "
    "on for from with of at by after before is was were are has had have would will can could than as"
)
_AFTER_NAME = "whose whom this last early late"
_SUBORDINATE = "although though while as when after before but and since because if"
_OF_SOMEBODY = (
    "associate associates aide aides spokesman spokeswoman spokesperson lawyer lawyers attorney solicitor counsel "
    "agent son daughter wife husband widow widower mother father parents brother sister nephew niece cousin uncle aunt "
    "friend friends ally allies adviser advisor advisers advisors supporter supporters critic critics opponent "
    "opponents rival rivals colleague colleagues partner representative representatives deputy assistant biographer "
    "biography predecessor successor boss employee employees staffer staffers donor donors victim victims neighbor fan"
)
_OFFICIALS = (
    "official source witness spokesman spokeswoman spokesperson officer analyst economist expert lawyer attorney "
    "reporter resident woman man prosecutor aide adviser advisor teacher student voter activist researcher"
)
_SMALL = "a an the of in on at to for and or by with from is"

_GROUPS = "team camp clan house planet project operation generation mount fort hurricane"
_REJECTS = (
    "rejects rejected rejecting dismisses dismissed dismissing denies denied denying ridiculed mocked refuted disputes "
    "disputed disputing cites cited citing quotes quoted quoting"
)

OFFICES = {
    "president": "President",
    "senator": "Sen Senator",
    "congressman": "Rep Congressman",
    "congresswoman": "Rep Congresswoman",
    "governor": "Gov Governor",
    "mayor": "Mayor",
    "judge": "Judge",
    "justice": "Justice",
    "chancellor": "Chancellor",
    "archbishop": "Archbishop",
    "bishop": "Bishop",
    "sheriff": "Sheriff",
    "professor": "Professor Prof",
    "doctor": "Dr",
    "pope": "Pope",
    "minister": "Minister",
    "secretary": "Secretary",
    "ambassador": "Ambassador",
    "general": "Gen General",
    "pastor": "Pastor",
    "coach": "Coach",
    "manager": "manager",
}
"""Offices as a text speaks of their holders, and the titles that it writes before their names."""
GROUPS = frozenset(_GROUPS.split())
"""Before a name they make it that of several people, or of a thing: Team Quill."""
REJECTS = frozenset(_REJECTS.split())
"""Verbs after which `that` begins what others say: rejected the notion that …, cites codes that …"""
WITHIN_VERBS = frozenset(_WITHIN_VERBS.split())
"""Adverbs, days and auxiliaries that stand between a subject and its verb."""
BE = frozenset(_BE.split())
"""What makes a participle passive."""
OBJECT_OF = frozenset(_OBJECT_OF.split())
"""Prepositions after which a name is not whom the clause is about: a spokesman for …"""
DETERMINERS = frozenset(_DETERMINERS.split())
"""What begins a noun phrase."""
NO_SUBJECT_END = OBJECT_OF | DETERMINERS | {"in", "on", "at", "as", "into", "over", "more", "most", "very", "so", "or"}
"""After these a form that may be a verb is a noun or an adjective."""
TITLE_WORDS = frozenset(_TITLE_WORDS.split())
"""Words within titles, beside the lists of the lexicon."""
NOUNS_TOO = frozenset(_NOUNS_TOO.split())
"""Verbs in the present that are more often nouns in the plural."""
MESSAGES = frozenset(_MESSAGES.split())
"""What somebody speaks by: released a statement saying …"""
AFTER_APPOSITION = frozenset(_AFTER_APPOSITION.split())
"""What may follow a name that stands in apposition."""
NO_CLAUSE = frozenset(_NO_CLAUSE.split())
"""What does not begin a clause of speech after a quotation."""
AFTER_NAME = WITHIN_VERBS | NO_CLAUSE | AFTER_APPOSITION | frozenset(_AFTER_NAME.split())
"""Words that may follow a name without making it part of another noun, as in `a Quill aide`."""
NOT_NOUNS = NO_CLAUSE | OBJECT_OF | WITHIN_VERBS | PRONOUNS | {"they", "we", "i", "it", "into", "than", "throughout"}
"""What may follow a quotation that is no part of a longer noun."""
SUBORDINATE = frozenset(_SUBORDINATE.split())
"""What begins a clause before the main one."""
OF_SOMEBODY = frozenset(_OF_SOMEBODY.split())
"""Who is told by whose they are: a close associate of …"""
ONE_UNNAMED = frozenset(_OFFICIALS.split()) | frozenset(OFFICES)
"""Who may be `he` or `she` without a name: a Harbour official."""
OTHER_SEX = {"he": frozenset(["she", "her", "hers", "herself"]), "she": frozenset(["he", "his", "him", "himself"])}
"""Pronouns that say of somebody that they are not whom a pronoun means."""
SMALL = frozenset(_SMALL.split())
"""Words without a capital in titles."""
