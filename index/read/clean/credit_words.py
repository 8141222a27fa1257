"""The parts of which photo credits are made, as regular expressions: agencies, names of photographers."""

from typing import Final

_AGENCIES: Final = (
    r"Getty(?: Images)?(?: North America| Europe| for \w+)?",
    r"AP(?: Photos?| Images)?|Associated Press|AFP|Reuters|REUTERS|EPA(?:-EFE)?|EFE|AAP|ANSA|dpa|DPA|UPI",
    r"Shutterstock(?:\.com)?|iStock(?:[Pp]hoto)?|Alamy(?: Live News| Stock Photo)?|Corbis|Bettmann|Hulton Archive",
    r"Rex(?: Features)?|NurPhoto|Bloomberg(?: News)?|Abaca(?:press| Press)?|Sipa(?: USA)?|Redux(?: Pictures)?",
    r"Z[Uu][Mm][Aa](?: ?P[Rr][Ee][Ss][Ss]| Wire)*(?:\.com)?|Polaris(?: Images)?|Barcroft(?: Images| Media)?",
    r"Anadolu(?: Agency| Images)?|Xinhua|Kyodo(?: News)?|T[Aa][Ss][Ss]|Sputnik|PA(?: Wire| Images| Media)?",
    r"P[Oo][Oo][Ll]|Handout|WireImage|FilmMagic|Landov|C\.?Q\.?[- ]Roll Call|MCT|TNS|Newscom|MediaPunch|SOPA Images",
    r"LightRocket|Icon Sportswire|Splash(?: News)?|BACKGRID|Backgrid|Magnum(?: Photos)?|I[Mm][Aa][Gg][Oo](?: Images)?",
    r"Flickr|Wikimedia(?: Commons)?|NPR|USA TODAY(?: NETWORK)?",
)
AGENCY: Final = rf"(?>{'|'.join(_AGENCIES)})"
"""Who distributes a picture; atomic, so that `Getty` is not taken out of `Getty Images`."""

UPPER: Final = r"[^\W\d_a-zà-öø-ÿß]"
"""One letter that is not a small one of Latin-1."""
SURNAME: Final = rf"{UPPER}[\w’'-]+"
PARTICLES: Final = r"(?:(?:de|da|del|della|der|van|von|bin|al|el|la|le|di|dos|du|ter|den)\s)*"
TOKEN: Final = rf"(?:{UPPER}\.|(?:[ODdLl]['’])?{UPPER}[\w’'-]*(?:\.(?=\s?{UPPER}\.))?)"
"""One word of a name, or an initial."""
NAME: Final = rf"{TOKEN}(?:\s{PARTICLES}{TOKEN}){{0,4}}"
"""A name of up to five words."""
SHORT_NAME: Final = rf"{TOKEN}\s(?:{UPPER}\.\s)*{PARTICLES}{TOKEN}"
"""A first name, initials and a surname: what is taken where a name's beginning cannot be seen."""

AFTER_AGENCY: Final = (
    rf"(?:\s?/\s?(?:{AGENCY}|{SURNAME}))*"
    rf"(?:\s(?:via|for)\s(?:{AGENCY}|(?:The\s)?{SURNAME}(?:\s{SURNAME}){{0,2}})(?:\s?/\s?{AGENCY})*)?"
    r"(?:,?\s(?:FILE|[Ff]iles?|File [Pp]hoto|Pool))?"
    r"(?:\s?/\s?(?:File [Pp]hoto|Files?|Pool|Courtesy of \w+))?"
)
"""What may follow: further agencies, `via` one more, `File Photo`."""
