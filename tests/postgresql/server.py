"""A server of PostgreSQL for tests and benchmarks: Debian's own, in a temporary directory, on loopback, for a while.

Started by whoever asks first, as a user of the system who is not root, and stopped when the process ends.
"""

import atexit
import contextlib
import functools
import importlib.util
import itertools
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from index.archive.postgresql.address import Server
from index.settings import Settings

USER = "morgue"
_START_SECONDS = "60"
_numbers = itertools.count()


class MissingError(Exception):
    """What the server needs is not on this machine; says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server that runs: its files, its port on loopback, and the password of its superuser."""

    home: Path
    bin: Path
    port: int
    password: str

    def address(self, database: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def control(self, *arguments: str) -> None:
        """Run pg_ctl: start, stop, restart."""
        _run(self.bin / "pg_ctl", "-D", self.home / "data", "-l", self.home / "log", "-w", *arguments)

    def restart(self, mode: str = "immediate") -> None:
        """Stop the server, at once as by a crash, and start it again."""
        self.control("restart", "-m", mode, "-t", _START_SECONDS)

    def ask(self, query: str, database: str = "postgres") -> str:
        """Run a statement as its superuser; gives what psql prints."""
        asked = [self.bin / "psql", "--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-c", query, self.address(database)]
        environment = {**os.environ, "PGPASSWORD": self.password}
        done = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def database(self) -> str:
        """Make an empty database and give its name."""
        name = f"test{next(_numbers)}"
        self.ask(f"CREATE DATABASE {name} TEMPLATE template0")
        return name

    def settings(self, data_dir: Path, database: str, *, patience: float = 20.0) -> Settings:
        """Give settings of an archive in a database."""
        return Settings(
            data_dir=data_dir,
            archive=self.address(database),
            archive_password=self.password,
            archive_patience_seconds=patience,
            jobs=1,
        )

    def place(self, database: str, *, patience: float = 20.0) -> Server:
        """Give where an archive in a database is."""
        return Server(address=self.address(database), password=self.password, patience=patience)


@functools.cache
def started(*, durable: bool = False) -> Running:
    """Give the server of this process, one that waits for the disk where `durable`.

    Raises MissingError where there can be none.
    """
    if not importlib.util.find_spec("psycopg"):
        raise MissingError("needs psycopg: pip install 'newsmorgue[postgres]'")
    programs = _programs()
    home = Path(tempfile.mkdtemp(prefix="newsmorgue-pg-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    if os.getuid() == 0:
        owner = pwd.getpwnam(_somebody())
        os.chown(home, owner.pw_uid, owner.pw_gid)
    running = Running(home=home, bin=programs, port=_free_port(), password=secrets.token_hex(8))
    secret = home / "password"
    secret.write_text(running.password)
    data = home / "data"
    how = ["--auth-local=trust", "--auth-host=scram-sha-256", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"]
    _run(programs / "initdb", "-D", data, "-U", USER, f"--pwfile={secret}", "--data-checksums", *how)
    options = {
        "port": running.port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": home,
        "fsync": "on" if durable else "off",
    }
    with (data / "postgresql.conf").open("a") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in options.items())
    running.control("start", "-t", _START_SECONDS)
    atexit.register(_stop, running)
    return running


def _stop(running: Running) -> None:
    with contextlib.suppress(MissingError):
        running.control("stop", "-m", "immediate")


def _programs() -> Path:
    """Give the folder of the newest server's programs."""
    if home := os.environ.get("NEWSMORGUE_POSTGRESQL_BIN"):
        return Path(home)
    known = shutil.which("initdb")
    if known:
        return Path(known).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise MissingError("needs a server of PostgreSQL: apt-get install postgresql")
    return found[-1].parent


def _somebody() -> str:
    names = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(*command: str | Path) -> None:
    """Run a program of the server, by another user where we are root."""
    other = {"user": _somebody(), "group": pwd.getpwnam(_somebody()).pw_gid} if os.getuid() == 0 else {}
    done = subprocess.run(
        command,
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        extra_groups=[] if other else None,
        **other,
    )
    if done.returncode:
        raise MissingError(f"{Path(command[0]).name}: {done.stderr or done.stdout}")


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])
