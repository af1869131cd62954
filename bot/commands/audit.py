"""Whether what is noted about who read whose words is as it was noted."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bot.commands.environment import settings, with_store
from bot.runtime.signing import is_signed_by
from bot.store.port.audit import Chain, Fault

FAULTS = {
    Fault.CHANGED: "the look noted at {at} is not as it was noted: its row was changed.",
    Fault.MISSING: "before the look noted at {at} a row is missing, or stands elsewhere.",
    Fault.CUT_OFF: "the last rows are missing, or the note of where the chain ends was changed.",
    Fault.SIGNATURE: "the checkpoint of {at} is not signed by PITSTOP_SECRET_KEY.",
}


@click.group()
def audit() -> None:
    """Check the audit: who looked at whose words."""


@audit.command()
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
@click.option(
    "--receipt",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Check this too: the file that a person got by /coach proof.",
)
def verify(as_json: bool, receipt: Path | None) -> None:
    """Go along the chain of every workspace and tell whether a row was changed, cut out, moved or cut off.

    Ends with 1 when one was, or when a receipt names a look that is not there any more.
    """
    given = _read(receipt) if receipt else None
    how = settings()
    chains = with_store(how, lambda store: store.chains(is_signed_by(how.secret_keys)))
    held = _held(chains, given) if given else None
    if as_json:
        click.echo(json.dumps([_plain(each) for each in chains] + ([held.plain] if held else []), indent=2))
    else:
        for each in chains:
            click.echo(_told(each, has_key=bool(how.secret_keys)))
        if not chains:
            click.echo("Nobody has looked at anybody's words yet.")
        if held:
            click.echo(held.told)
    if any(each.fault for each in chains) or (held and not held.is_good):
        raise click.exceptions.Exit(1)


@dataclass(frozen=True, kw_only=True)
class _Held:
    """A receipt, held against the chain that it is of."""

    found: int
    older: int  # given way to a checkpoint since
    missing: int
    has_head: bool

    @property
    def is_good(self) -> bool:
        return self.has_head and not self.missing

    @property
    def plain(self) -> Mapping[str, Any]:
        return {
            "receipt": {"found": self.found, "older": self.older, "missing": self.missing, "has_head": self.has_head}
        }

    @property
    def told(self) -> str:
        looks = f"{self.found} looks of the receipt are in the chain"
        older = f", {self.older} gave way to a checkpoint since and cannot be checked any more" if self.older else ""
        if self.is_good:
            return f"{looks}{older}; so is the end that it names."
        head = "" if self.has_head else " The end of the chain that it names is not there."
        return f"{looks}{older}; {self.missing} are NOT there.{head}"


def _read(receipt: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(receipt.read_text("utf-8"))
        looks = [str(each["hash"]) for each in found["looks"]]
        return {"workspace": str(found["workspace"]), "head": str(found["head"]), "looks": looks}
    except (OSError, ValueError, KeyError, TypeError):
        raise click.ClickException(f"{receipt} is no receipt: take the file of /coach proof as it came.") from None


def _held(chains: Sequence[Chain], given: Mapping[str, Any]) -> _Held:
    chain = next((each for each in chains if each.workspace == given["workspace"]), None)
    hashes = chain.hashes if chain else frozenset()
    lost = [each for each in given["looks"] if each not in hashes]
    is_short = bool(chain and chain.before)  # of rows that stand no more: which of the lost ones, nobody can tell
    return _Held(
        found=len(given["looks"]) - len(lost),
        older=len(lost) if is_short else 0,
        missing=0 if is_short else len(lost),
        has_head=given["head"] in hashes or (is_short and not given["head"]) or (not given["head"] and not lost),
    )


def _told(chain: Chain, *, has_key: bool) -> str:
    older = f", after a checkpoint of {chain.before.rows} older ones" if chain.before else ""
    if chain.before and not has_key:
        older += " (its signature cannot be checked without PITSTOP_SECRET_KEY)"
    if chain.fault is None:
        whole = f"{chain.rows} rows, each as it was noted{older}"
        return f"Workspace {chain.workspace}: {whole}. It ends with {chain.head}."
    at = chain.at.isoformat(timespec="seconds") if chain.at else ""
    return f"Workspace {chain.workspace}: {chain.rows} rows are good{older}, then {FAULTS[chain.fault].format(at=at)}"


def _plain(chain: Chain) -> Mapping[str, Any]:
    return {
        "workspace": chain.workspace,
        "rows": chain.rows,
        "older": chain.before.rows if chain.before else 0,
        "fault": chain.fault,
        "at": chain.at.isoformat() if chain.at else None,
        "head": chain.head,
    }
