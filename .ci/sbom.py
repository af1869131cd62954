"""The components of an installation as a CycloneDX document: what requirements.lock pins, and what is vendored.

Run as `python .ci/sbom.py FILE`. The same lock gives the same bytes.
"""

import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
VENDORED = ROOT / "bot" / "practice" / "teams" / "static" / "vendor" / "README.md"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s\\;]+)", re.MULTILINE)
_VENDORED = re.compile(r"^\| `[^`]+` \| .*? ([\d.]+) \| .* npm package `([\w-]+)` \| (\w+),", re.MULTILINE)


def document(lock: str, vendored: str) -> dict[str, Any]:
    """Return the document for the text of a lock file and of the table of what is vendored."""
    pins = {canonicalize_name(name): version for name, version in _PIN.findall(lock)}
    found = {name: distribution(name) for name in pins}
    components = [_library(name, version, found[name]) for name, version in sorted(pins.items())]
    components += [_script(*each) for each in sorted(_VENDORED.findall(vendored))]
    own = _pitstop()
    graph = [{"ref": own["bom-ref"], "dependsOn": sorted(_purl(each, pins[each]) for each in _needed(pins))}]
    for name, version in sorted(pins.items()):
        needs = sorted(_purl(each, pins[each]) for each in set(_requires(found[name])) & set(pins))
        graph.append({"ref": _purl(name, version), "dependsOn": needs})
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock + vendored)}",
        "version": 1,
        "metadata": {"component": own},
        "components": components,
        "dependencies": graph,
    }


def _pitstop() -> dict[str, Any]:
    """Return the component that the document is about."""
    version = re.search(r'^version = "([^"]+)"', _project(), re.MULTILINE)
    assert version is not None
    return {
        "type": "application",
        "bom-ref": "pitstop",
        "name": "pitstop",
        "version": version[1],
        "licenses": [{"license": {"id": "MIT"}}],
    }


def _project() -> str:
    return (ROOT / "pyproject.toml").read_text("utf-8")


def _needed(pins: dict[str, str]) -> set[str]:
    block = re.search(r"^dependencies = \[(.*?)^\]", _project(), re.DOTALL | re.MULTILINE)
    assert block is not None
    return {canonicalize_name(Requirement(each).name) for each in re.findall(r'"([^"]+)"', block[1])} & set(pins)


def _requires(found: Distribution) -> Iterator[str]:
    for line in found.requires or ():
        needed = Requirement(line)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            yield canonicalize_name(needed.name)


def _library(name: str, version: str, found: Distribution) -> dict[str, Any]:
    purl = _purl(name, version)
    return {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl} | _licenses(found)


def _licenses(found: Distribution) -> dict[str, Any]:
    if expression := found.metadata.get("License-Expression"):
        return {"licenses": [{"expression": expression}]}
    named = [each.rpartition(" :: ")[2] for each in found.metadata.get_all("Classifier") or () if "License ::" in each]
    told = (found.metadata.get("License") or "").strip()
    names = named or ([told] if told and "\n" not in told else [])
    return {"licenses": [{"license": {"name": each}} for each in names]} if names else {}


def _script(version: str, name: str, license_id: str) -> dict[str, Any]:
    purl = f"pkg:npm/{name}@{version}"
    licenses = [{"license": {"id": license_id}}]
    return {
        "type": "library",
        "bom-ref": purl,
        "name": name,
        "version": version,
        "purl": purl,
        "scope": "optional",  # the practice page alone
        "licenses": licenses,
    }


def _purl(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


def main() -> None:
    """Write the document to the file that is named."""
    made = document((ROOT / "requirements.lock").read_text("utf-8"), VENDORED.read_text("utf-8"))
    Path(sys.argv[1]).write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
