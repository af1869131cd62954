# The practice workspace: who lives there, and what Slack itself would say.

practice-title-marit = Coach, Amsterdam
practice-title-sanne = IT manager, Amsterdam
practice-title-grace = IT manager, New York
practice-title-arjun = IT manager, Bengaluru
practice-title-robin = IT manager, no time zone set
practice-title-iris = IT manager, sits on the works council
practice-required = Please fill in this field.
practice-too-long = This is too long. Please shorten it.
practice-too-short = This is too short. Please write a little more.
practice-tombstone = This message was deleted.
