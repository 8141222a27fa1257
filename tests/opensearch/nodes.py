"""A cluster of OpenSearch for tests and benchmarks: real nodes, processes of their own on loopback.

The server is the distribution that its own project tests with, from Maven Central; a checksum pins it.
"""

import hashlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "2.19.3"
SHA256 = "760530e522de0a9f06380d4a4a43dfd83c31fa8911f41745513ce715ed5dfd03"
ARTIFACT = f"org.opensearch.distribution.integ-test-zip:opensearch:{VERSION}:zip"
_JAR = Path(f"org/opensearch/distribution/integ-test-zip/opensearch/{VERSION}/opensearch-{VERSION}.zip")
_NOBODY = "65534"
_START_SECONDS = 240
_JVM = """
-Xms{heap}
-Xmx{heap}
-XX:+UseSerialGC
-Djava.security.manager=allow
-Djava.io.tmpdir=${{OPENSEARCH_TMPDIR}}
-XX:-HeapDumpOnOutOfMemoryError
"""
_LIGHTLY = "-XX:TieredStopAtLevel=1\n"
"""Compiled for tests that run for minutes: nodes start sooner, and work at a third to a half of their speed."""


class MissingError(Exception):
    """What the cluster needs is not on this machine; says what."""


def server() -> Path:
    """Give the unpacked server, fetched where it is not here yet. Raises MissingError where that cannot be."""
    home = os.environ.get("NEWSMORGUE_OPENSEARCH_HOME")
    if home:
        return Path(home)
    root = Path(tempfile.gettempdir()) / f"newsmorgue-opensearch-{os.getuid()}"
    unpacked = root / f"opensearch-{VERSION}"
    if unpacked.exists():
        if unpacked.stat().st_uid != os.getuid():
            raise MissingError(f"{unpacked} belongs to somebody else")
        return unpacked
    packed = fetched(ARTIFACT, _JAR)
    digest = hashlib.sha256(packed.read_bytes()).hexdigest()
    if digest != SHA256:
        raise MissingError(f"{packed} is not the server that was expected")
    root.mkdir(mode=0o755, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root) as name, zipfile.ZipFile(packed) as archive:
        archive.extractall(name)
        made = Path(name) / unpacked.name
        for path in (made / "bin").iterdir():
            path.chmod(0o755)
        made.rename(unpacked)
    return unpacked


def fetched(artifact: str, path: Path) -> Path:
    """Give a file of Maven Central, by where it lies in Maven's folder. Raises MissingError."""
    home = Path.home() / ".m2" / "repository"
    if not (home / path).exists():
        if not shutil.which("mvn"):
            raise MissingError("Maven is not installed (apt-get install maven)")
        command = ["mvn", "-B", "-q", "dependency:get", f"-Dartifact={artifact}", "-Dtransitive=false"]
        done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise MissingError(f"Maven cannot fetch {artifact}: {done.stdout[-500:]}")
    return home / path


def java_home() -> Path:
    """Give where Java lies. Raises MissingError where there is none."""
    java = shutil.which("java")
    if not java:
        raise MissingError("Java is not installed (apt-get install openjdk-17-jre-headless)")
    return Path(java).resolve().parent.parent


class Nodes:
    """Some nodes of one cluster; `ports` are their HTTP ports.

    Those for `figures` are compiled as those of users are, and at no lower priority than whoever asks them.
    """

    def __init__(self, root: Path, count: int, heap: str, *, home: Path | None = None, figures: bool = False) -> None:
        self._root = root
        self._jvm = _JVM.format(heap=heap) + ("" if figures else _LIGHTLY)
        self._figures = figures
        self._priority = [] if figures else ["nice", "-n", "10"]
        self._home, self._java = home or server(), java_home()
        self._own(self._root / "snapshots")
        ports = _free_ports(2 * count)
        self.ports, self._transport = ports[:count], ports[count:]
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        for number in range(count):
            self._configure(number)

    @property
    def hosts(self) -> str:
        """The addresses of all nodes, as the setting `engine` takes them."""
        return ",".join(f"127.0.0.1:{port}" for port in self.ports)

    def start(self, number: int) -> None:
        """Start a node; `wait` waits for it."""
        directory = self._root / f"node{number}"
        environment = {
            "PATH": os.environ["PATH"],
            "OPENSEARCH_JAVA_HOME": str(self._java),
            "OPENSEARCH_PATH_CONF": str(directory / "config"),
            "OPENSEARCH_TMPDIR": str(directory / "tmp"),
        }
        command = [*self._priority]
        if shutil.which("setpriv"):
            command += ["setpriv", "--pdeathsig", "KILL"]
            if os.getuid() == 0:
                command += ["--reuid", _NOBODY, "--regid", _NOBODY, "--clear-groups"]
        command.append(str(self._home / "bin" / "opensearch"))
        with (directory / "logs" / "output").open("ab") as output:
            self._processes[number] = subprocess.Popen(
                command, env=environment, stdout=output, stderr=output, cwd=directory
            )

    def kill(self, number: int) -> None:
        """End a node as a power cut would: `kill -9`."""
        process = self._processes.pop(number)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End all nodes."""
        for number in list(self._processes):
            self.kill(number)

    def wait(self, *, status: str = "green") -> None:
        """Wait until all started nodes are in the cluster, and its indices are as well as `status`.

        Each node is asked: after the manager's end, what its heir says first still counts it, and all that it had.
        """
        end = time.monotonic() + _START_SECONDS
        path = f"/_cluster/health?wait_for_nodes={len(self._processes)}&wait_for_status={status}&timeout=10s"
        while time.monotonic() < end:
            for number, process in self._processes.items():
                if process.poll() is not None:
                    output = (self._root / f"node{number}" / "logs" / "output").read_text(errors="replace")
                    raise RuntimeError(f"node {number} ended: {output[-2000:]}")
            try:
                answers = [self.get(path, port=self.ports[number]) for number in sorted(self._processes)]
                if not any(answer.get("timed_out", True) for answer in answers):
                    return
            except (OSError, http.client.HTTPException, ValueError):
                pass
            time.sleep(0.5)
        raise RuntimeError(f"the cluster was not {status} within {_START_SECONDS} s")

    def get(self, path: str, *, port: int) -> dict[str, object]:
        """Ask one node."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", path)
            found: dict[str, object] = json.loads(connection.getresponse().read())
            return found
        finally:
            connection.close()

    def _configure(self, number: int) -> None:
        directory = self._root / f"node{number}"
        for name in ("config", "data", "logs", "tmp"):
            (directory / name).mkdir(parents=True)
        seeds = ", ".join(f'"127.0.0.1:{port}"' for port in self._transport)
        names = ", ".join(f"node{other}" for other in range(len(self.ports)))
        settings = [
            f"cluster.name: newsmorgue-{self._root.name}",
            f"node.name: node{number}",
            "network.host: 127.0.0.1",
            f"http.port: {self.ports[number]}",
            f"transport.port: {self._transport[number]}",
            f"path.data: {directory / 'data'}",
            f"path.logs: {directory / 'logs'}",
            f"path.repo: {self._root / 'snapshots'}",
            f"discovery.seed_hosts: [{seeds}]",
            f"cluster.initial_cluster_manager_nodes: [{names}]",
            "cluster.routing.allocation.disk.threshold_enabled: false",
            "cluster.follower_lag.timeout: 30s",
            *([] if self._figures else ["node.processors: 1"]),
        ]
        config = directory / "config"
        (config / "opensearch.yml").write_text("\n".join(settings) + "\n")
        (config / "jvm.options").write_text(self._jvm)
        (config / "log4j2.properties").write_text(
            "status = error\nappender.console.type = Console\nappender.console.name = console\n"
            "appender.console.layout.type = PatternLayout\nappender.console.layout.pattern = %d %p %c %m%n\n"
            "rootLogger.level = warn\nrootLogger.appenderRef.console.ref = console\n"
        )
        self._prepared(config)
        self._own(directory)

    def _own(self, directory: Path) -> None:
        """Give a directory to whom the nodes run as."""
        directory.mkdir(exist_ok=True)
        if os.getuid() == 0:
            for path in [directory, *directory.rglob("*")]:
                os.chown(path, int(_NOBODY), int(_NOBODY))

    def _prepared(self, config: Path) -> None:
        """Add to the configuration of a node what others need."""


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


@contextmanager
def cluster(count: int, *, heap: str = "320m", figures: bool = False) -> Iterator[Nodes]:
    """Hold a cluster of some nodes; whatever happens, none of them stays. Raises MissingError.

    Those for `figures` run as fast as they can.
    """
    with tempfile.TemporaryDirectory(prefix="newsmorgue-nodes-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        nodes = Nodes(Path(name), count, heap, figures=figures)
        try:
            for number in range(count):
                nodes.start(number)
            nodes.wait()
            yield nodes
        finally:
            nodes.stop()
