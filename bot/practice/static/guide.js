/** Four steps for the first visit; it steps aside once things exist. */

import { el, setAttribute, setText } from "./dom.js";
import { icon } from "./icons.js";
import { say } from "./words.js";

const CLOSED_KEY = "pitstop-guide";
const DONE_KEY = "pitstop-guide-done";

/** Returns which step an action completes, or null. */
export function stepOf(action, body) {
  if (action === "command" && body.text.startsWith("start")) return "1";
  if (action === "press" && body.channel?.startsWith("C")) return "2";
  if (action === "travel") return "3";
  return action === "command" && body.text.startsWith("log") ? "4" : null;
}

/** Shows what to try first, and ticks off what was done. */
export class Guide {
  constructor(app) {
    this.app = app;
    this.done = new Set(JSON.parse(sessionStorage.getItem(DONE_KEY) ?? "[]"));
    this.isOpen = false;
    this.steps = ["1", "2", "3", "4"].map((number) => this.#step(number));
    const close = el("button", { class: "tool", type: "button", "aria-label": say("guide-close"), title: say("guide-close"), "data-testid": "guide-close", on: { click: () => this.close() } }, icon("close"));
    this.element = el(
      "section",
      { class: "guide", "aria-label": say("guide"), "data-testid": "guide" },
      el("div", { class: "guide-head" }, el("h2", {}, say("guide-title")), el("p", {}, say("guide-about")), close),
      el("ol", { class: "guide-steps" }, ...this.steps.map((step) => step.element)),
    );
  }

  /** Opens by itself only on a first visit to a world in which nothing was said. */
  openAtFirst() {
    const { world } = this.app.knowledge;
    const isNew = Object.values(world.messages).every((messages) => messages.length === 0);
    this.isOpen = isNew && localStorage.getItem(CLOSED_KEY) === null;
  }

  open() {
    this.isOpen = true;
    this.app.render();
    this.element.querySelector("button")?.focus();
  }

  close() {
    this.isOpen = false;
    localStorage.setItem(CLOSED_KEY, "closed");
    this.app.render();
  }

  /** Begins again, with a new world. */
  restart() {
    this.done.clear();
    sessionStorage.removeItem(DONE_KEY);
    localStorage.removeItem(CLOSED_KEY);
    this.openAtFirst();
  }

  note(action, body) {
    const step = stepOf(action, body);
    if (!step || this.done.has(step)) return;
    this.done.add(step);
    sessionStorage.setItem(DONE_KEY, JSON.stringify([...this.done]));
  }

  update() {
    const names = this.#names();
    for (const step of this.steps) {
      setText(step.title, say(`guide-${step.number}`, names));
      setText(step.about, say(`guide-${step.number}-about`, names));
      setText(step.button.firstChild, say(`guide-${step.number}-go`, names));
      setAttribute(step.element, "data-done", this.done.has(step.number));
      step.tick.textContent = this.done.has(step.number) ? ` ${say("guide-done")}` : "";
    }
  }

  #names() {
    const { world } = this.app.knowledge;
    const people = world.people.filter((each) => !each.is_bot);
    const channel = world.conversations.find((each) => each.kind === "channel");
    return { coach: people[0]?.name ?? "", manager: people[1]?.name ?? "", channel: channel?.name ?? "", command: world.log_hint ?? "" };
  }

  #step(number) {
    const title = el("strong");
    const tick = el("span", { class: "hidden" });
    const about = el("p");
    const button = el("button", { class: "guide-go", type: "button", "data-testid": `guide-${number}`, on: { click: () => this.#go(number) } }, el("span"));
    const element = el("li", { "data-step": number }, title, tick, about, button);
    return { number, element, title, tick, about, button };
  }

  #go(number) {
    const { world } = this.app.knowledge;
    const people = world.people.filter((each) => !each.is_bot);
    const channel = world.conversations.find((each) => each.kind === "channel");
    if (number === "1") this.app.lookAs(people[0].id, { place: channel.id, prefill: "/coach start" });
    if (number === "2") this.app.lookAs(people[1].id, { place: channel.id });
    if (number === "3") this.app.travel("event", say("next-event"));
    if (number === "4") this.app.lookAs(people[0].id, { place: channel.id, prefill: "/coach log" });
  }
}
