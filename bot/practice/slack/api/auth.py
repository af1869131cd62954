"""auth.* and team.*"""

from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.api.method import Method
from bot.practice.slack.site import Site
from bot.practice.slack.world import BOT, BOT_USER, DOMAIN, ORGANIZATION, TEAM, Json


def test(site: Site, arguments: Arguments) -> Json:
    """Say whose token it is."""
    bot = site.world.people[BOT_USER]
    return {
        "url": f"{arguments.base}/",
        "team": DOMAIN.title(),
        "user": bot.name,
        "team_id": TEAM,
        "user_id": BOT_USER,
        "bot_id": BOT,
        "is_enterprise_install": site.is_org_wide,
    } | ({"enterprise_id": ORGANIZATION} if site.is_org_wide else {})


def team(site: Site, arguments: Arguments) -> Json:
    """Say which workspace this is."""
    del site, arguments
    return {"team": {"id": TEAM, "name": DOMAIN.title(), "domain": DOMAIN, "email_domain": ""}}


METHODS = {"auth.test": Method(test), "team.info": Method(team, ("team:read",))}
