"""views.*"""

from dataclasses import replace

from bot.practice.slack.api.arguments import Arguments
from bot.practice.slack.api.method import Method
from bot.practice.slack.api.rules import Refusal, person_of
from bot.practice.slack.blocks import view_body
from bot.practice.slack.shapes import view_shape
from bot.practice.slack.site import Site
from bot.practice.slack.world import Json, View, new_id

DEEPEST = 3  # modals on top of each other


def open_modal(site: Site, arguments: Arguments) -> Json:
    """Open a modal for who holds the trigger."""
    trigger = arguments.need("trigger_id")
    body = view_body(_given(arguments), kind="modal")
    _check_external(site, body)
    user, inside = site.triggers.take(trigger)
    if inside is None or not site.world.modal(user, inside):
        site.world.take_another_device(user)
    return {"view": view_shape(stack(site, user, body))}


def push(site: Site, arguments: Arguments) -> Json:
    """Put a modal on top of the one in which the trigger was given."""
    trigger = arguments.need("trigger_id")
    body = view_body(_given(arguments), kind="modal")
    _check_external(site, body)
    user, inside = site.triggers.take(trigger)
    if inside is None or not site.world.modal(user, inside):
        raise Refusal("invalid_trigger_id")
    return {"view": view_shape(stack(site, user, body))}


def update(site: Site, arguments: Arguments) -> Json:
    """Show this instead of a view that stands."""
    found = _found(site, arguments)
    if found is None:
        raise Refusal("not_found")
    _check_hash(arguments, found)
    body = view_body(_given(arguments), kind=found.body["type"])
    _check_external(site, body, besides=found)
    return {"view": view_shape(renew(site, found, body))}


def publish(site: Site, arguments: Arguments) -> Json:
    """Show somebody's Home."""
    person = person_of(site.world, arguments.need("user_id"))
    body = view_body(_given(arguments), kind="home")
    before = site.world.homes.get(person.id)
    if before:
        _check_hash(arguments, before)
        return {"view": view_shape(renew(site, before, body))}
    name = new_id("V")
    view = View(id=name, user=person.id, body=body, hash=_hash(site), root=name)
    site.world.homes[person.id] = view
    return {"view": view_shape(view)}


def stack(site: Site, user: str, body: Json) -> View:
    """Put a modal on top of what a person has open; raises Refusal."""
    below = site.world.modals.get(user, ())
    if len(below) >= DEEPEST:
        raise Refusal("push_limit_reached")
    name = new_id("V")
    view = View(
        id=name,
        user=user,
        body=body,
        hash=_hash(site),
        root=below[0].id if below else name,
        previous=below[-1].id if below else None,
    )
    site.world.modals[user] = (*below, view)
    return view


def renew(site: Site, view: View, body: Json) -> View:
    """Show another body in a view that stands."""
    return site.world.show(replace(view, body=body, hash=_hash(site), errors={}))


def _given(arguments: Arguments) -> Json:
    view = arguments.record("view", error="invalid_arguments")
    if view is None:
        raise Refusal("invalid_arguments", messages=["[ERROR] missing required field: view"])
    return view


def _found(site: Site, arguments: Arguments) -> View | None:
    if external := arguments.text("external_id"):
        return next((view for view in site.world.open_modals() if view.body.get("external_id") == external), None)
    return site.world.view(arguments.need("view_id"))


def _check_external(site: Site, body: Json, *, besides: View | None = None) -> None:
    """Refuse an id of the app's own that another view has."""
    external = body.get("external_id")
    others = (view for view in site.world.open_modals() if besides is None or view.id != besides.id)
    if external and any(view.body.get("external_id") == external for view in others):
        raise Refusal("duplicate_external_id")


def _check_hash(arguments: Arguments, view: View) -> None:
    if arguments.text("hash") not in ("", view.hash):
        raise Refusal("hash_conflict")


def _hash(site: Site) -> str:
    return f"{int(site.now().timestamp())}.{new_id('')[:8].lower()}"


METHODS = {
    "views.open": Method(open_modal, changes=True),
    "views.push": Method(push, changes=True),
    "views.update": Method(update, changes=True),
    "views.publish": Method(publish, changes=True),
}
