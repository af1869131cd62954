"""The files of prompts/ as journeys and phrases, with the line of every text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.coaching.journey import Alternative, Item, Journey, Slot, Step, Text
from bot.coaching.language import Language
from bot.coaching.nudge import Kind
from bot.words.files.forbidden import Forbidden, read_forbidden
from bot.words.files.node import Node, Reader, RefusedError, read
from bot.words.files.phrases import PLATFORMS, Phrases, read_phrases
from bot.words.files.problem import Problem

FITS = ("no_partner", "no_car", "no_money", "no_time", "remote", "no_travel")
STEP_KINDS = (
    Kind.WELCOME,
    Kind.PULSE,
    Kind.NUDGE,
    Kind.FOLLOW_UP,
    Kind.DEBRIEF,
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
    "debrief",
    "transfer",
    "check",
)
EXAMPLES = {"plan": ("if", "then"), "transfer": ("change", "owner")}
REFLECTIONS = ("personal", "personal-quiet", "team", "team-quiet")
ROTATING = {Kind.REFLECTION: "reflections/personal", Kind.TEAM_REFLECTION: "reflections/team"}
QUESTIONS = 4
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")
_LANGUAGES = tuple(language.value for language in Language)
_ABOUT_FILE = frozenset({"kind", "item", "week", "note", *_LANGUAGES})


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An authored text with where it stands and what it is for."""

    text: Text
    role: str  # the stem of its file; "alternative", "question" or "example" for what is inside one
    item: str | None
    file: str
    line: int
    lines: Mapping[tuple[Language, str], int]  # of each title and body that is there


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


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Everything read from a folder of prompts; with problems it cannot be used, only spoken about."""

    journeys: tuple[JourneySource, ...]
    spoken: Mapping[str, Mapping[Language, Phrases]]  # by platform
    forbidden: Forbidden
    problems: tuple[Problem, ...]

    @property
    def phrases(self) -> Mapping[Language, Phrases]:
        """The phrases of one platform, where it does not matter of which."""
        return self.spoken[PLATFORMS[0]]


def load(root: Path) -> Sources:
    """Read a folder of prompts; what cannot be read is among the problems."""
    problems: list[Problem] = []
    folders = sorted(path for path in (root / "journeys").glob("[!.]*") if path.is_dir())
    journeys = tuple(_Folder(root, folder, problems).journey() for folder in folders)
    if not journeys:
        problems.append(Problem(f"{root.name}/journeys", 1, "there is no journey"))
    return Sources(
        journeys=journeys,
        spoken=_spoken(root, problems),
        forbidden=read_forbidden(root, problems),
        problems=tuple(sorted(problems)),
    )


def _spoken(root: Path, problems: list[Problem]) -> Mapping[str, Mapping[Language, Phrases]]:
    read = {language: read_phrases(root, language, problems) for language in Language}
    return {platform: {language: each[platform] for language, each in read.items()} for platform in PLATFORMS}


@dataclass(frozen=True)
class _Found:
    """One file of a journey, taken apart."""

    reader: Reader
    fields: Mapping[str, Node]
    line: int


@dataclass
class _Folder:
    """Reads one journey's folder."""

    root: Path
    folder: Path
    problems: list[Problem]
    entries: list[Entry] = field(default_factory=list)
    alternatives: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)  # by path, as the files say

    def journey(self) -> JourneySource:
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

    # --- files and fields

    def _file(self, path: str, known: frozenset[str], *kinds: str) -> _Found:
        """Read a file whose `kind`, when it has one, is one of these."""
        place = self.folder / f"{path}.yaml"
        reader = Reader(f"{self.root.name}/{place.relative_to(self.root).as_posix()}", self.problems)
        try:
            node = read(place.read_text(encoding="utf-8"))
        except RefusedError as error:
            reader.refuse(error.line, error.reason)
        except FileNotFoundError:
            reader.refuse(1, "this file is missing")
        except (OSError, UnicodeDecodeError) as error:
            reader.refuse(1, f"cannot be read: {error}")
        else:
            found = _Found(reader, reader.fields(node, known), node.line)
            if kinds and (kind := reader.choice(self._wanted(found, "kind"), kinds)):
                self.kinds[path] = kind
            return found
        return _Found(_muted(reader.file), {}, 1)

    def _wanted(self, found: _Found, name: str, within: Mapping[str, Node] | None = None, line: int = 0) -> Node | None:
        fields = found.fields if within is None else within
        if name not in fields:
            found.reader.refuse(line or found.line, f"“{name}” is missing")
        return fields.get(name)

    def _plain(self, found: _Found, name: str) -> dict[Language, str]:
        node = self._wanted(found, name)
        if node is None:
            return {}
        fields = found.reader.fields(node, frozenset(_LANGUAGES))
        return {
            language: found.reader.string(self._wanted(found, language.value, fields, node.line))
            for language in Language
        }

    # --- texts

    def _text(
        self,
        found: _Found,
        path: str,
        role: str,
        *,
        item: str | None = None,
        within: Node | None = None,
        body: str = "body",
        titled: bool = True,
        more: Sequence[str] = (),
    ) -> Text:
        fields = found.fields
        line = found.line
        if within is not None:
            fields = found.reader.fields(within, frozenset({*_LANGUAGES, "fits", "note"}))
            line = within.line
        titles: dict[Language, str] = {}
        bodies: dict[Language, str] = {}
        lines: dict[tuple[Language, str], int] = {}
        for language in Language:
            spoken = self._wanted(found, language.value, fields, line)
            if spoken is None:
                continue
            known = frozenset({"title", "body", *more})
            parts = found.reader.fields(spoken, known)
            wanted = (("title", titles), (body, bodies)) if titled else ((body, bodies),)
            for name, into in wanted:
                node = self._wanted(found, name, parts, spoken.line)
                if node:
                    into[language] = found.reader.string(node)
                    lines[language, "title" if into is titles else "body"] = node.text_line
        text = Text(
            path=path,
            title={language: titles.get(language, "") for language in Language},
            body={language: bodies.get(language, "") for language in Language},
        )
        self.entries.append(Entry(text=text, role=role, item=item, file=found.reader.file, line=line, lines=lines))
        return text

    def _item(self, top: _Found, slug: str, line: int) -> Item | None:
        if not _SLUG.fullmatch(slug) or not (self.folder / slug).is_dir():
            top.reader.refuse(line, f"there is no folder “{slug}”")
            return None
        simple = ("nudge", "not-for-me", "day-of", "follow-up", "check")
        theme_file = self._file(f"{slug}/item", _ABOUT_FILE | {"keeps_words"}, "item")
        keeps = theme_file.reader.choice(self._wanted(theme_file, "keeps_words"), ("true", "false"))
        theme = self._text(theme_file, f"{slug}/item", "item", item=slug)
        texts = {
            name: self._text(
                self._file(f"{slug}/{name}", _ABOUT_FILE, name.replace("-", "_")),
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
            nudge=texts["nudge"],
            alternatives=self._alternatives(slug),
            not_for_me=texts["not-for-me"],
            plan=plan[0],
            plan_if=plan[1],
            plan_then=plan[2],
            day_of=texts["day-of"],
            follow_up=texts["follow-up"],
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
        found = self._file(path, frozenset({"kind", "note", "texts"}), kind.value)
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
        found = _Found(reader, fields, node.line)
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


def _muted(file: str) -> Reader:
    """Return a reader for a file whose one problem is already told."""
    return Reader(file, [])
