"""What is asked over all workspaces, and why: everything else names the workspace it asks about.

A server engine that is sharded by workspace answers these shard by shard.
"""

CLOCK = "what is due is looked for wherever it is, then handled workspace by workspace"
CLAIM = "taken, or kept, by one process in one write for all workspaces"
HEALTH = "counted for the whole installation"
HOUSEKEEPING = "goes by age alone"
START = "after an outage, or when a copy is brought back: everybody is concerned"
OPERATOR = "the command line: whoever runs the installation asks"
INSTALLATION = "is about the installation, not about a workspace"
WHICH = "tells which workspaces there are"

STATEMENTS = {
    "next_moment": CLOCK,
    "due_in": CLOCK,
    "ready_in": CLOCK,
    "doubtful_in": CLOCK,
    "gaps_in": CLOCK,
    "screens_due": CLOCK,
    "late": CLOCK,
    "paused_until": CLOCK,
    "replies_held": CLOCK,
    "ahead": CLOCK,
    "anything_lapsed": CLAIM,
    "lapse": CLAIM,
    "anything_lying": CLAIM,
    "take_lying": CLAIM,
    "queue": HEALTH,
    "refused_so_far": HEALTH,
    "dead": HEALTH,
    "cut_off": OPERATOR,
    "forget_before": HOUSEKEEPING,
    "forget_sights_before": HOUSEKEEPING,
    "drop_forms": HOUSEKEEPING,
    "drop_views": HOUSEKEEPING,
    "drop_sign_ins": HOUSEKEEPING,
    "drop_sessions": HOUSEKEEPING,
    "anything_to_fade": HOUSEKEEPING,
    "to_fade": HOUSEKEEPING,
    "fade_replies": HOUSEKEEPING,
    "fade_commitments": HOUSEKEEPING,
    "fade_inbox": HOUSEKEEPING,
    "long_gone": HOUSEKEEPING,
    "open_gaps": START,
    "newest_trace": START,
    "look_first": START,
    "look_for_screens": START,
    "expire_posts": START,
    "drop_every_sign_in": START,
    "drop_every_session": START,
    "every_member": OPERATOR,
    "every_body": START,
    "audited": OPERATOR,
    "operator_log": OPERATOR,
    "zones_in_use": OPERATOR,
    "mark": INSTALLATION,
    "set_mark": INSTALLATION,
    "clear_mark": INSTALLATION,
    "workspaces": WHICH,
    "workspace_of": WHICH,
}
METHODS = {
    "next_moment": CLOCK,
    "due_in": CLOCK,
    "ready_in": CLOCK,
    "doubtful_in": CLOCK,
    "gaps_in": CLOCK,
    "screens_due": CLOCK,
    "late": CLOCK,
    "paused_until": CLOCK,
    "replies_held": CLOCK,
    "ahead": CLOCK,
    "claim": CLAIM,  # names the workspaces it claims from
    "claim_screens": CLAIM,  # as far as each has room
    "left_lying": CLAIM,
    "queue": HEALTH,
    "refused_so_far": HEALTH,
    "dead": HEALTH,
    "cut_off": OPERATOR,
    "forget_sights": HOUSEKEEPING,
    "drop_forms": HOUSEKEEPING,
    "drop_sessions": HOUSEKEEPING,
    "fade": HOUSEKEEPING,
    "long_gone": HOUSEKEEPING,
    "open_gaps": START,
    "members_called": OPERATOR,
    "operator_log": OPERATOR,
    "chains": OPERATOR,
    "shorten_audit": HOUSEKEEPING,
    "mark": INSTALLATION,
    "set_mark": INSTALLATION,
    "scrub_soon": INSTALLATION,
    "back_up": INSTALLATION,
    "close": INSTALLATION,
    "workspaces": WHICH,
    "workspace_of": WHICH,
}
