"""Which forms people have open, in which order, and whose words they show."""

from dataclasses import replace

import pytest

from bot.coaching.open_form import OpenForm
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
    await store.keep_form(replace(FORM, opened_at=at(2), conversation="a:1", message="7"))
    found = await store.overtaken_form("w", "U-anna", "o1", at=at(9))
    assert found == replace(FORM, conversation="a:1", message="7")


async def test_a_form_is_found_by_whose_words_it_shows_until_it_shows_none(store: Store) -> None:
    one, other = replace(FORM, about="r1"), replace(FORM, opening="o2", about="r2")
    for form in (one, other, replace(FORM, opening="o3")):
        await store.keep_form(form)
    assert await store.forms_about(["r1", "r9"]) == [one]
    assert await store.forms_about([]) == await store.forms_about([""]) == []
    assert await store.forms_with_words() == [one, other]
    await store.form_shows_nothing("w", "o1")
    assert await store.forms_about({"r1"}) == []
    assert await store.forms_with_words() == [other]


async def test_old_forms_are_forgotten_but_for_cards_with_somebodys_words(store: Store) -> None:
    old = [
        FORM,
        replace(FORM, opening="words", about="r1"),
        replace(FORM, opening="card", message="7"),
        replace(FORM, opening="card-words", about="r1", message="7"),
    ]
    for form in (*old, replace(FORM, opening="new", opened_at=at(5))):
        await store.keep_form(form)

    async def left() -> set[str]:
        return {name for name in ("o1", "words", "card", "card-words") if await is_kept(store, name)}

    await store.drop_forms(at(5), with_words_before=T0)
    assert await left() == {"words", "card-words"}
    await store.drop_forms(at(5), with_words_before=at(5))
    assert await left() == {"card-words"}
    assert await is_kept(store, "new")


async def is_kept(store: Store, opening: str) -> bool:
    newest = replace(FORM, opening="newest", opened_at=at(8))
    await store.keep_form(newest)
    return await store.overtaken_form("w", "U-anna", opening, at=at(9)) is not None


async def test_the_forms_a_person_opened_go_along_and_are_erased(scene: Scene) -> None:
    anna = await scene.store.member("anna")
    assert anna is not None
    for person in (anna.external_id, "U-somebody"):
        await scene.store.keep_form(replace(FORM, workspace=anna.workspace, opening=person, person=person, about="r"))
    [row] = (await scene.store.export("anna"))["open_form"]
    assert (row["opening"], row["form"], row["about"]) == (anna.external_id, "plan.make", "r")
    await scene.store.erase("anna", at=T0, audit_id="gone")
    assert [form.opening for form in await scene.store.forms_with_words()] == ["U-somebody"]
