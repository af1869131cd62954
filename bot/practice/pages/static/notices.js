/** What the page says by itself: toasts, the lost line, and problems in the words. */

import { el, reconcile, setText } from "./dom.js";
import { icon } from "./icons.js";
import { knows, say, sayCount } from "./words.js";

const TOAST_SECONDS = 7;

/** Shows a short line that goes away by itself. */
export function toast(text, kind = "plain") {
  const place = document.getElementById("toasts");
  const close = el("button", { class: "toast-close", type: "button", "aria-label": say("close"), on: { click: () => remove() } }, icon("close"));
  const line = el("div", { class: "toast", "data-kind": kind, "data-testid": "toast", role: kind === "error" ? "alert" : "status" }, el("span", {}, text), close);
  const remove = () => {
    line.remove();
    if (!place.children.length && place.matches(":popover-open")) place.hidePopover();
  };
  place.append(line);
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover();
  setTimeout(remove, TOAST_SECONDS * 1000);
}

/** Returns kind words for an error code. */
export function errorWords(code) {
  const key = `error-${String(code ?? "unknown").replaceAll("_", "-")}`;
  return knows(key) ? say(key) : say("error-other", { code: code ?? "?" });
}

/** Tells assistive technology what just came in. */
export function announce(text) {
  setText(document.getElementById("live"), text);
}

/** The bands under the time bar. */
export class Notices {
  constructor(app) {
    this.app = app;
    this.element = document.getElementById("notices");
    this.lost = el("p", { class: "band", "data-kind": "lost", role: "status", "data-testid": "lost" });
    this.summary = el("summary");
    this.list = el("ul");
    this.problems = el("details", { class: "band", "data-kind": "problems", "data-testid": "problems" }, this.summary, this.list);
  }

  update() {
    const { world, connected } = this.app.knowledge;
    const problems = world.problems ?? [];
    setText(this.lost, say("lost"));
    setText(this.summary, sayCount("problems", problems.length));
    const known = [...this.list.children].map((each) => each.textContent);
    if (JSON.stringify(known) !== JSON.stringify(problems)) {
      this.list.replaceChildren(...problems.map((each) => el("li", {}, each)));
    }
    reconcile(this.element, [connected ? null : this.lost, problems.length ? this.problems : null].filter(Boolean));
  }
}
