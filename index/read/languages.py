"""What tells languages apart in few words: the letters that ASCII lacks, and the words that are everywhere.

Only to judge how bytes were encoded (`index.read.guessing`), not to say what language an article is in.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The letters of a language beyond ASCII, in lower case, and some of its most frequent words."""

    letters: frozenset[str]
    words: frozenset[str]


_TABLE: Final = """
en | éèüñçöáíó | the of and to in that is was for on with as by at it from his said he be not are have has an
fr | éèêëàâçîïôûùœæ | le la les de des du et en un une dans que qui pour par sur au aux est pas ce il a été avec
de | äöüß | der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus hat
es | áéíóúñü | el la los las de que y en un una por con para del se su al es no lo más como ha fue sobre
pt | ãõáéíóúâêôçà | o a os as de que e em um uma para com do da dos das no na se por não mais como foi ao
it | àèéìòù | il la i le di che e un una in per con del della dei non si è da al ha nel sono più come alla
ca | àèéíòóúïüç | el la els les de que i en un una per amb del al és va no més ha com dels
nl | éëïöüè | de het een van en in is dat op te voor met zijn die niet aan er om ook als maar bij uit door
sv | åäö | och att det i en på är som för av med den till har inte om ett de vi var han från men kan
da | æøå | og i at det er en til på som af for med den de har ikke han om et var fra vi men kan
fi | äöå | ja on ei se että oli hän ovat kun mutta myös mukaan joka sen tai jos olisi vain kuin niin
is | áéíóúýþæöð | og í að er á sem við um til var en hann með það ekki af fyrir voru hefur
ga | áéíóú | agus an na i ar go le is do a sé bhí ag de mar ach leis sin nach
pl | ąćęłńóśźż | i w na z do się nie że to o jest po od za przez jak ale dla oraz który która przed tym został
cs | áčďéěíňóřšťúůýž | a v se na že je o s z do i to za ve by ale jsou jako podle pro který která po také už
sk | áäčďéíĺľňóôŕšťúýž | a v sa na že je o s z do i to za vo by ale sú ako podľa pre ktorý ktorá po aj už
sl | čšž | in je v na se da za so pa ki bi z s tudi po ne kot bo še pri od ni
hr | čćđšž | i je u na se da za su od s a o ne bi kao će koji što to iz po
hu | áéíóöőúüű | a az és hogy nem is egy meg de volt van csak már el mint ki azt ez még szerint
ro | ăâîșțşţ | și în de a la cu că nu pe din o un care este au sau pentru mai fi prin după şi
sq | ëç | dhe në e të i për me një nga që është se u ka janë më nuk
tr | çğıöşü | ve bir bu da de için ile olarak çok daha ne gibi var ki olan kadar sonra diye ise
lt | ąčęėįšųūž | ir į iš kad yra su už bei buvo o tai bet dėl apie nuo kaip po per jo
lv | āčēģīķļņšūž | un ir ka no ar uz par to bet kas tas pie vai viņš tika lai arī bija
et | äõöüšž | ja on ei et ka see oli ta aga kui ning mis oma pärast ütles nii välja
ru | абвгдежзийклмнопрстуфхцчшщъыьэюяё | и в не на что с по к из за о у от до он как это но а для его
uk | абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’ | і в не на що з у до та за про від як це але його для й або
bg | абвгдежзийклмнопрстуфхцчшщъьюя | и на в да за от се че е с не са по до като си ще към но
sr | абвгдђежзијклљмнњопрстћуфхцчџш | и је у на се да за су од са о не би као ће који што то из
el | αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ | και το του της να τη με για που από στο τα οι ο η θα δεν τον των
he | אבגדהוזחטיכלמנסעפצקרשתךםןףץ | של את על לא זה עם הוא גם כי או היא כל אל בין אך יותר אמר
ar | ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئ | في من على إلى أن عن التي الذي مع هذا ما لا بعد قال كان بين قبل
fa | ابپتثجچحخدذرزژسشصضطظعغفقکگلمنهویءآئ | در و به از که این را با است برای آن یک تا بر های شد خود
th | กขคงจฉชซญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะัาำิีึืุูเแโใไ็่้๊๋์ๆ | และ ที่ ใน ของ เป็น ได้ มี การ ให้ ว่า
"""


def _read(line: str) -> Language:
    _, letters, words = (part.strip() for part in line.split("|"))
    return Language(letters=frozenset(letters), words=frozenset(words.split()))


LANGUAGES: Final = tuple(_read(line) for line in _TABLE.strip().splitlines())
ENGLISH: Final = LANGUAGES[0]
"""Its letters beyond ASCII are those of borrowed words: seldom."""
LATIN_LETTERS: Final = frozenset(letter for language in LANGUAGES for letter in language.letters if letter < "\u0250")
"""The letters of all languages here that are written in Latin letters: names wander from one into the other."""
