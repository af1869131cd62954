/** A scrolling list of messages with the days between them. */

import { el, reconcile, setText } from "./dom.js";
import { icon } from "./icons.js";
import { dayKey, dayName, fromTs } from "./moments.js";
import { say } from "./words.js";

const NEAR = 80;
const SAME_BREATH = 5 * 60;
const AT_ONCE = 40;
const LATER = 60;

/** Shows messages; stays at the newest one while it is in sight. */
export class MessageList {
  constructor(app, { inThread = false } = {}) {
    this.app = app;
    this.inThread = inThread;
    this.views = new Map();
    this.dividers = new Map();
    this.days = new Map(); // the local day of each message: asking Intl each time is slow
    this.isStuck = true;
    this.content = el("div", { class: "list-content" });
    this.scroller = el("div", { class: "list-scroller", role: "group", tabindex: "0" }, this.content);
    this.pill = el("button", { class: "pill", type: "button", hidden: true, on: { click: () => this.toBottom() } }, icon("reply"), say("new-messages"));
    this.element = el("div", { class: "list" }, this.scroller, this.pill);
    this.scroller.addEventListener("keydown", (event) => this.#walk(event));
    this.scroller.addEventListener("scroll", () => this.#noteScroll(), { passive: true });
    const observer = new ResizeObserver(() => this.isStuck && this.toBottom());
    observer.observe(this.scroller);
    observer.observe(this.content);
  }

  /** Forgets everything: another conversation is shown. */
  clear(conversation, label) {
    this.conversation = conversation;
    this.views.clear();
    this.dividers.clear();
    this.days.clear();
    this.content.replaceChildren();
    this.isStuck = true;
    this.pill.hidden = true;
    this.skipped = null;
    this.newest = null;
    this.scroller.setAttribute("aria-label", label);
  }

  /**
   * Shows these messages, the newest at once and the rest right after.
   * `newFrom` is the timestamp above which a line says "new", `afterFirst` what stands below the first message.
   */
  update(messages, { newFrom = null, afterFirst = null } = {}) {
    this.latest = [messages, { newFrom, afterFirst }];
    if (this.skipped === null) this.#skipOld(messages, newFrom);
    const { person } = this.app.knowledge;
    const isNews = this.newest !== null && messages.some((each) => each.ts > this.newest && each.user !== person);
    this.newest = messages.reduce((newest, each) => (each.ts > newest ? each.ts : newest), this.newest ?? "");
    this.#show(messages.slice(this.skipped), newFrom, afterFirst);
    if (this.isStuck) this.toBottom();
    else if (isNews) this.pill.hidden = false;
  }

  #show(messages, newFrom, afterFirst) {
    const wanted = [];
    const seen = new Set();
    let previous = null;
    for (const message of messages) {
      const divider = this.inThread ? null : this.#dayDivider(message, previous);
      if (divider) wanted.push(divider);
      if (message.ts === newFrom) wanted.push(this.#divider("new", say("new"), "new"));
      const startsFresh = divider || message.ts === newFrom || (afterFirst && previous === messages[0]);
      wanted.push(this.#view(message, !startsFresh && this.#isGrouped(message, previous)).element);
      if (afterFirst && message === messages[0]) wanted.push(this.#divider("replies", afterFirst, "replies"));
      seen.add(message.ts);
      previous = message;
    }
    for (const ts of this.views.keys()) if (!seen.has(ts)) this.views.delete(ts);
    reconcile(this.content, wanted);
  }

  #skipOld(messages, newFrom) {
    const firstNew = newFrom ? messages.findIndex((each) => each.ts === newFrom) : messages.length;
    this.skipped = this.inThread ? 0 : Math.max(0, Math.min(messages.length - AT_ONCE, firstNew - 1));
    if (this.skipped) this.#soon();
  }

  #soon() {
    const wait = window.requestIdleCallback ?? setTimeout;
    const { conversation, scroller } = this;
    wait(() => {
      if (!this.skipped || conversation !== this.conversation || !scroller.isConnected) return;
      const fromBottom = scroller.scrollHeight - scroller.scrollTop;
      this.skipped = Math.max(0, this.skipped - LATER);
      this.update(...this.latest);
      if (!this.isStuck) scroller.scrollTop = scroller.scrollHeight - fromBottom;
      if (this.skipped) this.#soon();
    });
  }

  #view(message, grouped) {
    let view = this.views.get(message.ts);
    if (!view) {
      view = new this.app.views.MessageView(this.app, this.conversation, { inThread: this.inThread });
      this.views.set(message.ts, view);
    }
    view.update(message, { grouped });
    return view;
  }

  #isGrouped(message, previous) {
    if (!previous || previous.user !== message.user) return false;
    if (message.ephemeral || previous.ephemeral) return false;
    return Number(message.ts) - Number(previous.ts) < SAME_BREATH;
  }

  #dayDivider(message, previous) {
    const key = this.#day(message);
    if (previous && this.#day(previous) === key) return null;
    const { zone, now } = this.app.knowledge;
    return this.#divider(key, dayName(fromTs(message.ts), now, zone), "day");
  }

  #day(message) {
    if (!this.days.has(message.ts)) this.days.set(message.ts, dayKey(fromTs(message.ts), this.app.knowledge.zone));
    return this.days.get(message.ts);
  }

  #divider(key, text, kind) {
    if (!this.dividers.has(key)) {
      this.dividers.set(key, el("div", { class: "divider", "data-kind": kind, role: "separator" }, el("span", {}, text)));
    }
    const divider = this.dividers.get(key);
    setText(divider.firstChild, text);
    return divider;
  }

  /** The arrow keys go from message to message; only the one they are on has its tools in the tab order. */
  #walk(event) {
    const isOnMessage = event.target === this.scroller || event.target.matches(".message");
    if (!isOnMessage || event.altKey || event.ctrlKey || event.metaKey) return;
    const messages = [...this.content.querySelectorAll(".message")];
    const at = messages.indexOf(event.target);
    const goals = { ArrowUp: at < 0 ? messages.length - 1 : at - 1, ArrowDown: at < 0 ? messages.length - 1 : at + 1, Home: 0, End: messages.length - 1 };
    const goal = messages[goals[event.key]];
    if (!goal) return;
    event.preventDefault();
    goal.focus();
  }

  #noteScroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.isStuck = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.isStuck) this.pill.hidden = true;
  }

  /** Shows the newest message. */
  toBottom() {
    this.isStuck = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.pill.hidden = true;
  }

  /** Shows the line above what is new, if there is one. */
  toNew() {
    const line = this.dividers.get("new");
    if (!line?.isConnected) return;
    this.isStuck = false;
    line.scrollIntoView({ block: "start" });
    this.#noteScroll();
  }
}
