"""How often texts in old encodings are read as they were written.

    python -m benchmarks.charsets

News in 22 languages (`tests/index/read/charset_texts.py`), each in its usual encodings and in UTF-16 without a mark, as
its first sentence and as a whole: right is what comes back letter by letter. charset-normalizer alone, given the same
bytes, stands beside it. The table is printed, the numbers are kept in `benchmarks/results/charsets.json`.
"""

import json
import time
from pathlib import Path
from typing import Final

from charset_normalizer import from_bytes

from index.read.charset import decode, marked_encoding
from tests.index.read.charset_texts import TEXTS

RESULTS = Path(__file__).parent / "results" / "charsets.json"
UNICODE: Final = ("utf-16-le", "utf-16-be")


def main() -> None:
    rows = {language: measure(text, encodings) for language, (text, encodings) in TEXTS.items()}
    print(f"{'':<12}{'encodings':<38}{'sentence':>10}{'whole':>8}{'normalizer: sentence':>22}{'whole':>8}")
    for language, row in rows.items():
        print(
            f"{language:<12}{', '.join(TEXTS[language][1]):<38}{row['ours'][0]:>10}{row['ours'][1]:>8}"
            f"{row['normalizer'][0]:>22}{row['normalizer'][1]:>8}"
        )
    totals = {
        who: [sum(row[who][place] for row in rows.values()) for place in (0, 1)] for who in ("ours", "normalizer")
    }
    count = sum(len(encodings) + len(UNICODE) for _, encodings in TEXTS.values())
    spent = cost()
    print(f"of {count}: {totals['ours']}, charset-normalizer {totals['normalizer']}; {spent:.1f} ms a guess")
    RESULTS.write_text(json.dumps({"of": count, **totals, "languages": rows, "guess_ms": spent}, indent=1) + "\n")


def measure(text: str, encodings: tuple[str, ...]) -> dict[str, list[int]]:
    right = {"ours": [0, 0], "normalizer": [0, 0]}
    for place, part in enumerate((sentence(text), text)):
        for encoding in (*encodings, *UNICODE):
            data = part.encode(encoding, "ignore")
            said = data.decode(encoding)
            marked = marked_encoding(data)
            right["ours"][place] += (data.decode(marked) if marked else decode(data)) == said
            best = from_bytes(data).best()
            right["normalizer"][place] += best is not None and str(best) == said
    return right


def sentence(text: str) -> str:
    ends = [text.index(sign) for sign in (". ", "。") if sign in text]
    return text[: min(ends) + 1] if ends else text


def cost() -> float:
    data = TEXTS["Polish"][0].encode("cp1250")
    began = time.process_time()
    for _ in range(20):
        decode(data)
    return (time.process_time() - began) * 1000 / 20


if __name__ == "__main__":
    main()
