/** Where somebody types to Teams: words, a mention of the app, and its commands. */

import { Composer } from "/practice/static/composer.js";
import { el, reconcile, setText } from "/practice/static/dom.js";
import { icon } from "/practice/static/icons.js";
import { say } from "/practice/static/words.js";
import { idOf } from "./knowledge.js";

const MENTION = "@Pitstop";
const MENTIONED = /^@Pitstop(?:\s|$)/i;
const MENTIONING = /^@Pitstop (\S*)$/i;
const AT = /^@\w*$/;
const COMMANDS = ["start", "join", "leave", "pause", "resume", "next", "settings", "log", "export", "forget", "status", "help"];

/** Sends what is typed. In a channel only a mention reaches the app. */
export class TeamsComposer extends Composer {
  constructor(app, options) {
    super(app, options);
    this.quoted = null;
    this.quoteWords = el("span", {});
    this.quoteChip = el(
      "button",
      { class: "chip quote-chip", type: "button", hidden: true, "data-testid": "quote-chip", title: say("quote-remove"), on: { click: () => this.quote(null) } },
      icon("reply"),
      this.quoteWords,
      icon("close"),
    );
    this.form.prepend(this.quoteChip);
    this.add = el("button", { class: "button", type: "button", "data-style": "primary", "data-testid": "add-app", on: { click: () => app.act("add_app") } }, say("add-app"));
  }

  /** Lets what is typed answer this message, or none. */
  quote(message) {
    this.quoted = message?.id ?? null;
    this.quoteChip.hidden = !message;
    setText(this.quoteWords, message ? this.app.spokenWords(message) : "");
    this.focus();
  }

  turnTo(conversation, thread) {
    this.quoted = null;
    this.quoteChip.hidden = true;
    super.turnTo(conversation, thread);
  }

  get isChannel() {
    return this.conversation?.kind === "channel";
  }

  ownTools() {
    const keepFocus = (event) => event.preventDefault();
    this.list = tool("list", "verbs", "commands", () => this.#offerAll());
    this.mention = tool("at", "mention", "mention", () => this.#mention());
    for (const each of [this.list, this.mention]) each.addEventListener("pointerdown", keepFocus);
    this.attach = super.ownTools();
    return [...this.attach, this.list, this.mention];
  }

  update(conversation) {
    super.update(conversation);
    this.mention.hidden = !this.isChannel;
    for (const each of this.attach) each.hidden = this.isChannel;
    if (this.whyClosed(conversation) === "is-without-app") reconcile(this.element, [this.closed, this.add]);
  }

  whyClosed(conversation) {
    const reason = super.whyClosed(conversation);
    return reason ?? (conversation.kind === "direct" && !conversation.has_bot ? "is-without-app" : null);
  }

  hintFor(words) {
    return this.isChannel ? `${words} · ${MENTION}` : words;
  }

  matching(text) {
    if (text.includes("\n") || !text) return [];
    if (this.isChannel && AT.test(text)) return [{ text: `${MENTION} `, about: say("mention-about") }];
    const typed = this.isChannel ? MENTIONING.exec(text) : /^(\S*)$/.exec(text);
    if (!typed) return [];
    const start = typed[1].toLowerCase();
    const commands = this.#commands().filter(({ verb }) => verb.startsWith(start));
    return commands.some(({ verb }) => verb === start) ? [] : commands;
  }

  async deliver(text, files) {
    const thread = this.thread ? { thread: idOf(this.thread) } : {};
    const quotes = this.quoted ? { quotes: this.quoted } : {};
    const result = await this.app.act("say", { channel: this.conversation.id, text, ...thread, ...quotes, ...(files ? { files } : {}) });
    if (result.ok && quotes.quotes && quotes.quotes === this.quoted) this.quote(null);
    return result;
  }

  troubleWith() {
    return null;
  }

  #commands() {
    const start = this.isChannel ? `${MENTION} ` : "";
    return COMMANDS.map((each) => [say(`verb-${each}`), say(`verb-${each}-about`)]).map(([verb, about]) => ({ verb, text: start + verb, about }));
  }

  #offerAll() {
    this.focus();
    this.offer(this.options.length ? [] : this.#commands());
  }

  #mention() {
    if (!MENTIONED.test(this.field.value)) this.field.value = `${MENTION} ${this.field.value}`;
    this.typed();
    this.field.focus();
  }
}

function tool(sign, key, id, run) {
  return el("button", { class: "tool", type: "button", "aria-label": say(key), title: say(key), "data-testid": id, on: { click: run } }, icon(sign));
}
