/** Where somebody types: words, the slash command with its verbs, and practice attachments. */

import { el, reconcile, setAttribute, setText, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { keysUnder, say, sayCount } from "./words.js";

const COMMAND = "/coach";
const MOST_FILES = 3;

/** Sends what is typed; drafts are kept by conversation and thread. */
export class Composer {
  constructor(app, { inThread = false, sent = null } = {}) {
    this.app = app;
    this.inThread = inThread;
    this.sent = sent;
    this.files = 0;
    this.active = -1;
    this.options = [];
    const listId = uniqueId("verbs");
    this.field = el("textarea", {
      class: "composer-field",
      rows: 1,
      id: inThread ? "thread-composer" : "composer",
      "data-testid": inThread ? "thread-composer" : "composer",
      "aria-autocomplete": "list",
      "aria-controls": listId,
      autocomplete: "off",
      maxlength: 40000,
    });
    this.suggestions = el("ul", { class: "suggestions", id: listId, role: "listbox", tabindex: "0", "aria-label": say("verbs"), hidden: true });
    this.chip = el(
      "button",
      { class: "chip", type: "button", hidden: true, "data-testid": "files-chip", title: say("files-remove"), on: { click: () => this.#setFiles(0) } },
      icon("file"),
      el("span"),
      icon("close"),
    );
    this.sendButton = el("button", { class: "send", type: "submit", "aria-label": say("send"), title: say("send"), "data-testid": inThread ? "thread-send" : "send" }, icon("send"));
    this.form = el(
      "form",
      { class: "composer", on: { submit: (event) => (event.preventDefault(), this.#send()) } },
      this.suggestions,
      this.chip,
      el("div", { class: "composer-row" }, ...this.ownTools(), this.field, this.sendButton),
    );
    this.closed = el("p", { class: "composer-closed" });
    this.element = el("div", { class: "composer-place" });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    this.field.addEventListener("blur", () => this.offer([]));
    this.suggestions.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  /** What stands before the field. */
  ownTools() {
    const add = () => this.#setFiles(Math.min(this.files + 1, MOST_FILES));
    return [
      el(
        "button",
        { class: "tool", type: "button", "aria-label": say("attach"), title: say("attach"), "data-testid": "attach", on: { click: add } },
        icon("attach"),
      ),
    ];
  }

  /** Turns to a conversation, or a thread in it, and brings back what was typed there. */
  turnTo(conversation, thread) {
    this.conversation = conversation;
    this.thread = thread;
    this.key = [this.app.knowledge.person, conversation.id, thread ?? ""].join(" ");
    this.field.value = this.app.knowledge.drafts.get(this.key) ?? "";
    this.#setFiles(0);
    this.offer([]);
    this.#fit();
  }

  update(conversation) {
    this.conversation = conversation;
    const name = this.app.knowledge.signedName(conversation);
    const words = this.inThread ? say("write-reply") : say("write-to", { name });
    this.field.placeholder = this.hintFor(words);
    this.field.setAttribute("aria-label", words);
    const reason = this.whyClosed(conversation);
    if (reason) setText(this.closed, say(reason));
    reconcile(this.element, [reason ? this.closed : this.form]);
  }

  /** What stands in the empty field. */
  hintFor(words) {
    return this.inThread ? words : `${words} · ${COMMAND}`;
  }

  /** Returns the phrase that says why nobody can write here, or null. */
  whyClosed(conversation) {
    if (this.app.knowledge.me.deleted) return "is-deactivated";
    if (conversation.is_archived) return "is-archived";
    return conversation.is_member === false ? "is-stranger" : null;
  }

  /** Puts words in the field, ready to send. */
  prefill(text) {
    this.field.value = text;
    this.typed();
    this.field.focus();
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  /** Takes in what now stands in the field. */
  typed() {
    this.app.knowledge.drafts.set(this.key, this.field.value);
    this.#fit();
    this.offer(this.matching(this.field.value));
  }

  #fit() {
    this.field.style.setProperty("height", "auto");
    if (this.field.value) this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight, 200)}px`);
    setAttribute(this.sendButton, "data-ready", this.field.value.trim() !== "" || this.files > 0);
  }

  #setFiles(count) {
    this.files = count;
    this.chip.hidden = count === 0;
    setText(this.chip.children[1], sayCount("files", count));
    this.#fit();
  }

  /** Returns what could be meant by what is typed so far. */
  matching(text) {
    if (this.inThread || text.includes("\n")) return [];
    if (/^\/\w*$/.test(text) && COMMAND.startsWith(text) && text !== COMMAND) return [{ text: `${COMMAND} `, about: say("coach-about") }];
    const typed = /^\/coach(?: (\S*))?$/.exec(text);
    if (!typed) return [];
    const start = (typed[1] ?? "").toLowerCase();
    const verbs = verbList().filter(({ verb }) => verb.startsWith(start));
    if (verbs.some(({ verb }) => verb === start)) return [];
    return verbs.map(({ verb, about }) => ({ text: `${COMMAND} ${verb}`, about }));
  }

  /** Shows these to choose from. */
  offer(options) {
    this.options = options;
    this.active = -1;
    this.suggestions.hidden = options.length === 0;
    this.field.removeAttribute("aria-activedescendant");
    this.suggestions.replaceChildren(
      ...options.map((option, index) =>
        el(
          "li",
          { role: "option", id: `${this.suggestions.id}-${index}`, "aria-selected": "false", on: { click: () => this.#take(index) } },
          el("strong", {}, option.text),
          el("span", {}, option.about),
        ),
      ),
    );
  }

  #mark(index) {
    this.active = (index + this.options.length) % this.options.length;
    [...this.suggestions.children].forEach((each, at) => each.setAttribute("aria-selected", String(at === this.active)));
    const marked = this.suggestions.children[this.active];
    marked.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", marked.id);
  }

  #take(index) {
    this.field.value = this.options[index].text;
    this.typed();
    this.field.focus();
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.options.length && this.#keyInList(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    }
  }

  #keyInList(event) {
    if (event.key === "ArrowDown") this.#mark(this.active + 1);
    else if (event.key === "ArrowUp") this.#mark(this.active < 0 ? -1 : this.active - 1);
    else if (event.key === "Escape") this.offer([]);
    else if (event.key === "Tab" && !event.shiftKey) this.#take(Math.max(this.active, 0));
    else if (event.key === "Enter" && this.active >= 0) this.#take(this.active);
    else return false;
    return true;
  }

  async #send() {
    const text = this.field.value.trim();
    if (!text && !this.files) return;
    const trouble = this.troubleWith(text);
    if (trouble) {
      this.app.tell(trouble);
      return;
    }
    const { files, key } = this;
    this.#empty(key);
    this.sent?.();
    const result = await this.deliver(text, files);
    if (result.ok || this.key !== key || this.field.value) return;
    this.field.value = text;
    this.#setFiles(files);
    this.typed();
  }

  #empty(key) {
    this.field.value = "";
    this.app.knowledge.drafts.delete(key);
    this.#setFiles(0);
    this.offer([]);
  }

  /** Returns the phrase that says why this cannot be sent here, or null. */
  troubleWith(text) {
    return this.inThread && text.startsWith("/") ? "error-command-in-thread" : null;
  }

  /** Does what was typed. */
  deliver(text, files) {
    const channel = this.conversation.id;
    const command = /^\/coach(?:\s+([\s\S]*))?$/.exec(text);
    if (command) return this.app.act("command", { channel, text: command[1] ?? "" });
    if (/^\/invite\b/.test(text)) return this.app.act("invite_bot", { channel });
    if (/^\/\w/.test(text)) {
      this.app.tell("error-unknown-command");
      return { ok: false };
    }
    const thread = this.thread ? { thread_ts: this.thread } : {};
    return this.app.act("say", { channel, text, ...thread, ...(files ? { files } : {}) });
  }
}

/** Returns the verbs with what each is for, as the words list them. */
function verbList() {
  return keysUnder("verb-")
    .filter((key) => !key.endsWith("-about"))
    .map((key) => ({ verb: say(key), about: say(`${key}-about`) }));
}
