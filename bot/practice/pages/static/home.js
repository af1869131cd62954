/** The app's Home. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { Surface } from "./surface.js";
import { say } from "./words.js";

/** Shows what the app published for the person who looks. */
export class Home {
  constructor(app) {
    this.app = app;
    this.shown = null;
    this.place = el("div", { class: "home-card" });
    this.element = el(
      "section",
      { class: "home", "data-testid": "home" },
      el("header", { class: "stage-head" }, el("span", { class: "stage-sign" }, icon("home")), el("h1", { class: "stage-title" }, say("home-title"))),
      el("div", { class: "home-scroller", role: "group", tabindex: "0", "aria-label": say("home-title") }, this.place),
    );
  }

  update() {
    const { knowledge } = this.app;
    const shown = [knowledge.person, knowledge.zone].join(" ");
    if (this.shown !== shown) {
      this.shown = shown;
      this.surface = new Surface(knowledge, (what) => this.app.act("press", { view: "home", ...what }));
      this.app.act("open_home");
    }
    const blocks = knowledge.world.home?.blocks ?? [];
    this.surface.update(blocks);
    const content = blocks.length ? this.surface.element : this.#empty();
    if (this.place.firstChild !== content) this.place.replaceChildren(content);
  }

  #empty() {
    this.nothing ??= el("p", { class: "empty" }, say("home-empty"));
    return this.nothing;
  }

  /** Home is left: the next visit opens it anew. */
  leave() {
    this.shown = null;
  }
}
