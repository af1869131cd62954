/** Where somebody types to Teams: words, a mention of the app, and its commands. */

import { Composer } from "/practice/static/composer.js";
import { el, reconcile } from "/practice/static/dom.js";
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
    this.add = el("button", { class: "button", type: "button", "data-style": "primary", "data-testid": "add-app", on: { click: () => app.act("add_app") } }, say("add-app"));
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

  deliver(text, files) {
    const thread = this.thread ? { thread: idOf(this.thread) } : {};
    return this.app.act("say", { channel: this.conversation.id, text, ...thread, ...(files ? { files } : {}) });
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
