"""Addresses in pages with the letters of their languages: `/people/михаил` instead of `/people/%D0%BC%D0%B8…`.

A browser reads both alike (WHATWG URL, path and query state; RFC 3987), and shows the first anyway. Pages that list
names of another script are a third of their size so.
"""

import re
from urllib.parse import unquote_to_bytes

from flask import Flask, Response

_ESCAPED = re.compile(r"(?:%[C-F][0-9A-F](?:%[89AB][0-9A-F])+)+")
_OURS = re.compile(r' (?:href|action)="/[^"]*%[C-F][^"]*"')


def lettered(address: str) -> str:
    """Give an address with its letters and digits beyond ASCII as they are; all other signs stay escaped."""
    return _ESCAPED.sub(_read, address) if "%" in address else address


def letter_addresses(app: Flask) -> None:
    """Write the addresses of our own in pages so; those of others stay as they were given."""

    @app.after_request
    def letter(response: Response) -> Response:
        if response.mimetype == "text/html" and not response.is_streamed:
            text = response.get_data(as_text=True)
            if "%" in text:
                response.set_data(_OURS.sub(lambda found: lettered(found[0]), text))
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
