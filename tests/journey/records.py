"""What is stored, as the screens' property test looks at it, past all flows."""

from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.conftest import World
from tests.unlocked import plainly

TOLD = {
    "deeds": (
        "SELECT id, answer, alternative, question FROM nudge WHERE answer IS NOT NULL OR question > 0",
        "SELECT id, state, due_on, first, second, scope, shared_at, deleted_at FROM commitment",
        "SELECT id, text, scope, shared_at, deleted_at FROM reply",
        "SELECT id, state, scope, paused_until FROM enrollment",
    ),
    "unquiet": (
        "SELECT id, kind, state, due, attempt, reason FROM screen WHERE due IS NOT NULL OR holder <> ''",
        "SELECT id, kind, state FROM nudge WHERE state IN ('ready', 'sending', 'uncertain')",
    ),
    "replies": ("SELECT id, text, scope, shared_at, source, author FROM reply",),
    "promises": ("SELECT id, first || ' ' || second, scope, shared_at, NULL, member FROM commitment",),
    "dropped": ("SELECT first || ' ' || second FROM commitment WHERE state = 'dropped'",),
    "people": ("SELECT id, external_id, name FROM member",),
    "forms": ("SELECT opening, person, form FROM open_form WHERE form <> '' ORDER BY seq",),
    "filed": ("SELECT id, text, nudge, item, kind, question, scope, author FROM reply ORDER BY seq",),
    "plans": (
        "SELECT id, state, scope, paused_until FROM enrollment",
        "SELECT id, state, due_on, first, second FROM commitment",
        "SELECT id, zone, language, state FROM member",
    ),
    "screens": ("SELECT id FROM screen ORDER BY seq",),
}


def records_of(world: World, which: str = "deeds") -> Counter[tuple[object, ...]]:
    """Return rows of the file, as far as they tell what people did."""
    with closing(plainly(Path(world.database_url.removeprefix("sqlite:///")))) as connection:
        return Counter(row for query in TOLD[which] for row in connection.execute(query))
