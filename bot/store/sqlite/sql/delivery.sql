-- name: next_moment(now)
-- Of each active workspace, the first row along each of four small indexes. What is blocked by another row of its
-- conversation has no moment of its own: that row has.
SELECT min(moment) AS moment FROM (
    SELECT (
        SELECT max(due_at, coalesce(not_before, due_at)) FROM nudge
        WHERE nudge.workspace = place.id AND state = 'planned'
        ORDER BY max(due_at, coalesce(not_before, due_at)) LIMIT 1
    ) AS moment
    FROM workspace AS place WHERE place.state = 'active'
    UNION ALL
    SELECT (
        SELECT min(max(due_at, coalesce(not_before, due_at)), expires_at) FROM nudge
        WHERE nudge.workspace = place.id AND state = 'ready'
          AND NOT EXISTS (
            SELECT 1 FROM nudge AS busy
            WHERE busy.workspace = place.id
              AND coalesce(busy.member, busy.cohort) = coalesce(nudge.member, nudge.cohort)
              AND busy.state IN ('sending', 'uncertain')
          )
          AND NOT EXISTS (
            SELECT 1 FROM nudge AS older
            WHERE older.workspace = place.id
              AND coalesce(older.member, older.cohort) = coalesce(nudge.member, nudge.cohort)
              AND older.state = 'ready' AND (older.due_at, older.id) < (nudge.due_at, nudge.id)
              AND older.expires_at > :now
          )
        ORDER BY min(max(due_at, coalesce(not_before, due_at)), expires_at) LIMIT 1
    )
    FROM workspace AS place WHERE place.state = 'active'
    UNION ALL
    SELECT (
        SELECT lease_until FROM nudge
        WHERE state = 'sending'
          AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = nudge.workspace AND workspace.state = 'active')
        ORDER BY lease_until LIMIT 1
    )
    UNION ALL
    SELECT (
        SELECT coalesce(not_before, :now) FROM nudge
        WHERE nudge.workspace = place.id AND state = 'uncertain'
        ORDER BY not_before LIMIT 1
    )
    FROM workspace AS place WHERE place.state = 'active'
);

-- name: due_in(now)
SELECT place.id AS workspace FROM workspace AS place
WHERE place.state = 'active' AND EXISTS (
    SELECT 1 FROM nudge
    WHERE nudge.workspace = place.id AND nudge.state = 'planned'
      AND max(due_at, coalesce(not_before, due_at)) <= :now
);

-- name: due(workspace, now, limit)
SELECT * FROM nudge
WHERE workspace = :workspace AND state = 'planned' AND max(due_at, coalesce(not_before, due_at)) <= :now
  AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = :workspace AND workspace.state = 'active')
  AND (enrollment IS NULL OR kind IN ('welcome', 'coach_word', 'reading_ask', 'reading_news') OR NOT EXISTS (
    SELECT 1 FROM reply WHERE reply.workspace = :workspace AND reply.member = nudge.member
      AND reply.kind = 'held' AND reply.intent = 'stop' AND reply.has_words
  ))
ORDER BY max(due_at, coalesce(not_before, due_at)), id LIMIT :limit;

-- name: put_off(later)!
-- Each of `later` is a workspace, an id, the version it was read at, and when it is looked at next.
UPDATE nudge SET not_before = each.value ->> 3, version = version + 1 FROM json_each(:later) AS each
WHERE nudge.workspace = each.value ->> 0 AND nudge.id = each.value ->> 1 AND nudge.version = each.value ->> 2
  AND nudge.state = 'planned';

-- name: look_now(workspace, conversation)!
-- Something of the conversation was settled: what waited behind it may move now.
UPDATE nudge SET not_before = NULL, version = version + 1
WHERE workspace = :workspace AND coalesce(member, cohort) = :conversation
  AND state = 'planned' AND not_before IS NOT NULL;

-- name: late(now, limit)
SELECT * FROM nudge WHERE state = 'ready' AND expires_at <= :now ORDER BY expires_at, seq LIMIT :limit;

-- name: ready_in(now)
-- From one workspace to the next through the index: most have nothing ready.
WITH RECURSIVE held (workspace) AS (
    SELECT min(workspace) FROM nudge WHERE state = 'ready'
    UNION ALL
    SELECT (SELECT min(nudge.workspace) FROM nudge WHERE state = 'ready' AND nudge.workspace > held.workspace)
    FROM held WHERE held.workspace IS NOT NULL
)
SELECT held.workspace FROM held JOIN workspace ON workspace.id = held.workspace
WHERE workspace.state = 'active' AND EXISTS (
    SELECT 1 FROM nudge
    WHERE nudge.workspace = held.workspace AND nudge.state = 'ready'
      AND max(due_at, coalesce(not_before, due_at)) <= :now AND expires_at > :now
);

-- name: anything_lapsed(now)
SELECT 1 FROM nudge WHERE state = 'sending' AND lease_until <= :now LIMIT 1;

-- name: claim(workspace, now, lease_until, limit)
-- The oldest of each conversation in which nothing is on its way, if it may go.
UPDATE nudge SET
    state = 'sending', attempt = attempt + 1, fence = fence + 1, lease_until = :lease_until, version = version + 1
WHERE seq IN (
    SELECT seq FROM nudge AS next
    WHERE workspace = :workspace AND state = 'ready'
      AND max(due_at, coalesce(not_before, due_at)) <= :now AND expires_at > :now
      AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = :workspace AND workspace.state = 'active')
      AND NOT EXISTS (
        SELECT 1 FROM nudge AS busy
        WHERE busy.workspace = :workspace AND coalesce(busy.member, busy.cohort) = coalesce(next.member, next.cohort)
          AND busy.state IN ('sending', 'uncertain')
      )
      AND NOT EXISTS (
        SELECT 1 FROM nudge AS older
        WHERE older.workspace = :workspace AND coalesce(older.member, older.cohort) = coalesce(next.member, next.cohort)
          AND older.state = 'ready' AND (older.due_at, older.id) < (next.due_at, next.id)
          AND older.expires_at > :now
      )
    ORDER BY max(due_at, coalesce(not_before, due_at)), id LIMIT :limit
)
RETURNING *;

-- name: unwanted(workspace, nudge, fence)
SELECT CASE
    WHEN nudge.state <> 'sending' OR nudge.fence <> :fence THEN 'fence'
    WHEN workspace.state <> 'active' THEN 'uninstalled'
    WHEN member.state = 'deactivated' THEN 'deactivated'
    WHEN enrollment.state = 'left' THEN 'left'
    WHEN enrollment.state = 'paused'
      AND nudge.kind NOT IN (
          'welcome', 'silence', 'back', 'reading_ask', 'reading_news', 'coach_word', 'coach_ask', 'coach_heard',
          'coach_wanted'
      ) THEN 'paused'
    WHEN nudge.kind = 'coach_digest' AND NOT EXISTS (
        SELECT 1 FROM coach WHERE coach.workspace = :workspace AND coach.member = nudge.member AND coach.state = 'active'
    ) THEN 'left'
    WHEN nudge.prompt = 'reading/new-coach' AND NOT EXISTS (
        SELECT 1 FROM coach WHERE coach.workspace = :workspace AND coach.id = nudge.subject
          AND coach.state IN ('invited', 'active')
    ) THEN 'left'
    WHEN nudge.enrollment IS NOT NULL AND nudge.kind NOT IN (
          'welcome', 'silence', 'back', 'coach_word', 'reading_ask', 'reading_news'
      ) AND EXISTS (
        SELECT 1 FROM reply WHERE reply.workspace = :workspace AND reply.member = nudge.member
          AND reply.kind = 'held' AND reply.intent = 'stop' AND reply.has_words
    ) THEN 'paused'
    WHEN nudge.member IS NULL AND cohort.state = 'ended' THEN 'ended'
END AS why
FROM nudge
JOIN workspace ON workspace.id = nudge.workspace
JOIN cohort ON cohort.workspace = :workspace AND cohort.id = nudge.cohort
LEFT JOIN member ON member.workspace = :workspace AND member.id = nudge.member
LEFT JOIN enrollment ON enrollment.workspace = :workspace AND enrollment.id = nudge.enrollment
WHERE nudge.workspace = :workspace AND nudge.id = :nudge;

-- name: ahead(now, after, limit)
SELECT * FROM nudge WHERE state = 'planned' AND id > :after AND due_at > :now ORDER BY id LIMIT :limit;

-- name: dead(limit)
SELECT * FROM nudge WHERE state = 'dead' ORDER BY due_at DESC, seq DESC LIMIT :limit;

-- name: refused_so_far()
SELECT reason, count(*) AS number FROM nudge WHERE state = 'ready' AND reason IS NOT NULL GROUP BY reason ORDER BY reason;

-- name: queue(now, dead_since)
-- Each of them counts along one small index; a CROSS JOIN goes from its left side to its right.
SELECT * FROM
    (
        SELECT count(*) AS planned, min(due_at) AS oldest_planned FROM (
            SELECT nudge.due_at FROM workspace AS place
            CROSS JOIN nudge ON nudge.workspace = place.id AND nudge.state = 'planned'
              AND max(nudge.due_at, coalesce(nudge.not_before, nudge.due_at)) <= :now
            WHERE place.state = 'active'
            UNION ALL
            SELECT nudge.due_at FROM workspace AS place
            CROSS JOIN nudge ON nudge.workspace = place.id AND nudge.state = 'planned' AND nudge.not_before IS NOT NULL
              AND nudge.not_before > :now AND nudge.due_at <= :now
            WHERE place.state = 'active'
        )
    ),
    (
        SELECT count(*) AS put_off FROM workspace AS place
        CROSS JOIN nudge ON nudge.workspace = place.id AND nudge.state = 'planned' AND nudge.not_before IS NOT NULL
          AND nudge.due_at <= :now
        WHERE place.state = 'active'
    ),
    (SELECT count(*) AS ready, min(iif(due_at <= :now, due_at, NULL)) AS oldest_ready FROM nudge WHERE state = 'ready'),
    (SELECT count(*) AS sending FROM nudge WHERE state = 'sending'),
    (SELECT count(*) AS uncertain FROM nudge WHERE state = 'uncertain'),
    (SELECT count(*) AS dead FROM nudge WHERE state = 'dead' AND due_at >= :dead_since),
    (SELECT count(*) AS inbox, min(received_at) AS inbox_oldest FROM inbox WHERE state IN ('waiting', 'taken')),
    (SELECT count(*) AS inbox_dead FROM inbox WHERE state = 'dead'),
    (SELECT count(*) AS gaps FROM gap);

-- name: lapse(now)
UPDATE nudge SET state = 'uncertain', lease_until = NULL, not_before = :now, version = version + 1
WHERE state = 'sending' AND lease_until <= :now
RETURNING *;

-- name: doubtful_in(now)
SELECT place.id AS workspace FROM workspace AS place
WHERE place.state = 'active' AND EXISTS (
    SELECT 1 FROM nudge
    WHERE nudge.workspace = place.id AND nudge.state = 'uncertain' AND (not_before IS NULL OR not_before <= :now)
);

-- name: doubtful(workspace, now, limit)
SELECT * FROM nudge
WHERE workspace = :workspace AND state = 'uncertain' AND (not_before IS NULL OR not_before <= :now)
  AND EXISTS (SELECT 1 FROM workspace WHERE workspace.id = :workspace AND workspace.state = 'active')
ORDER BY not_before, member, id LIMIT :limit;

-- name: cut_off(now)
-- What would go out in workspaces that we are not connected to. Counts all of it: for an operator who asks.
SELECT place.platform, place.name,
    (SELECT count(*) FROM nudge WHERE nudge.workspace = place.id AND state = 'planned' AND due_at <= :now)
    + (SELECT count(*) FROM nudge WHERE nudge.workspace = place.id AND state = 'ready')
    + (SELECT count(*) FROM nudge WHERE nudge.workspace = place.id AND state = 'uncertain') AS messages
FROM workspace AS place WHERE place.state <> 'active' ORDER BY place.platform, place.name;

-- name: settle(workspace, nudge, state, fence, to, at, not_before, reason)
UPDATE nudge SET
    state = :to,
    sent_at = iif(:to = 'sent', :at, sent_at),
    not_before = :not_before,
    reason = :reason,
    lease_until = NULL,
    version = version + 1
WHERE workspace = :workspace AND id = :nudge AND state = :state AND fence = :fence
RETURNING *;

-- name: settle_below(workspace, nudge, at)
-- What stands below a message came with it.
UPDATE nudge SET state = 'sent', sent_at = :at, not_before = NULL, reason = NULL, version = version + 1
WHERE workspace = :workspace AND card = :nudge AND id <> :nudge AND state = 'planned'
RETURNING *;

-- name: doubts(workspace, nudge)
SELECT count(*) AS doubts FROM delivery WHERE workspace = :workspace AND nudge = :nudge AND outcome = 'uncertain';

-- name: note_delivery(id, workspace, nudge, attempt, fence, outcome, reason, at)!
INSERT INTO delivery (id, workspace, nudge, attempt, fence, outcome, reason, at)
VALUES (:id, :workspace, :nudge, :attempt, :fence, :outcome, :reason, :at);
