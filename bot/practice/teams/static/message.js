/** One message in Teams: a person's words, the app's words, a card, or a file to agree to. */

import { el, reconcile, safeAddress, setAttribute } from "/practice/static/dom.js";
import { icon } from "/practice/static/icons.js";
import { MessageView } from "/practice/static/message.js";
import { announce } from "/practice/static/notices.js";
import { say, sayCount } from "/practice/static/words.js";
import { CardView } from "./card.js";
import { markdownNodes } from "./markdown.js";

const MENTION = /(<at(?:\s[^>]*)?>[^<]*<\/at>|@Pitstop\b)/i;
const TAGS = /<\/?at(?:\s[^>]*)?>/gi;
const NOTED_FOR = 6000;
const ASKED = "asked"; // the state of a file that nobody answered yet

/** Shows what Teams shows of a message. */
export class TeamsMessageView extends MessageView {
  /** A channel has threads; in a chat one quotes what one answers. */
  get isInChannel() {
    return this.app.knowledge.channel?.id === this.conversation;
  }

  get canReply() {
    return super.canReply && !this.message.deleted;
  }

  get replyLabel() {
    return this.isInChannel ? super.replyLabel : say("quote");
  }

  reply() {
    if (this.isInChannel) super.reply();
    else this.app.quote(this.message);
  }

  get where() {
    return { channel: this.conversation, id: this.message.id };
  }

  words() {
    const { text, user } = this.message;
    if (!text) return [];
    return this.app.knowledge.personById(user)?.is_bot ? markdownNodes(text) : typedNodes(text);
  }

  typedText() {
    return this.message.text.replace(TAGS, "");
  }

  refreshBody() {
    const { card, deleted, user } = this.message;
    if (!card || deleted) {
      this.card = null;
      super.refreshBody();
      if (this.message.quoted && !deleted) this.body.prepend(this.#quoted(this.message.quoted));
      if (deleted && user === this.app.knowledge.person) this.body.append(this.#undo());
      return;
    }
    this.card ??= new CardView({ people: () => this.#people(), press: (what) => this.#press(what) });
    this.card.update(card);
    this.noted ??= el("p", { class: "noted", hidden: true, "data-testid": "noted" });
    reconcile(this.body, [this.card.element, this.noted]);
    this.body.dataset.kind = "card";
  }

  refreshFiles() {
    const { file, deleted } = this.message;
    this.message.files = file && !deleted ? [file] : [];
    this.files.replaceChildren(...this.message.files.map((each) => this.#file(each)));
  }

  /** What these words answer. */
  #quoted({ user, words }) {
    return el(
      "blockquote",
      { class: "quoted", "data-testid": "quoted" },
      el("strong", {}, this.app.knowledge.personById(user)?.name ?? say("somebody")),
      el("span", {}, words?.replace(TAGS, "") ?? say("was-deleted")),
    );
  }

  #undo() {
    return el("button", { class: "undo", type: "button", "data-testid": "undo", on: { click: () => this.app.act("undelete", this.where) } }, say("undo"));
  }

  #people() {
    return this.app.knowledge.world.people.filter((each) => !each.is_bot && !each.deleted);
  }

  async #press(what) {
    const result = await this.app.act("press", { ...this.where, ...what });
    if (result.noted) this.#note(result.noted);
  }

  /** Shows for a moment what the app answered. */
  #note(text) {
    this.noted.textContent = text;
    this.noted.hidden = false;
    announce(text);
    clearTimeout(this.forgetting);
    this.forgetting = setTimeout(() => (this.noted.hidden = true), NOTED_FOR);
  }

  /** A file that the app offers, one that was handed over, or those that somebody sent along. */
  #file(file) {
    if (file.count) return el("li", {}, el("span", { class: "file" }, icon("file"), sayCount("files", file.count)));
    const href = file.url ? safeAddress(file.url) : null;
    const name = el(href ? "a" : "span", { class: "file-name", href, download: href ? file.name : null }, file.name);
    const isAsked = file.state === ASKED;
    const about = isAsked || !file.state ? file.about : say(`file-${file.state}`);
    return el(
      "li",
      { class: "file-card", "data-testid": "file" },
      el("div", { class: "file-words" }, icon("file"), el("div", {}, name, about ? el("p", {}, about) : null)),
      isAsked ? el("div", { class: "file-buttons" }, this.#fileButton("accept", "primary"), this.#fileButton("decline")) : null,
    );
  }

  #fileButton(answer, look = null) {
    const send = async (event) => {
      const button = event.currentTarget;
      setAttribute(button, "aria-busy", "true");
      await this.app.act(`${answer}_file`, this.where);
      setAttribute(button, "aria-busy", null);
    };
    return el("button", { class: "button", type: "button", "data-style": look, "data-testid": `file-${answer}`, on: { click: send } }, say(`file-${answer}`));
  }
}

/** Returns the nodes of what a person typed: nothing in it means anything but who is spoken to. */
function typedNodes(text) {
  const nodes = text
    .split(MENTION)
    .filter(Boolean)
    .map((piece) => (MENTION.test(piece) ? el("span", { class: "mention" }, `@${piece.replace(TAGS, "").replace(/^@/, "")}`) : piece));
  return [el("span", { class: "lines" }, ...nodes)];
}
