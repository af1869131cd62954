"""The world that every practice begins with."""

from bot.practice.slack.world import BOT_USER, Conversation, Kind, Person, World

COACH = "U0MARIT"
SANNE = "U0SANNE"
GRACE = "U0GRACE"
ARJUN = "U0ARJUN"
ROBIN = "U0ROBIN"
IRIS = "U0IRIS"  # is in the channel and never joins

IT_MANAGERS = "C0ITMANAGERS"
SERVICE_DESK = "C0SERVICEDESK"
LEADS = "C0LEADS"


def fixed_world() -> World:
    """Return a coach, four managers, somebody who never joins, three channels and everybody's DM."""
    people = (
        Person(id=COACH, name="Marit", real_name="Marit Visser", tz="Europe/Amsterdam", locale="nl-NL", is_admin=True),
        Person(id=SANNE, name="Sanne", real_name="Sanne Bakker", tz="Europe/Amsterdam", locale="nl-NL"),
        Person(id=GRACE, name="Grace", real_name="Grace Turner", tz="America/New_York"),
        Person(id=ARJUN, name="Arjun", real_name="Arjun Mehta", tz="Asia/Kolkata", locale="en-GB"),
        Person(id=ROBIN, name="Robin", real_name="Robin Jansen"),
        Person(id=IRIS, name="Iris", real_name="Iris de Boer", tz="Europe/Amsterdam", locale="nl-NL"),
    )
    world = World()
    world.add(Person(id=BOT_USER, name="pitstop", real_name="Pitstop", is_bot=True))
    everybody = tuple(person.id for person in people)
    world.add(
        Conversation(id=IT_MANAGERS, name="it-managers", kind=Kind.CHANNEL, members=(*everybody, BOT_USER)),
        Conversation(id=SERVICE_DESK, name="service-desk", kind=Kind.CHANNEL, members=everybody),
        Conversation(id=LEADS, name="leads", kind=Kind.PRIVATE, members=(COACH, SANNE, GRACE)),
    )
    for person in people:
        key = person.name.lower()
        direct = "D" + person.id.removeprefix("U")
        world.add(
            Person(**{**vars(person), "title": f"practice-title-{key}"}),
            Conversation(id=direct, name=key, kind=Kind.DIRECT, members=(person.id, BOT_USER), is_open=False),
        )
    return world
