/** The bar at the bottom of a phone. */

import { el, setAttribute } from "./dom.js";
import { avatar, icon } from "./icons.js";
import { say } from "./words.js";

/** Moves between the panes of a narrow screen and opens the time sheet. */
export class Tabs {
  constructor(app) {
    this.app = app;
    this.element = document.getElementById("tabs");
    this.element.setAttribute("aria-label", say("panes"));
    this.buttons = {
      list: tab("list", "menu", "", () => app.showPane("list")),
      ...this.placeTabs(),
      time: tab("time", "time", say("tab-time"), () => app.toggleTime()),
    };
    this.element.replaceChildren(...Object.values(this.buttons));
  }

  update() {
    this.#showPerson();
    const here = document.body.dataset.pane === "list" ? "list" : this.hereTab();
    for (const [name, button] of Object.entries(this.buttons)) setAttribute(button, "aria-current", name === here ? "page" : null);
    this.buttons.time.setAttribute("aria-expanded", String(document.body.hasAttribute("data-time")));
    const unread = this.app.unreadElsewhere();
    setAttribute(this.buttons.list, "data-unread", unread > 0);
  }

  /** The tabs that lead to places. */
  placeTabs() {
    return {
      talk: tab("talk", "chat", say("tab-talk"), () => this.app.backToTalk()),
      home: tab("home", "home", say("home"), () => this.app.go({ place: "home", thread: null })),
    };
  }

  /** Which of them is open. */
  hereTab() {
    return this.app.knowledge.place === "home" ? "home" : "talk";
  }

  /** The first tab shows who looks. */
  #showPerson() {
    const { me, person } = this.app.knowledge;
    const { list } = this.buttons;
    if (list.dataset.person === person) return;
    list.dataset.person = person;
    list.replaceChildren(avatar(me, this.app.knowledge.placeOfPerson(person)), el("span", {}, me.name));
    list.setAttribute("aria-label", `${me.name}: ${say("tab-list")}`);
  }
}

/** Returns a tab. */
export function tab(name, sign, label, run) {
  return el("button", { class: "tab", type: "button", "data-testid": `tab-${name}`, on: { click: run } }, icon(sign), el("span", {}, label));
}
