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
_BESIDE = "at near outside inside around beside alongside opposite past"
_DENIALS = "never not hardly scarcely barely neither nor nobody"
_MODALS = "would could should might may must can"
_SUPPOSES = (
    "if unless whether neither nor nobody none except lest wish wishes wished wishing hope hopes hoped hoping "
    "suppose supposing falsely wrongly"
)
_IMAGINES = "imagine imagines imagined imagining pretend pretends pretended pretending"
_DENIES = (
    "deny denies denied denying denial dispute disputes disputed disputing doubt doubts doubted doubting disbelieve "
    "avoid avoids avoided avoiding"
)
_WANTS = (
    "refuse refuses refused refusing decline declines declined declining fail fails failed failing want wants wanted "
    "wanting wish wishes wished like love prefer prefers hate hesitate hesitated need needs needed ought hope hopes "
    "hoped hoping intend intends intended plan plans planned expect expects expected supposed able unable unwilling "
    "willing reluctant afraid likely unlikely threaten threatens threatened try tries tried dare dares dared"
)
_DIRECTS = (
    "ask asks asked asking tell tells told telling urge urges urged urging order orders ordered ordering beg begs "
    "begged persuade persuades persuaded force forces forced allow allows allowed invite invites invited instruct "
    "instructs instructed advise advises advised encourage encourages encouraged get gets got push pushes pushed "
    "press presses pressed pressure pressured challenge challenges challenged remind reminds reminded teach taught "
    "coach coached cause causes caused lead led"
)
_CARRIERS = (
    "sign signs placard placards banner banners poster posters billboard billboards t-shirt t-shirts shirt shirts "
    "hat hats cap caps hoodie sweatshirt jacket badge badges button buttons sticker stickers bumper mural graffiti "
    "plaque tattoo flag flags leaflet leaflets flyer flyers label labels headline headlines caption captions note "
    "notes letter letters card cards inscription mug book books novel film song screen chyron ad ads advert adverts"
)
_CARRIES = (
    "read reads reading bearing emblazoned inscribed headlined captioned stamped printed scrawled spray-painted "
    "painted daubed chanting"
)
_OF_CARRIED = ", : with on the a words word slogan slogans message phrase legend in of than that and like"
_VOICES = (
    "chant chants cry cries shout shouts call calls cheer cheers jeer jeers chorus choruses scream screams yell yells "
    "slogan slogans boos rounds accusation accusations allegation allegations refrain"
)
_SETS_APART = "so-called nicknamed codenamed titled entitled subtitled nicknaming aka"
_TERMS = "term terms word words phrase name nickname label title acronym moniker expression hashtag catchphrase"
_NAMES = "called named dubbed labelled labeled nicknamed branded termed"
_LOUD = "chanting shouting yelling screaming crying"
_MEANS = "phone telephone email e-mail text letter letters way hand video fax post satellite skype contrast"
_CLAUSE_ENDS = "and but while as when after before because since though although"
_INVERTED = "had has have did does should would were could"
_WORKS = (
    "book books novel memoir memoirs biography autobiography film movie documentary play song single album show series "
    "episode podcast essay op-ed column poem painting musical sitcom bestseller magazine"
)
_WRITES = "wrote writes write writing written authored authoring penned published publishing"

_QUOTES = "quote quotes quoted quoting"
_CITES = "cite cites cited citing"
_MISQUOTES = (
    "misquote misquotes misquoted misquoting paraphrase paraphrases paraphrased paraphrasing misattribute "
    "misattributes misattributed misattributing"
)
_FALSELY = "falsely wrongly mistakenly incorrectly erroneously inaccurately untruthfully supposedly not"
_FAKED = (
    "fake faked false doctored fabricated forged bogus parody spoof satirical fictitious fictional invented imaginary "
    "made-up deepfake ai-generated"
)
_FAKES = "video clip audio recording image picture photo screenshot account site page interview transcript deepfake ad"
_SAYINGS = (
    "quote quotes quotation quotations remark remarks statement comment comments words line claim assertion contention "
    "suggestion insistence argument boast declaration allegation observation admission tweet post saying"
)
_PASSES_ON = (
    "read reads reading recite recites recited reciting repeat repeats repeated repeating tweet tweets tweeted "
    "tweeting retweeted retweeting share shares shared sharing post posts posted posting repost reposted publish "
    "published print printed recall recalls recalled recalling echo echoed echoing"
)
_REMINDS = "remind reminds reminded reminding"
_RUMOURS = "rumour rumours rumor rumors hoax myth lie lies falsehood falsehoods fiction"

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
MISQUOTES = frozenset(_MISQUOTES.split())
"""Verbs of giving somebody words that are not what was said."""
QUOTES = frozenset(_QUOTES.split()) | MISQUOTES
"""Verbs of repeating somebody's words, rightly or not."""
RELAYS = QUOTES | frozenset(_CITES.split())
"""Verbs whose object is who said what is quoted: quoted Ann Quill as saying."""
FALSELY = frozenset(_FALSELY.split())
"""Adverbs that say of what is told that it is untrue: falsely quoted as saying."""
FAKED = frozenset(_FAKED.split())
"""Adjectives of what somebody made up: a fake quote."""
SAYINGS = frozenset(_SAYINGS.split())
"""Nouns for what somebody said: a remark by …"""
FAKES = frozenset(_FAKES.split()) | SAYINGS | frozenset(_MESSAGES.split())
"""What is made up so that somebody seems to speak: a fake video."""
REMINDS = frozenset(_REMINDS.split())
"""Verbs after which `of` begins what was said before: reminded voters of the remark."""
PASSES_ON = frozenset(_PASSES_ON.split()) | REMINDS
"""Verbs whose object is what another said: tweeted a quote by …"""
RUMOURS = frozenset(_RUMOURS.split())
"""Nouns after which `that` begins what is not so."""
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
BESIDE = frozenset(_BESIDE.split())
"""Prepositions of place, after which a name is not who spoke: chanted protesters outside …"""
DENIALS = frozenset(_DENIALS.split())
"""What says within a verb that it was not done: never said."""
ONLY = frozenset(["only", "just", "merely", "simply"])
"""What makes of `not` more than a yes: not only said."""
MODALS = frozenset(_MODALS.split())
"""Auxiliaries of what was not done, before a participle: should have said."""
IMAGINES = frozenset(_IMAGINES.split())
"""Verbs of making up what somebody does: imagined Ann Quill saying."""
SUPPOSES = frozenset(_SUPPOSES.split()) | IMAGINES
"""What makes of the clause that it begins a condition, a wish, or an untruth."""
DENIES = frozenset(_DENIES.split())
"""Verbs after which what somebody said was not said: denied that he had said, avoided saying."""
WANTS = frozenset(_WANTS.split())
"""Words after which an infinitive has not happened: refused to say."""
DIRECTS = frozenset(_DIRECTS.split())
"""Verbs by which somebody is to do something: told Ann Quill to say."""
OBJECTS = frozenset(["him", "her", "them", "me", "us", "people", "everyone", "reporters", "supporters", "voters"])
"""Who is told to do something, beside people with a name."""
CARRIERS = frozenset(_CARRIERS.split())
"""Things on which words stand."""
CARRIES = frozenset(_CARRIES.split())
"""What things do that bear words, and crowds that chant them."""
OF_CARRIED = frozenset(_OF_CARRIED.split())
"""What stands between a thing and the words on it."""
WITH = frozenset(["with", "words", "slogan", "message", "legend", "phrase"])
"""Of these, what says that it bears them: a T-shirt with the words."""
VOICES = frozenset(_VOICES.split())
"""Nouns for what many utter: chants of."""
SETS_APART = frozenset(_SETS_APART.split())
"""Words right after which marks set a name apart."""
TERMS = frozenset(_TERMS.split())
"""Nouns for what is named in the marks after them: the term “smart meter”."""
NAMES = frozenset(_NAMES.split())
"""Participles of verbs that give names."""
OTHER_SUBJECTS = frozenset(["who", "i", "they", "we", "you", "it", "everyone", "many", "some", "others", "people"])
"""Words right before a verb that are its subject."""
FRONTED = frozenset(["what", "which", "that", "whom", "whatever"])
"""What stands for the object before its verb: what critics called “…”."""
LOUD = frozenset(_LOUD.split())
"""What crowds do."""
MEANS = frozenset(_MEANS.split())
"""What somebody speaks by, who is no agent of a passive: said by phone."""
CLAUSE_ENDS = frozenset(_CLAUSE_ENDS.split())
"""What divides clauses without a comma."""
INVERTED = frozenset(_INVERTED.split())
"""Auxiliaries before the subject, of questions and conditions: had Ann Quill said."""
WORKS = frozenset(_WORKS.split())
"""What has a title."""
WRITES = frozenset(_WRITES.split())
"""Verbs whose object may be a title."""
REPLIES = frozenset(["replied", "replies", "answered", "answers", "responded", "responds", "retorted", "countered"])
"""Verbs of whoever did not speak before."""
WITHOUT_OBJECT = frozenset(["comment", "elaborate", "answer", "respond", "reply", "speculate", "testify", "speak"])
"""Verbs of speech before which a denial does not deny what is quoted after them: could not comment, but …"""
