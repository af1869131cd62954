"""Programs that a benchmark starts, waits for, weighs and stops."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).parents[1]
LOOPBACK = "127.0.0.1"
LOOK_EVERY = 0.002  # seconds
PATIENCE = 60.0  # seconds; a million people's file is checked at start
MIB = 1024.0


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


class Child:
    """A Python program of its own, in a folder of its own; stopped at the end of the `with`."""

    def __init__(self, folder: Path, *arguments: str, **environ: str) -> None:
        """Start `python <arguments>` with only this environment; what it says goes to a file in the folder."""
        self.said = folder / f"{arguments[-1].strip('/').replace('/', '_')}-{time.monotonic_ns()}.log"
        with self.said.open("wb") as saying:
            self.began = time.monotonic()
            self._process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=folder,  # where no .env lies
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **environ},
                stdout=saying,
                stderr=saying,
            )

    def __enter__(self) -> "Child":
        """Hand over the running program."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop it."""
        self.stop()

    def ready(self, port: int, path: str = "/healthz") -> float:
        """Wait until it answers there with 200, and return how many seconds after its start that was."""
        while time.monotonic() - self.began < PATIENCE and self._process.poll() is None:
            try:
                if status(port, path) == 200:
                    return time.monotonic() - self.began
            except OSError:
                time.sleep(LOOK_EVERY)
        raise RuntimeError(f"it did not start:\n{self.said.read_text()}")

    def memory(self) -> float:
        """Return its resident memory in MiB."""
        return resident(self._process.pid)

    def cpu(self) -> float:
        """Return the seconds of processor time it has used, all its threads together."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Ask it to stop, and wait."""
        if self._process.poll() is None:
            self._process.send_signal(how)
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def resident(pid: int | str = "self") -> float:
    """Return the resident memory of a process in MiB, as Linux tells it."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / MIB for line in lines if line.startswith("VmRSS:"))


def status(port: int, path: str) -> int:
    """Return the status with which a GET is answered; raises OSError."""
    return _ask(port, path)[0]


def ask(port: int, path: str) -> Any:
    """Return the JSON that stands at a path."""
    return json.loads(_ask(port, path)[1])


def _ask(port: int, path: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=PATIENCE)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def run(module: str, *, folder: Path, **asked: Any) -> Any:
    """Run a module of this package to its end with the question on its standard input; return its answer."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{module}"],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)
