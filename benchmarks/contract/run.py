"""Hold a server to its OpenAPI document: `python -m benchmarks.contract.run --data-dir D [--examples N] [--seed S]`.

Serves the data directory on a free port and lets schemathesis ask, with all its checks and phases. Ends with
schemathesis's own exit code: 0 where nothing was found.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.hosting import served

HOOKS = "benchmarks.contract.hooks"


def main() -> int:
    """Serve, ask, and give the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with served(options.data_dir, max_exports="8") as server:
        command = [str(Path(sys.executable).parent / "schemathesis"), "run", f"{server.url}/api/v1/openapi.json"]
        command += ["--checks", "all", "--continue-on-failure", "--suppress-health-check", "all"]
        command += ["--max-examples", str(options.examples), "--seed", str(options.seed)]
        environment = {**os.environ, "SCHEMATHESIS_HOOKS": HOOKS, "PYTHONPATH": str(Path.cwd())}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
