"""What an installation is made of, what is known of it, and the container it may live in."""

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


def loaded(name: str) -> ModuleType:
    """Return a script of the folder .ci."""
    spec = importlib.util.spec_from_file_location(name, ROOT / ".ci" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_components_are_what_is_pinned_and_what_is_vendored(tmp_path: Path) -> None:
    made = tmp_path / "pitstop.cdx.json"
    subprocess.run([sys.executable, ROOT / ".ci" / "sbom.py", made], check=True)
    found: dict[str, Any] = json.loads(made.read_text("utf-8"))
    assert (found["bomFormat"], found["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", found["serialNumber"])
    pinned = set(re.findall(r"^([A-Za-z0-9._-]+==[^\s\\;]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE))
    of_python = {f"{each['name']}=={each['version']}" for each in found["components"] if "pypi" in each["purl"]}
    assert of_python == pinned
    of_npm = {each["name"] for each in found["components"] if "npm" in each["purl"]}
    assert of_npm == {"adaptivecards", "markdown-it"}
    names = {each["bom-ref"] for each in [*found["components"], found["metadata"]["component"]]}
    assert len(names) == len(found["components"]) + 1
    assert {each["ref"] for each in found["dependencies"]} <= names
    assert {needed for each in found["dependencies"] for needed in each["dependsOn"]} <= names
    assert all(each.get("licenses") for each in found["components"])


def asked(*packages: dict[str, object]) -> str:
    """Return what pip-audit prints."""
    return json.dumps({"dependencies": packages, "fixes": []})


CLEAN = {"name": "a", "version": "1", "vulns": []}
WEAK = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
SILENT = {"name": "c", "skip_reason": "Dependency not found on PyPI and could not be audited"}


@pytest.mark.parametrize(
    ("output", "code", "told"),
    [
        ("", 2, "No advisory service answered"),  # no network
        (asked(SILENT), 2, "No advisory service answered"),  # pip-audit alone would say that all is well
        (asked(), 2, "No advisory service answered"),
        (asked(CLEAN, SILENT), 0, "1 packages were looked up; 1 are not known"),
        (asked(CLEAN, WEAK), 1, "b 2: PYSEC-1, fixed in 2.1"),
    ],
)
def test_what_is_known_is_said_and_that_nothing_is_known_too(output: str, code: int, told: str) -> None:
    found = loaded("audit").verdict(output)
    assert found[0] == code
    assert told in found[1]


def test_the_container_has_no_rights_and_says_whether_it_is_well() -> None:
    lines = (ROOT / "Containerfile").read_text("utf-8")
    assert re.search(r"^USER 10001:10001$", lines, re.MULTILINE)
    assert "--require-hashes" in lines
    assert "/healthz" in lines.split("HEALTHCHECK")[1]
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", lines, re.MULTILINE)
    assert all((ROOT / name).exists() for each in copied for name in each.split())
