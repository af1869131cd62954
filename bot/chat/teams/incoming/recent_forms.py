"""What tells a form that is sent in once more from one that brings something else from the same card."""

import hashlib
import json

from bot.chat.port import Submitted


def print_of(form: Submitted) -> str:
    """Return what is the same whenever this form comes as it was filled in, and for no other; no word is in it."""
    filled = json.dumps([form.workspace, form.event_id, dict(form.values)], sort_keys=True)
    return hashlib.sha256(filled.encode()).hexdigest()
