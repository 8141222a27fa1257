"""The signs of pages: addresses with the letters of their languages, and nothing that HTML has no room for.

`/people/михаил` instead of `/people/%D0%BC%D0%B8…`: a browser reads both alike (WHATWG URL, path and query state;
RFC 3987), and shows the first anyway. Pages that list names of another script are a third of their size so.
"""

import re
from urllib.parse import unquote_to_bytes

from flask import Flask, Response

_ESCAPED = re.compile(r"(?:%[C-F][0-9A-F](?:%[89AB][0-9A-F])+)+")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Control signs and what stands for no sign at all, which addresses can bring (HTML, 13.2.3.5, "control")."""

_OURS = re.compile(r' (?:href|action)="/[^"]*%[C-F][^"]*"')


def lettered(address: str) -> str:
    """Give an address with its letters and digits beyond ASCII as they are; all other signs stay escaped."""
    return _ESCAPED.sub(_read, address) if "%" in address else address


def letter_addresses(app: Flask) -> None:
    """Write the addresses of our own in pages so; those of others stay as they were given. Drop forbidden signs."""

    @app.after_request
    def letter(response: Response) -> Response:
        if response.mimetype == "text/html" and not response.is_streamed:
            given = response.get_data(as_text=True)
            text = _FORBIDDEN.sub("", given)
            if "%" in text:
                text = _OURS.sub(lambda found: lettered(found[0]), text)
            if text is not given:
                response.set_data(text)
        return response


def _read(found: re.Match[str]) -> str:
    escaped = found[0]
    try:
        letters = unquote_to_bytes(escaped).decode("utf-8")
    except UnicodeDecodeError:
        return escaped
    return letters if letters.isalnum() else "".join(map(_sign, letters))


def _sign(sign: str) -> str:
    return sign if sign.isalnum() else "".join(f"%{byte:02X}" for byte in sign.encode())
