"""Which forms people have open, in which order; and which views show somebody's words."""

from dataclasses import replace

import pytest

from bot.coaching.records.open_form import OpenForm
from bot.coaching.records.screen import Screen, ScreenKind, ScreenState
from bot.store.port import Store
from tests.store.scene import T0, Scene, at

FORM = OpenForm(workspace="w", opening="o1", person="U-anna", form="plan.make", first_field="first", opened_at=T0)


async def is_overtaken(store: Store, form: OpenForm, minutes: int = 9) -> bool:
    found = await store.overtaken_form(form.workspace, form.person, form.opening, at=at(minutes))
    assert found in (None, form)
    return found is not None


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"opened_at": at(1)}, True),
        ({}, True),  # at the same moment, but later
        ({"opened_at": at(10)}, False),  # after the older one was sent in
        ({"opened_at": at(1), "form": "pause.until"}, False),
        ({"opened_at": at(1), "person": "U-bram"}, False),
        ({"opened_at": at(1), "workspace": "v"}, False),
        ({"opened_at": at(1), "form": ""}, False),  # nobody knows whether it was shown
    ],
)
async def test_a_form_is_overtaken_by_a_newer_one_of_its_kind(
    store: Store, changes: dict[str, object], expected: bool
) -> None:
    newer = replace(FORM, opening="o2", **changes)  # type: ignore[arg-type]
    await store.keep_form(FORM)
    assert not await is_overtaken(store, FORM)
    await store.keep_form(newer)
    assert await is_overtaken(store, FORM) == expected
    assert not await is_overtaken(store, newer, minutes=11)


async def test_what_nobody_knows_is_not_overtaken(store: Store) -> None:
    await store.keep_form(replace(FORM, opening="o2"))
    for stranger in (replace(FORM, opening="o9"), replace(FORM, opening="")):
        assert not await is_overtaken(store, stranger)
    await store.keep_form(FORM)
    await store.keep_form(replace(FORM, opening="o3"))
    assert not await is_overtaken(store, replace(FORM, person="U-bram")), "an opening is its person's alone"
    unsure = replace(FORM, opening="o4", form="")
    await store.keep_form(unsure)
    await store.keep_form(replace(unsure, opening="o5"))
    assert not await is_overtaken(store, unsure)


async def test_an_opening_that_is_kept_again_keeps_its_place_in_the_order(store: Store) -> None:
    await store.keep_form(FORM)
    await store.keep_form(replace(FORM, opening="o2", opened_at=at(1)))
    await store.keep_form(replace(FORM, opened_at=at(2)))
    assert await store.overtaken_form("w", "U-anna", "o1", at=at(9)) == FORM


SCREEN = Screen(
    id="words",
    workspace="w",
    kind=ScreenKind.FORM,
    about="r1",
    person="U-anna",
    detail="c1",
    subjects=("words", "r1", "c1"),
    state=ScreenState.CURRENT,
    digest="d",
    look_since=T0,
)


async def test_old_forms_are_forgotten_and_views_but_no_card_with_somebodys_words(store: Store) -> None:
    for form in (FORM, replace(FORM, opening="new", opened_at=at(5))):
        await store.keep_form(form)
    card = replace(SCREEN, id="card", conversation="a:1", message="7")
    others = [replace(SCREEN, id="log", kind=ScreenKind.LOG), replace(SCREEN, id="receipt", kind=ScreenKind.RECEIPT)]
    await store.save(SCREEN, card, *others)

    async def left() -> set[str]:
        return {each for each in ("words", "card", "log", "receipt") if await store.screen("w", each)}

    await store.drop_forms(at(5), with_words_before=T0)
    assert not await is_kept(store, "o1")
    assert await is_kept(store, "new")
    assert await left() == {"words", "card", "log", "receipt"}
    await store.drop_forms(at(5), with_words_before=at(5))
    assert await left() == {"card", "receipt"}


async def test_a_view_of_who_is_erased_is_to_be_closed_though_it_is_no_message(scene: Scene) -> None:
    anna = await scene.store.member("w", "anna")
    assert anna is not None
    view = replace(SCREEN, workspace=anna.workspace, person=anna.external_id)
    unsent = replace(view, id="unsent", kind=ScreenKind.RECEIPT, state=ScreenState.WANTED)
    await scene.store.save(view, replace(view, id="log", kind=ScreenKind.LOG), unsent)
    await scene.store.erase("w", "anna", at=T0, audit_id="gone")
    for each in ("words", "log"):
        found = await scene.store.screen("w", each)
        assert found is not None
        assert (found.state, found.detail, found.digest) == (ScreenState.CLOSING, "", "")
    assert await scene.store.screen("w", "unsent") is None


async def test_a_screen_that_is_off_the_screen_is_forgotten_whoever_holds_it(store: Store) -> None:
    await store.save(replace(SCREEN, holder="somebody"))
    await store.drop_screen("w", "words")
    assert await store.screen("w", "words") is None
    assert await store.screens_showing("w", ["r1"]) == []


async def is_kept(store: Store, opening: str) -> bool:
    newest = replace(FORM, opening="newest", opened_at=at(8))
    await store.keep_form(newest)
    return await store.overtaken_form("w", "U-anna", opening, at=at(9)) is not None


async def test_the_forms_a_person_opened_go_along_and_are_erased(scene: Scene) -> None:
    anna = await scene.store.member("w", "anna")
    assert anna is not None
    for person in (anna.external_id, "U-somebody"):
        await scene.store.keep_form(replace(FORM, workspace=anna.workspace, opening=person, person=person))
    [row] = (await scene.store.export("w", "anna"))["open_form"]
    assert (row["opening"], row["form"]) == (anna.external_id, "plan.make")
    await scene.store.erase("w", "anna", at=T0, audit_id="gone")
    for opening in (anna.external_id, "U-somebody"):
        newer = replace(FORM, workspace=anna.workspace, opening=f"newer-{opening}", person=opening, opened_at=at(5))
        await scene.store.keep_form(newer)
        found = await scene.store.overtaken_form(anna.workspace, opening, opening, at=at(9))
        assert (found is not None) == (opening == "U-somebody")
