"""Run every benchmark and write bench/RESULTS.md: python -m bench [--quick]."""

import argparse
import sys
import time
from pathlib import Path

from bench import agenda, desk, hops, open_loop, reply, sealing, sending, starting, tiers
from bench.report import folder, machine

TOPICS = {
    "The way of a reply": reply,
    "The answer, at a fixed rate": open_loop,
    "What one reply runs through": hops,
    "The agenda": agenda,
    "Sending": sending,
    "Slack's tiers": tiers,
    "The desk": desk,
    "Encryption": sealing,
    "Starting": starting,
}
RESULTS = Path(__file__).with_name("RESULTS.md")
HEAD = """# Results

Written by `make bench`; [how to read it](README.md). Everything ran in one go on one machine, the contenders in turn;
each figure is the median of its rounds, {rounds}. Compare the ratios: the figures themselves belong to this machine.
"""


def main(*, quick: bool) -> None:
    """Measure everything; quickly, it is shown and not written down."""
    parts = [HEAD.format(rounds="one" if quick else "three or five")]
    with folder() as place:
        parts.append(machine(place).markdown())
    for title, topic in TOPICS.items():
        began = time.monotonic()
        with folder() as place:
            tables = [table.markdown() for table in topic.measure(place, quick)]
        parts += [f"## {title}", *tables]
        print(f"{title}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    if quick:
        print("\n\n".join(parts))
    else:
        RESULTS.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m bench", description="Run every benchmark and write the results.")
    asked.add_argument("--quick", action="store_true", help="only show that it works, in some twenty seconds")
    main(quick=asked.parse_args().quick)
