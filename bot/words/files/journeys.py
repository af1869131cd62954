"""A journey's folder as a journey: its items, what rotates, and its steps."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.coaching.journey import Alternative, Item, Journey, Slot, Step, Text
from bot.coaching.records.nudge import Kind
from bot.words.files.folder import LANGUAGES, Entry, Folder, Found
from bot.words.files.node import Node, Reader

FITS = ("no_partner", "no_car", "no_money", "no_time", "remote", "no_travel")
STEP_KINDS = (
    Kind.WELCOME,
    Kind.PULSE,
    Kind.NUDGE,
    Kind.FOLLOW_UP,
    Kind.UNDONE,
    Kind.REFLECTION,
    Kind.KEEP,
    Kind.CLOSING,
    Kind.BOOSTER,
    Kind.TEAM_REFLECTION,
    Kind.TEAM_CLOSING,
)
ITEM_FILES = (
    "item",
    "nudge",
    "alternatives",
    "not-for-me",
    "plan",
    "day-of",
    "follow-up",
    "undone",
    "debrief",
    "transfer",
    "check",
)
EXAMPLES = {"plan": ("if", "then"), "transfer": ("change", "owner")}
REFLECTIONS = ("personal", "personal-quiet", "team", "team-quiet")
ROTATING = {Kind.REFLECTION: "reflections/personal", Kind.TEAM_REFLECTION: "reflections/team"}
QUESTIONS = 4
SHORT = "short"  # of a nudge: the same in a few words, for who let two go by
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_ABOUT_FILE = frozenset({"kind", "item", "week", "note", "when", "also", *LANGUAGES})
AGAIN = frozenset({"again"})  # of a nudge and a planned day: what may come to the same person once more


@dataclass(frozen=True, kw_only=True)
class JourneySource:
    """A journey as it was found; `journey` is None when too much is missing to make one."""

    slug: str
    file: str
    steps: tuple[tuple[Step, int], ...]
    entries: tuple[Entry, ...]
    forgetting: frozenset[str]  # items whose typed words are not kept
    alternatives: Mapping[str, tuple[str, int, int]]  # item to file, line and how many
    journey: Journey | None


@dataclass
class JourneyFolder(Folder):
    """Reads one journey's folder."""

    alternatives: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def journey(self) -> JourneySource:
        """Return the journey as it was found."""
        before = len(self.problems)
        top = self._file("journey", frozenset({"name", "about", "weeks", "items", "steps", "note"}))
        name, about = (self._plain(top, each) for each in ("name", "about"))
        weeks = top.reader.number(self._wanted(top, "weeks"))
        slugs = {top.reader.string(each): each.line for each in top.reader.items(top.fields.get("items"))}
        items = {slug: item for slug in slugs if (item := self._item(top, slug, slugs[slug]))}
        rotating = {path: self._rotating(path) for path in REFLECTIONS}
        self._others(slugs)
        texts = {entry.text.path: entry.text for entry in self.entries}
        steps = tuple(
            (step, node.line)
            for node in top.reader.items(self._wanted(top, "steps"))
            if (step := self._step(top.reader, node, slugs, texts))
        )
        journey = Journey(
            slug=self.folder.name,
            name=name,
            about=about,
            weeks=weeks,
            steps=tuple(step for step, _ in steps),
            items=items,
            texts=texts,
            reflections=rotating["personal"],
            quiet=rotating["personal-quiet"],
            team_reflections=rotating["team"],
            team_quiet=rotating["team-quiet"],
        )
        return JourneySource(
            slug=self.folder.name,
            file=top.reader.file,
            steps=steps,
            entries=tuple(self.entries),
            forgetting=frozenset(slug for slug, item in items.items() if not item.keeps_words),
            alternatives=self.alternatives,
            journey=journey if len(self.problems) == before else None,
        )

    # --- texts

    def _item(self, top: Found, slug: str, line: int) -> Item | None:
        if not _SLUG.fullmatch(slug) or not (self.folder / slug).is_dir():
            top.reader.refuse(line, f"there is no folder “{slug}”")
            return None
        simple = ("not-for-me", "day-of", "follow-up", "undone", "check")
        theme_file = self._file(f"{slug}/item", _ABOUT_FILE | {"keeps_words"}, "item")
        keeps = theme_file.reader.choice(self._wanted(theme_file, "keeps_words"), ("true", "false"))
        theme = self._text(theme_file, f"{slug}/item", "item", item=slug)
        nudge, short = self._nudge(slug)
        texts = {
            name: self._text(
                self._file(
                    f"{slug}/{name}", _ABOUT_FILE | (AGAIN if name == "day-of" else frozenset()), name.replace("-", "_")
                ),
                f"{slug}/{name}",
                name,
                item=slug,
            )
            for name in simple
        }
        plan, transfer = (self._with_examples(slug, name) for name in EXAMPLES)
        debrief, questions = self._debrief(slug)
        has_kit = (self.folder / slug / "kit.yaml").exists()
        kit = self._file(f"{slug}/kit", _ABOUT_FILE, "kit") if has_kit else None
        return Item(
            slug=slug,
            keeps_words=keeps == "true",
            theme=theme,
            nudge=nudge,
            short=short,
            alternatives=self._alternatives(slug),
            not_for_me=texts["not-for-me"],
            plan=plan[0],
            plan_if=plan[1],
            plan_then=plan[2],
            day_of=texts["day-of"],
            follow_up=texts["follow-up"],
            undone=texts["undone"],
            debrief=debrief,
            questions=questions,
            transfer=transfer[0],
            transfer_change=transfer[1],
            transfer_owner=transfer[2],
            check=texts["check"],
            kit=self._text(kit, f"{slug}/kit", "kit", item=slug) if kit else None,
        )

    def _with_examples(self, slug: str, name: str) -> tuple[Text, Text, Text]:
        path, examples = f"{slug}/{name}", EXAMPLES[name]
        found = self._file(path, _ABOUT_FILE, name)
        main = self._text(found, path, name, item=slug, more=examples)
        first, second = (
            self._text(found, f"{path}/{example}", "example", item=slug, body=example, titled=False, more=examples)
            for example in examples
        )
        return main, first, second

    def _nudge(self, slug: str) -> tuple[Text, Text | None]:
        """Return an experiment, and the same in a few words where any language has them."""
        path = f"{slug}/nudge"
        found = self._file(path, _ABOUT_FILE | AGAIN, "nudge")
        text = self._text(found, path, "nudge", item=slug, more=(SHORT,))
        spoken = [found.fields[each].value for each in LANGUAGES if each in found.fields]
        if not any(isinstance(each, Mapping) and SHORT in each for each in spoken):
            return text, None
        own = replace(found, fields={name: each for name, each in found.fields.items() if name not in AGAIN})
        short = self._text(own, f"{path}/{SHORT}", SHORT, item=slug, body=SHORT, titled=False, more=(SHORT,))
        return text, replace(short, title=text.title)

    def _debrief(self, slug: str) -> tuple[Text, tuple[Text, ...]]:
        path = f"{slug}/debrief"
        found = self._file(path, _ABOUT_FILE | {"questions"}, "debrief")
        opening = self._text(found, path, "debrief", item=slug)
        asked = found.reader.items(found.fields.get("questions"))
        if len(asked) != QUESTIONS:
            found.reader.refuse(found.line, f"{len(asked)} questions; a debrief has {QUESTIONS}")
        questions = tuple(
            self._text(found, f"{path}/{number}", "question", item=slug, within=node, titled=False)
            for number, node in enumerate(asked, 1)
        )
        return opening, questions

    def _alternatives(self, slug: str) -> tuple[Alternative, ...]:
        path = f"{slug}/alternatives"
        found = self._file(path, frozenset({"kind", "item", "week", "note", "alternatives"}), "alternatives")
        made = []
        for number, node in enumerate(found.reader.items(self._wanted(found, "alternatives")), 1):
            text = self._text(found, f"{path}/{number}", "alternative", item=slug, within=node)
            fields = node.value if isinstance(node.value, Mapping) else {}
            fits = found.reader.choice(self._wanted(found, "fits", fields, node.line), FITS)
            made.append(Alternative(fits=fits or "", text=text))
        if found.fields:
            self.alternatives[slug] = (found.reader.file, found.line, len(made))
        return tuple(made)

    def _rotating(self, name: str) -> tuple[Text, ...]:
        path = f"reflections/{name}"
        if not (self.folder / f"{path}.yaml").exists():
            return ()
        kind = Kind.TEAM_REFLECTION if name.startswith("team") else Kind.REFLECTION
        found = self._file(path, frozenset({"kind", "note", "when", "texts"}), kind.value)
        return tuple(
            self._text(found, f"{path}/{number}", name, within=node)
            for number, node in enumerate(found.reader.items(self._wanted(found, "texts")), 1)
        )

    def _others(self, items: Iterable[str]) -> None:
        """Read every file that belongs to no item and no rotation: what the steps name themselves."""
        names = (*ITEM_FILES, "kit")
        known = {"journey", *(f"reflections/{name}" for name in REFLECTIONS)}
        known |= {f"{item}/{name}" for item in items for name in names}
        for place in sorted(self.folder.rglob("*.yaml")):
            path = place.relative_to(self.folder).with_suffix("").as_posix()
            if path not in known and not place.name.startswith("."):
                self._text(self._file(path, _ABOUT_FILE, *STEP_KINDS), path, place.stem)

    # --- steps

    def _step(self, reader: Reader, node: Node, items: Mapping[str, int], texts: Mapping[str, Text]) -> Step | None:
        fields = reader.fields(node, frozenset({"week", "slot", "kind", "item", "prompt"}))
        found = Found(reader, fields, node.line)
        week = reader.number(self._wanted(found, "week"))
        slot = reader.choice(self._wanted(found, "slot"), tuple(each.value for each in Slot))
        kind = reader.choice(self._wanted(found, "kind"), tuple(each.value for each in STEP_KINDS))
        if slot is None or kind is None:
            return None
        item = reader.string(fields["item"]) if "item" in fields else None
        prompt = reader.string(fields["prompt"]) if "prompt" in fields else None
        if item is not None and item not in items:
            reader.refuse(node.line, f"unknown item “{item}”")
            return None
        prompt = prompt or (f"{item}/{kind.replace('_', '-')}" if item else ROTATING.get(Kind(kind)))
        if prompt is None or not (prompt in texts or prompt == ROTATING.get(Kind(kind))):
            reader.refuse(node.line, f"unknown prompt “{prompt}”" if prompt else "“prompt” is missing")
            return None
        if self.kinds.get(prompt, kind) != kind:
            reader.refuse(node.line, f"the kind is {kind}, but {prompt}.yaml says {self.kinds[prompt]}")
        return Step(week=week, slot=Slot(slot), kind=Kind(kind), item=item, prompt=prompt)


def _known_in(name: str) -> frozenset[str]:
    """Return the fields that a file of an item may have."""
    return _ABOUT_FILE | AGAIN if name == "day-of" else _ABOUT_FILE
