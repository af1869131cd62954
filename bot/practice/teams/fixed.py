"""The Teams world that every practice begins with: the same people as in the practice Slack."""

from bot.practice.teams.world import Conversation, Kind, Person, World

IT_MANAGERS = "19:itmanagers@thread.tacv2"
CHANNELS = {IT_MANAGERS: "it-managers", "19:servicedesk@thread.tacv2": "service-desk"}

PEOPLE = (  # all with a client in English: until somebody chose a language, the bot speaks their client's
    ("Marit", "Marit Visser", "Europe/Amsterdam", "en-GB"),
    ("Sanne", "Sanne Bakker", "Europe/Amsterdam", "en-GB"),
    ("Grace", "Grace Turner", "America/New_York", "en-US"),
    ("Arjun", "Arjun Mehta", "Asia/Kolkata", "en-GB"),
    ("Robin", "Robin Jansen", None, "en-US"),
    ("Iris", "Iris de Boer", "Europe/Amsterdam", "en-GB"),
)
ADMIN = "7e9a0000-0000-4000-8000-000000000101"  # Marit: Teams does not tell who is one, the bot is told


def fixed_world() -> World:
    """Return a coach, four managers, somebody who never joins, their team's channels and everybody's personal chat."""
    world = World()
    for channel, name in CHANNELS.items():
        world.add(Conversation(id=channel, name=name, kind=Kind.CHANNEL))
    for number, (name, real_name, tz, locale) in enumerate(PEOPLE, start=1):
        key = name.lower()
        person = Person(
            id=f"7e9a0000-0000-4000-8000-0000000001{number:02d}",
            account=f"29:1{key}",
            name=name,
            real_name=real_name,
            title=f"practice-title-{key}",
            tz=tz,
            locale=locale,
        )
        world.add(person, Conversation(id=f"a:1{key}", name=name, kind=Kind.PERSONAL, person=person.id))
    return world
