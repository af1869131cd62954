-- A channel's name is kept as people there write it: in Slack with its sign.

UPDATE cohort SET channel_name = '#' || channel_name
WHERE channel_name <> '' AND channel_name NOT LIKE '#%'
  AND workspace IN (SELECT id FROM workspace WHERE platform = 'slack');
