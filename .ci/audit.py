"""What is known of the pinned packages: asks pip-audit, and says so where nobody could be asked.

Run as `python .ci/audit.py PIP_AUDIT LOCK`. Exits with 0 when nothing is known against them, 1 when something is, and 2
when an advisory service answered for none of them: pip-audit alone ends with 0 then.
"""

import json
import subprocess
import sys
from collections.abc import Iterator

GOOD, FOUND, UNKNOWN = range(3)


def verdict(output: str) -> tuple[int, str]:
    """Return the exit code and what to say, from what pip-audit printed as JSON; empty when it could not ask."""
    packages = json.loads(output)["dependencies"] if output.strip() else []
    answered = [each for each in packages if "skip_reason" not in each]
    if not answered:
        return UNKNOWN, "No advisory service answered: nothing is known of any package, good or bad."
    lines = [line for each in answered for line in _lines(each)]
    silent = len(packages) - len(answered)
    told = f"{len(answered)} packages were looked up; {silent} are not known to the service."
    return (FOUND, "\n".join([*lines, told])) if lines else (GOOD, f"Nothing is known against them. {told}")


def _lines(package: dict[str, object]) -> Iterator[str]:
    known = package["vulns"]
    assert isinstance(known, list)
    for each in known:
        fixed = ", ".join(each["fix_versions"]) or "nothing yet"
        yield f"{package['name']} {package['version']}: {each['id']}, fixed in {fixed}"


def main() -> None:
    """Ask, say, and exit."""
    command = [sys.argv[1], "--requirement", sys.argv[2], "--disable-pip", "--require-hashes", "--format", "json"]
    asked = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)  # noqa: S603 - the Makefile's
    code, told = verdict(asked.stdout)
    print(told)  # noqa: T201 - a command
    sys.exit(code)


if __name__ == "__main__":
    main()
