/** The conversation in the middle: its head, its messages and the composer. */

import { ask } from "./dialogs.js";
import { el, reconcile, setAttribute, setText } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { MessageList } from "./message_list.js";
import { say } from "./words.js";

/** Shows the conversation that is open. */
export class Conversation {
  constructor(app) {
    this.app = app;
    this.list = new MessageList(app);
    this.composer = new app.views.Composer(app, { sent: () => this.list.toBottom() });
    this.shown = null;
    this.title = el("h1", { class: "stage-title", "data-testid": "conversation-title" });
    this.sign = el("span", { class: "stage-sign" });
    this.notes = el("p", { class: "stage-notes" });
    this.more = el(
      "button",
      { class: "tool", type: "button", "aria-label": say("channel-menu"), title: say("channel-menu"), "aria-haspopup": "menu", "aria-expanded": "false", "data-testid": "channel-menu" },
      icon("more"),
    );
    this.more.addEventListener("click", () => openMenu(this.more, say("channel-menu"), this.menuItems()));
    this.head = el("header", { class: "stage-head" }, this.sign, this.title, this.notes, this.more);
    this.empty = el("p", { class: "empty" });
    this.element = el("section", { class: "conversation", "data-testid": "conversation" }, this.head);
  }

  update(guide) {
    const { knowledge } = this.app;
    const { conversation } = knowledge;
    const shown = [knowledge.person, knowledge.zone, conversation.id].join(" ");
    const isOpening = shown !== this.shown;
    if (isOpening) this.#open(shown, conversation);
    this.#updateHead(conversation);
    this.composer.update(conversation);
    const messages = knowledge.talk(conversation.id);
    setText(this.empty, say("empty", { name: knowledge.signedName(conversation) }));
    reconcile(this.element, [this.head, guide, messages.length ? null : this.empty, this.list.element, this.composer.element].filter(Boolean));
    setAttribute(this.list.element, "data-empty", messages.length === 0);
    this.list.update(messages, { newFrom: this.newFrom });
    if (isOpening) this.list.toNew();
  }

  #open(shown, conversation) {
    const { knowledge } = this.app;
    this.newFrom = knowledge.firstUnread(conversation)?.ts ?? null;
    this.shown = shown;
    this.list.clear(conversation.id, say("messages-in", { name: knowledge.signedName(conversation) }));
    this.composer.turnTo(conversation, null);
    if (this.sign.dataset.kind !== conversation.kind) {
      this.sign.dataset.kind = conversation.kind;
      this.sign.replaceChildren(icon(this.app.knowledge.signOf(conversation)));
    }
  }

  #updateHead(conversation) {
    setText(this.title, this.app.knowledge.nameOf(conversation));
    setText(this.notes, this.notesOn(conversation).filter(Boolean).join(" · "));
    this.more.hidden = conversation.kind === "direct";
  }

  /** What stands beside the name. */
  notesOn(conversation) {
    return [
      conversation.is_archived ? say("archived") : null,
      conversation.kind === "private" ? say("private") : null,
      conversation.kind !== "direct" && !conversation.has_bot ? say("without-bot") : null,
    ];
  }

  /** What may be done with the channel. */
  menuItems() {
    const channel = this.app.knowledge.place;
    const { has_bot: hasBot, is_archived: isArchived } = this.app.knowledge.conversation;
    const bot = hasBot
      ? { label: say("remove-bot"), danger: true, run: () => this.app.act("remove_bot", { channel }) }
      : { label: say("invite-bot"), run: () => this.app.act("invite_bot", { channel }) };
    const archive = isArchived
      ? { label: say("unarchive"), run: () => this.app.act("archive", { channel, archived: false }) }
      : { label: say("archive"), danger: true, run: () => this.#archive(channel) };
    return [bot, archive];
  }

  async #archive(channel) {
    const sure = await ask({ title: say("archive-question"), content: [say("archive-about")], confirm: say("archive"), danger: true });
    if (sure) await this.app.act("archive", { channel });
  }
}
