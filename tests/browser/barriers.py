"""What keeps people out of a page: what axe finds, what sticks out sideways, what the keyboard does not reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

from bot.coaching.language import Language
from tests.browser.watching import NARROW, WIDE
from tests.long_form import LONG

Scheme = Literal["light", "dark"]
AXE = Axe()
EVERY: Sequence[tuple[int, Scheme]] = [(width["width"], each) for width in (WIDE, NARROW) for each in ("light", "dark")]
# In English wide and light, narrow and dark; in Dutch, whose words are longer, narrow.
LOOKS: Mapping[Language, Sequence[tuple[int, Scheme]]] = (
    dict.fromkeys(Language, EVERY) if LONG else {Language.EN: EVERY[::3], Language.NL: EVERY[2:3]}
)
# 1280 at 200 % is 640, at 400 % it is 320.
WIDTHS = (640, 320)
REACHABLE = "a[href], button, select, textarea, summary, input:not([type=hidden]), [tabindex='0']"
TABS = 200  # that are pressed at most


@dataclass(frozen=True)
class Barrier:
    """Something that keeps somebody out."""

    page: str
    what: str


async def barriers(page: Page, name: str, language: Language) -> list[Barrier]:
    """Return what is wrong with a page as it stands, in each width and scheme; it is left wide and light."""
    found = []
    for width, scheme in LOOKS[language]:
        await _looks(page, width, scheme)
        results = await AXE.run(page)
        for each in results.response["violations"]:
            where = ", ".join(str(node["target"][0]) for node in each["nodes"][:3])
            found.append(f"{width} {scheme}: {each['id']} ({each['impact']}) at {where}: {each['help']}")
        found += [f"{width}: it is too wide"] if await _is_too_wide(page) else []
    for width in WIDTHS:
        await _looks(page, width, "light")
        found += [f"{width}: it is too wide"] if await _is_too_wide(page) else []
    await _looks(page, WIDE["width"], "light")
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    found += ["letters twice as large: it is too wide"] if await _is_too_wide(page) else []
    await page.evaluate("document.documentElement.style.fontSize = ''")
    return [Barrier(name, each) for each in found]


async def _looks(page: Page, width: int, scheme: Scheme) -> None:
    await page.set_viewport_size({"width": width, "height": WIDE["height"]})
    await page.emulate_media(color_scheme=scheme)


async def _is_too_wide(page: Page) -> bool:
    return not await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def unreached(page: Page, name: str) -> list[Barrier]:
    """Return what Tab does not come to, from the top of the page on, and where it is not seen to be."""
    wanted: int = await page.evaluate(
        """(reachable) => {
          document.activeElement?.blur();
          const all = [...document.querySelectorAll(reachable)].filter((each) => each.checkVisibility());
          all.forEach((each, place) => { each.dataset.place = place; });
          return all.length;
        }""",
        REACHABLE,
    )
    reached, found = set[int](), []
    for _ in range(TABS):
        await page.keyboard.press("Tab")
        place, words, is_seen = await page.evaluate(
            """() => {
              const at = document.activeElement, look = getComputedStyle(at), box = at.getBoundingClientRect();
              const isSeen = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2
                && box.width > 1 && box.bottom > 0 && box.top < innerHeight;
              return [Number(at.dataset.place ?? -1), at.outerHTML.slice(0, 80), isSeen];
            }"""
        )
        if place < 0 or place in reached:
            break
        reached.add(place)
        found += [] if is_seen else [Barrier(name, f"the focus is not seen: {words}")]
    missed = sorted(set(range(wanted)) - reached)
    return found + [Barrier(name, f"Tab does not come to number {each} of {wanted}") for each in missed]
