/** The left side: who looks, the conversations, and Home. */

import { ask, askZone } from "./dialogs.js";
import { el, reconcile, setAttribute, setText } from "./dom.js";
import { avatar, icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { clockTime, knownZone, zoneName } from "./moments.js";
import { SIDE } from "./side.js";
import { say, sayCount } from "./words.js";

const SIDES = {
  slack: { name: "Slack", address: "/practice" },
  teams: { name: "Teams", address: "/practice/teams" },
};

/** Lets somebody look as another person and go to another place. */
export class Sidebar {
  constructor(app) {
    this.app = app;
    this.rows = new Map();
    this.element = document.getElementById("sidebar");
    this.element.setAttribute("aria-label", say("workspace"));
    this.people = el("ul", { class: "people" });
    this.channels = el("ul", { class: "places" });
    this.directs = el("ul", { class: "places" });
    this.home = el("ul", { class: "places" });
    this.more = el(
      "button",
      { class: "tool", type: "button", "aria-label": say("person-menu"), title: say("person-menu"), "aria-haspopup": "menu", "aria-expanded": "false", "data-testid": "person-menu" },
      icon("more"),
    );
    this.more.addEventListener("click", () => openMenu(this.more, say("person-menu"), this.personItems()));
    this.element.replaceChildren(
      sides(),
      part(say("looking-as"), this.people, this.more),
      part(say("channels"), this.channels),
      part(say("directs"), this.directs),
      ...(app.hasHome ? [part(say("app"), this.home)] : []),
    );
  }

  update() {
    const { world } = this.app.knowledge;
    const people = world.people.filter((each) => !each.is_bot);
    reconcile(this.people, people.map((each) => this.#personRow(each)));
    const directs = world.conversations.filter((each) => each.kind === "direct");
    const channels = world.conversations.filter((each) => each.kind !== "direct");
    reconcile(this.channels, channels.map((each) => this.#placeRow(each)));
    reconcile(this.directs, directs.map((each) => this.#placeRow(each)));
    if (this.app.hasHome) reconcile(this.home, [this.#homeRow()]);
  }

  /** Shows each person's own time. */
  tick() {
    const { now, world } = this.app.knowledge;
    for (const person of world.people) {
      const row = this.rows.get(person.id);
      if (row) setText(row.querySelector(".person-time"), clockTime(now, knownZone(person.tz)));
    }
  }

  #row(key, build) {
    if (!this.rows.has(key)) this.rows.set(key, build());
    return this.rows.get(key);
  }

  #personRow(person) {
    const { knowledge } = this.app;
    const row = this.#row(person.id, () => this.#buildPerson(person));
    const button = row.firstChild;
    const isMe = person.id === knowledge.person;
    setAttribute(button, "aria-current", isMe ? "true" : null);
    setAttribute(button, "data-deleted", person.deleted);
    setText(row.querySelector(".person-name"), person.name);
    setText(row.querySelector(".person-zone"), person.deleted ? say("deactivated") : zoneName(person.tz));
    setText(row.querySelector(".person-time"), clockTime(knowledge.now, knownZone(person.tz)));
    setText(row.querySelector(".person-title"), isMe ? person.title : "");
    showBadge(button.lastChild, isMe ? 0 : (person.unread ?? 0));
    return row;
  }

  #buildPerson(person) {
    const words = el(
      "span",
      { class: "person-words" },
      el("span", { class: "person-name" }),
      el("span", { class: "person-when" }, el("span", { class: "person-time" }), " ", el("span", { class: "person-zone" })),
      el("span", { class: "person-title" }),
    );
    const button = el(
      "button",
      {
        class: "person",
        type: "button",
        title: person.title,
        "data-testid": "person",
        "data-person": person.id,
        on: { click: () => this.app.lookAs(person.id) },
      },
      avatar(person, this.app.knowledge.placeOfPerson(person.id)),
      words,
      el("span", { class: "badge", hidden: true }),
    );
    return el("li", {}, button);
  }

  #placeRow(conversation) {
    const { knowledge } = this.app;
    const sign = conversation.kind === "direct" ? avatar(knowledge.bot ?? { is_bot: true }, 0) : icon(knowledge.signOf(conversation));
    const row = this.#row(conversation.id, () => this.#buildPlace(conversation.id, sign));
    const isHere = conversation.id === knowledge.place;
    const unread = isHere ? 0 : conversation.unread;
    this.#refreshPlace(row, knowledge.nameOf(conversation), isHere, unread);
    setAttribute(row.firstChild, "data-archived", conversation.is_archived);
    return row;
  }

  #homeRow() {
    const row = this.#row("home", () => this.#buildPlace("home", icon("home")));
    this.#refreshPlace(row, say("home"), this.app.knowledge.place === "home", 0);
    return row;
  }

  #buildPlace(id, sign) {
    const open = (event) => {
      event.preventDefault();
      this.app.go({ place: id, thread: null });
    };
    const badge = el("span", { class: "badge" });
    const anchor = el("a", { class: "place", "data-testid": "place", "data-place": id, on: { click: open } }, sign, el("span", { class: "place-name" }), badge);
    return el("li", {}, anchor);
  }

  #refreshPlace(row, name, isHere, unread) {
    const anchor = row.firstChild;
    setAttribute(anchor, "href", this.app.address({ place: anchor.dataset.place, thread: null }));
    setAttribute(anchor, "aria-current", isHere ? "page" : null);
    setText(anchor.querySelector(".place-name"), name);
    showBadge(anchor.lastChild, unread);
  }

  /** What may be done with the person who looks. */
  personItems() {
    const { me } = this.app.knowledge;
    return [
      { label: say("zone-change"), about: zoneName(me.tz), run: () => this.#changeZone(me) },
      me.deleted
        ? { label: say("reactivate"), run: () => this.app.act("profile", { deleted: false }) }
        : { label: say("deactivate"), danger: true, run: () => this.#deactivate(me) },
    ];
  }

  async #changeZone(me) {
    const zone = await askZone(me.tz);
    if (zone !== null && zone !== me.tz) await this.app.act("profile", { tz: zone });
  }

  async #deactivate(me) {
    const sure = await ask({
      title: say("deactivate-question", { name: me.name }),
      content: [say("deactivate-about")],
      confirm: say("deactivate"),
      danger: true,
    });
    if (sure) await this.app.act("profile", { deleted: true });
  }
}

/** The switch between the two chats in which the same app works. */
function sides() {
  const links = Object.entries(SIDES).map(([side, { name, address }]) =>
    el("a", { class: "side", href: address, "aria-current": side === SIDE ? "page" : null, "data-testid": `side-${side}` }, name),
  );
  return el("div", { class: "sides", role: "group", "aria-label": say("sides") }, ...links);
}

function showBadge(badge, unread) {
  badge.hidden = unread === 0;
  setText(badge, unread ? String(unread) : "");
  setAttribute(badge, "role", unread ? "img" : null);
  setAttribute(badge, "aria-label", unread ? sayCount("unread", unread) : null);
}

function part(title, list, tool) {
  const heading = el("h2", { class: "part-title" }, title);
  return el("section", { class: "part" }, el("div", { class: "part-head" }, heading, tool), list);
}
