"""What lasts: indexing, searching and correcting at once, for as long as is asked, without an error and without growth.

    python -m benchmarks.soak [--minutes 30] [--clients 8] [--corrected 0]

A process watches a folder (`newsmorgue index --watch`), another serves its archive (`newsmorgue serve`), both as users
run them. A file of the folder is written anew again and again: some articles as they were, some changed, some near
copies of others; the archive has as many articles at the end as at the beginning, in some hundred generations.
Meanwhile clients search, page, group, open articles and export, and one corrects: it renames, merges or hides somebody,
waits until an answer shows it, undoes it, and waits again. Whatever is no 200 is an error, but for a page of a
generation that is gone (410), and for being told when to come again (503 with Retry-After, as where four exports run
already), which clients do; both are counted. So is a correction that is not seen, and how long each took to be. The log
may begin `--corrected` so long, since it grows with the years. Every ten seconds the memory and the open files of
both are looked at, and the disk and the generations of the data directory; of each, the highest of the third quarter
and of the last one are compared. The table is printed, the numbers are kept in `benchmarks/results/soak.json`. Linux
only, for /proc.
"""

import argparse
import contextlib
import http.client
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.hosting import served
from index.authority.log import append
from index.authority.types import Correction

RESULTS = Path(__file__).parent / "results" / "soak.json"
SAMPLE_SECONDS = 10
FILES = 8
ARTICLES = 25
"""In each file."""

WORDS = (Path(__file__).parent.parent / "index" / "tag" / "data" / "abbreviations.txt").read_text("utf-8").split()
PEOPLE = ("Ada Reyes", "Tomas Lindqvist", "Mara Oduya", "Henrik Falk", "Ilse Brandt", "Samuel Okoro")
OUTLETS = ("CNN", "Reuters", "The Guardian", "BBC News", "USA Today")

NOT_SEEN = 10.0
"""Seconds after which a correction that no answer shows is an error: ten times what is promised of an idle machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """How things stood at a second of the run; sizes in bytes."""

    seconds: float
    server_memory: int
    server_files: int
    indexer_memory: int
    indexer_files: int
    disk: int
    generations: int


@dataclass(slots=True)
class Tally:
    """What came of it so far."""

    answers: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    rounds: int = 0
    corrections: int = 0
    seen: list[float] = field(default_factory=list)
    """Seconds from each correction or undoing to the answer that showed it."""


def main() -> None:
    """Run, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--corrected", type=int, default=0, metavar="N", help="corrections made, and undone, before")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        tally, samples = soak(
            Path(scratch), seconds=options.minutes * 60, clients=options.clients, corrected=options.corrected
        )
    figures = growth(samples)
    show(tally, samples, figures)
    kept = {
        "minutes": options.minutes,
        "clients": options.clients,
        "load": os.getloadavg()[0],
        "answers": tally.answers,
        "errors": len(tally.errors),
        "first_errors": tally.errors[:10],
        "rounds": tally.rounds,
        "corrected_before": options.corrected,
        "corrections": tally.corrections,
        "seconds_until_seen": waits(tally.seen),
        "highest": {name: {"third quarter": before, "last": after} for name, (before, after) in figures.items()},
    }
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    sys.exit(1 if tally.errors else 0)


def soak(directory: Path, *, seconds: float, clients: int, corrected: int) -> tuple[Tally, list[Sample]]:
    """Do all at once; give what came of it, and how things stood."""
    inbox, data_dir = directory / "inbox", directory / "data"
    inbox.mkdir()
    chance = random.Random(1)
    for number in range(FILES):
        write(inbox, number, chance)
    tally, ended = Tally(), threading.Event()
    with contextlib.ExitStack() as held:
        indexer = held.enter_context(watching(inbox, data_dir))
        append(data_dir, list(undone(corrected)))
        server = held.enter_context(served(data_dir, processes="1"))
        work: list[Callable[[], None]] = [lambda: rewrite(inbox, tally, ended, chance)]
        work += [lambda seed=seed: ask(server.url, tally, ended, random.Random(seed)) for seed in range(clients)]  # type: ignore[misc]
        work.append(lambda: correct(server.url, tally, ended))
        threads = [threading.Thread(target=one) for one in work]
        for thread in threads:
            thread.start()
        samples = []
        began = time.monotonic()
        try:
            while (spent := time.monotonic() - began) < seconds:
                time.sleep(min(SAMPLE_SECONDS, seconds - spent))
                samples.append(sample(time.monotonic() - began, server.pid, indexer.pid, data_dir))
                if indexer.poll() is not None:
                    tally.errors.append(f"the indexer ended with {indexer.returncode}")
                    break
        finally:
            ended.set()
            for thread in threads:
                thread.join()
    return tally, samples


@contextmanager
def watching(inbox: Path, data_dir: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """Index a folder, and go on watching it while the block runs; the block begins once it is indexed."""
    command = [sys.executable, "-m", "newsmorgue", "index", str(inbox), "--data-dir", str(data_dir)]
    environment = {**os.environ, "NEWSMORGUE_WATCH_SECONDS": "1"}
    subprocess.run([*command, "--jobs", "1"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    watch = [*command, "--jobs", "1", "--watch"]
    with subprocess.Popen(watch, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(60)


def write(inbox: Path, number: int, chance: random.Random) -> None:
    """Write a file whole, as if it had been put there at once."""
    lines = [json.dumps(article(number, place, chance)) for place in range(ARTICLES)]
    waiting = inbox / f".{number}.part"
    waiting.write_text("\n".join(lines), encoding="utf-8")
    waiting.rename(inbox / f"{number}.jsonl")


def article(number: int, place: int, chance: random.Random) -> dict[str, str]:
    """Make an article: two fifths stay as they are, a fifth are near copies of one, the others are new each time."""
    kind = place % 5
    steady = random.Random((number, place).__repr__() if kind < 2 else "wire" if kind == 2 else chance.random())
    words = [steady.choice(WORDS) for _ in range(150)]
    for _ in range(6 if kind == 2 else 0):
        words[chance.randrange(len(words))] = chance.choice(WORDS)
    told = f"{steady.choice(PEOPLE)} told {steady.choice(OUTLETS)} on Monday: {' '.join(words)}."
    return {
        "url": f"https://example.org/{number}/{place}",
        "title": f"{steady.choice(PEOPLE)} and the {steady.choice(WORDS)}",
        "text": told,
        "publisher": chance.choice(OUTLETS),
        "date": f"2021-{steady.randint(1, 12):02}-{steady.randint(1, 28):02}",
    }


def rewrite(inbox: Path, tally: Tally, ended: threading.Event, chance: random.Random) -> None:
    """Write one file after the other anew."""
    while not ended.wait(2):
        write(inbox, tally.rounds % FILES, chance)
        tally.rounds += 1


def ask(url: str, tally: Tally, ended: threading.Event, chance: random.Random) -> None:
    """Be a client, until the end."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    following: list[str] = []
    while not ended.wait(0.05):
        address = following.pop() if following and chance.random() < 0.7 else draw(chance)
        try:
            connection.request("GET", address)
            response = connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException) as error:
            tally.errors.append(f"{address}: {error!r}")
            connection.close()
            continue
        what = urlsplit(address).path.split("/articles/")[0] or "/"
        tally.answers[f"{what} {response.status}"] += 1
        if response.status == 200 and address.startswith("/api/v1/search"):
            following = leads(json.loads(body))
        elif response.status == 503 and (wait := response.headers["Retry-After"]):
            ended.wait(float(wait))
        elif response.status not in {200, 410}:
            tally.errors.append(f"{address}: {response.status} {body[:200]!r}")


def leads(answer: dict[str, object]) -> list[str]:
    """Give the addresses that an answer leads to: the next page, an article and its copies."""
    found = [str(answer["next"])] if answer["next"] else []
    hits: list[dict[str, dict[str, str]]] = answer["results"]  # type: ignore[assignment]
    return found + [hit["links"][form] for hit in hits[:2] for form in ("page", "api")]


def draw(chance: random.Random) -> str:
    """Draw a question."""
    query = quote(chance.choice([*PEOPLE, *WORDS, f"{chance.choice(WORDS)} OR {chance.choice(WORDS)}", ""]))
    more = chance.choice(["", "&group=story", "&sort=newest", f"&outlet={quote(chance.choice(OUTLETS))}"])
    paths = {"/api/v1/search": 12, "/api/v1/export.ndjson": 1, "/api/v1/facets/person": 2, "/feed.atom": 1}
    [path] = chance.choices(list(paths), list(paths.values()))
    return f"{path}?q={query}{more}" if path != "/api/v1/facets/person" else f"{path}?q={query}"


def correct(url: str, tally: Tally, ended: threading.Event) -> None:
    """Correct one person after the other and undo it, until the end."""
    chance = random.Random(2)
    while not ended.wait(1):
        one, other = chance.sample(PEOPLE, 2)
        named = {"rename": f"{one} {tally.corrections}", "merge": other, "hide": ""}
        what = chance.choice(list(named))
        try:
            number = told(url, {"what": what, "names": [one], "to": named[what]})
            try:
                tally.seen.append(see(url, gone=one, shown=named[what]))
            finally:
                told(url, {"what": "undo", "undoes": number})
            tally.seen.append(see(url, shown=one))
            tally.corrections += 2
        except (OSError, ValueError, http.client.HTTPException) as error:
            tally.errors.append(f"correcting: {what} {one}: {error!r}")


def undone(count: int) -> Iterator[Correction]:
    """Yield corrections, each undone by the next, as of an archive that was corrected for long."""
    chance = random.Random(3)
    for number in range(1, count, 2):
        name = chance.choice(PEOPLE)
        yield Correction(what="rename", names=(name,), to=f"{name} before {number}")
        yield Correction(what="undo", undoes=number)


def told(url: str, correction: dict[str, object]) -> int:
    """Make a correction; give its number."""
    sent = urllib.request.Request(
        f"{url}/api/v1/corrections", json.dumps(correction).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(sent, timeout=60) as response:
        return int(json.load(response)["number"])


def see(url: str, *, shown: str, gone: str = "") -> float:
    """Wait until somebody is among the people of the archive, and somebody else is not; give for how many seconds."""
    began = time.monotonic()
    while True:
        with urllib.request.urlopen(f"{url}/api/v1/facets/person?facet_size=100", timeout=60) as response:
            answer = json.load(response)
        found, waited = {one["value"] for one in answer["values"]}, time.monotonic() - began
        if (shown in found or not shown) and gone not in found:
            return waited
        if waited > NOT_SEEN:
            raise ValueError(f"not seen after {NOT_SEEN} s: {gone or shown} in {answer['generation']}")
        time.sleep(0.1)


def waits(seconds: list[float]) -> dict[str, float]:
    """Give the median of some waits, the 99th of 100, and the longest."""
    ordered = sorted(seconds) or [0.0]
    places = {"median": len(ordered) // 2, "p99": len(ordered) * 99 // 100, "longest": -1}
    return {name: round(ordered[place], 2) for name, place in places.items()}


def sample(seconds: float, server: int, indexer: int, data_dir: Path) -> Sample:
    """Look how things stand."""
    return Sample(
        seconds=seconds,
        server_memory=resident(server),
        server_files=open_files(server),
        indexer_memory=resident(indexer),
        indexer_files=open_files(indexer),
        disk=disk(data_dir),
        generations=sum(path.is_dir() for path in (data_dir / "generations").glob("*")),
    )


def resident(pid: int) -> int:
    """Give the bytes of memory that a process has now."""
    return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def open_files(pid: int) -> int:
    """Count the files that a process has open or mapped, those that are removed among them."""
    mapped = {
        line.split(maxsplit=5)[5] for line in Path(f"/proc/{pid}/maps").read_text("utf-8").splitlines() if "/" in line
    }
    return sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir()) + sum(".seg" in one for one in mapped)


def disk(directory: Path) -> int:
    """Add up what lies in a directory, files with several names once; what vanishes meanwhile is nothing."""
    sizes = {}
    for folder, _, names in os.walk(directory):
        for name in names:
            try:
                status = Path(folder, name).stat()
            except FileNotFoundError:
                continue
            sizes[status.st_ino] = status.st_size
    return sum(sizes.values())


def growth(samples: list[Sample]) -> dict[str, tuple[int, int]]:
    """Give for each figure the highest of the third quarter and of the last one: the first half warms up."""
    third, last = (samples[len(samples) * at // 4 : len(samples) * (at + 1) // 4] or samples[-1:] for at in (2, 3))
    names = ("server_memory", "server_files", "indexer_memory", "indexer_files", "disk", "generations")
    return {name: (max(getattr(one, name) for one in third), max(getattr(one, name) for one in last)) for name in names}


def show(tally: Tally, samples: list[Sample], figures: dict[str, tuple[int, int]]) -> None:
    """Print the table."""
    print(f"{samples[-1].seconds / 60:.1f} minutes, {tally.rounds} files written, {tally.corrections} corrections")
    print(f"{sum(tally.answers.values()):,} answers, {len(tally.errors)} errors")
    for what, count in sorted(tally.answers.items()):
        print(f"  {what:<40}{count:>9,}")
    print("seconds until seen: " + ", ".join(f"{name} {value}" for name, value in waits(tally.seen).items()))
    for error in tally.errors[:10]:
        print(f"  ! {error}")
    print(f"{'highest of':<18}{'third quarter':>16}{'last quarter':>16}")
    for name, (before, after) in figures.items():
        print(f"{name:<18}{before:>16,}{after:>16,}")


if __name__ == "__main__":
    main()
