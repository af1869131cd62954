/** Seven steps for the first visit; once things exist only the next step remains, in one line. */

import { el, setAttribute, setText } from "./dom.js";
import { icon } from "./icons.js";
import { keptAs } from "./side.js";
import { say } from "./words.js";

const CLOSED_KEY = keptAs("guide");
const DONE_KEY = keptAs("guide-done");

/** Shows what to try first, and ticks off what was done. */
export class Guide {
  constructor(app) {
    this.app = app;
    this.done = new Set(JSON.parse(sessionStorage.getItem(DONE_KEY) ?? "[]"));
    this.isOpen = false;
    this.isAskedFor = false;
    this.steps = ["1", "2", "3", "4", "5", "6", "7"].map((number) => this.#step(number));
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
    this.isOpen = this.#isNewWorld() && localStorage.getItem(CLOSED_KEY) === null;
  }

  #isNewWorld() {
    return Object.values(this.app.knowledge.world.messages).every((messages) => messages.length === 0);
  }

  /** The element to show now, or null. */
  get shown() {
    const isSlim = !this.isAskedFor && !this.#isNewWorld();
    setAttribute(this.element, "data-slim", isSlim);
    const isThrough = isSlim && this.done.size === this.steps.length;
    return this.isOpen && !isThrough ? this.element : null;
  }

  open() {
    this.isOpen = true;
    this.isAskedFor = true;
    this.app.render();
    this.element.querySelector("button")?.focus();
  }

  close() {
    this.isOpen = false;
    this.isAskedFor = false;
    localStorage.setItem(CLOSED_KEY, "closed");
    this.app.render();
  }

  /** Begins again, with a new world. */
  restart() {
    this.isAskedFor = false;
    this.done.clear();
    sessionStorage.removeItem(DONE_KEY);
    localStorage.removeItem(CLOSED_KEY);
    this.openAtFirst();
  }

  /** Returns which step an action completes after those that are done, or null. */
  stepOf(action, body) {
    if (action === "submit") return this.done.has("1") ? "2" : "1";
    if (action === "travel") return "3";
    return action === "command" ? this.stepAsked(body.text) : null;
  }

  /** Returns which step a command completes, or null. */
  stepAsked(text) {
    const steps = { log: "4", reading: "5", meelezen: "5", council: "6", ondernemingsraad: "6" };
    return steps[text.trim().split(/\s+/)[0].toLowerCase()] ?? null;
  }

  note(action, body) {
    const step = this.stepOf(action, body);
    if (step && !this.done.has(step)) this.#tick(step);
  }

  #tick(step) {
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
    return { coach: people[0]?.name ?? "", manager: people[1]?.name ?? "", council: people.at(-1)?.name ?? "", channel: channel?.name ?? "", command: world.log_hint ?? "" };
  }

  #step(number) {
    const title = el("strong", { "data-step": number });
    const tick = el("span", { class: "hidden" });
    const about = el("p");
    const button = el("button", { class: "guide-go", type: "button", "data-testid": `guide-${number}`, on: { click: () => this.#start(number) } }, el("span"));
    const element = el("li", {}, title, tick, about, button);
    return { number, element, title, tick, about, button };
  }

  #start(number) {
    const { world } = this.app.knowledge;
    const [coach, manager] = world.people.filter((each) => !each.is_bot);
    const channel = world.conversations.find((each) => each.kind === "channel");
    if (number === "7") this.#openDesk();
    else this.go(number, { coach: coach.id, manager: manager.id, channel: channel.id });
  }

  /** Opens the desk beside this page. */
  #openDesk() {
    window.open("/practice/desk", "pitstop-desk");
    this.#tick("7");
    this.app.render();
  }

  /** Goes to where a step begins. */
  go(number, { coach, manager, channel }) {
    if (number === "1") this.app.lookAs(coach, { place: channel, prefill: "/coach start" });
    if (number === "2") this.app.lookAs(manager, { place: channel });
    if (number === "3") this.app.travel("event", say("next-event"));
    if (number === "4") this.app.lookAs(coach, { place: channel, prefill: "/coach log" });
    if (number === "5") this.app.lookAs(manager, { place: channel, prefill: `/coach ${say("verb-reading")}` });
    if (number === "6") this.app.lookAs(coach, { place: channel, prefill: `/coach ${say("verb-council")}` });
  }
}
