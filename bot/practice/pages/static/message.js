/** One message: who, when, what, and what may be done with it. */

import { ask } from "./dialogs.js";
import { el, reconcile, setAttribute } from "./dom.js";
import { avatar, icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { clockTime, fromTs, fullMoment, shortDay } from "./moments.js";
import { say, sayCount } from "./words.js";

/** Keeps one message's element up to date without building again what somebody is using. */
export class MessageView {
  constructor(app, conversation, { inThread = false } = {}) {
    this.app = app;
    this.conversation = conversation;
    this.inThread = inThread;
    this.signature = "";
    this.editor = null;
    this.element = el("article", { class: "message", "data-testid": "message", tabindex: "-1" });
    this.element.addEventListener("focusin", () => this.#reachTools(0));
    this.element.addEventListener("focusout", () => this.#reachTools(-1));
  }

  update(message, { grouped }) {
    const signature = JSON.stringify([message, grouped, message.user && this.app.knowledge.personById(message.user)?.name]);
    if (signature === this.signature) return;
    const isFirst = !this.signature;
    this.signature = signature;
    this.message = message;
    if (isFirst) this.#build();
    this.#refresh(grouped);
  }

  get isOwn() {
    const { user, ephemeral, deleted } = this.message;
    return user === this.app.knowledge.person && !ephemeral && !deleted;
  }

  get canReply() {
    return !this.inThread && !this.message.ephemeral;
  }

  /** What answering a message is called. */
  get replyLabel() {
    return say("reply-in-thread");
  }

  /** Begins an answer to the message. */
  reply() {
    this.#openThread();
  }

  #build() {
    const { message, app } = this;
    const { knowledge } = app;
    const moment = fromTs(message.ts);
    const person = knowledge.personById(message.user);
    const name = person?.name ?? say("somebody");
    const time = clockTime(moment, knowledge.zone);
    this.element.dataset.ts = message.ts;
    this.element.dataset.user = message.user ?? "";
    this.element.setAttribute("aria-label", `${name}, ${time}`);
    this.time = () => el("time", { datetime: moment.toISOString(), title: fullMoment(moment, knowledge.zone) }, time);
    this.side = el("div", { class: "message-side" }, avatar(person, knowledge.placeOfPerson(message.user)), this.time());
    this.head = el(
      "header",
      { class: "message-head" },
      el("span", { class: "message-name" }, name),
      person?.is_bot ? el("span", { class: "tag" }, say("app-tag")) : null,
      this.time(),
    );
    this.mark = el("p", { class: "message-mark" }, icon("eye"), say("only-you"));
    this.body = el("div", { class: "message-body" });
    this.edited = el("span", { class: "message-edited", "data-testid": "edited" }, say("edited"));
    this.files = el("ul", { class: "files" });
    this.foot = el("button", { class: "replies", type: "button", "data-testid": "replies", on: { click: () => this.#openThread() } });
    this.tools = this.#buildTools();
    this.main = el("div", { class: "message-main" });
    this.element.append(this.side, this.main, this.tools);
  }

  #buildTools() {
    const reply = el(
      "button",
      { class: "tool", type: "button", "aria-label": this.replyLabel, title: this.replyLabel, "data-testid": "reply", on: { click: () => this.reply() } },
      icon("reply"),
    );
    const more = el(
      "button",
      { class: "tool", type: "button", "aria-label": say("message-menu"), title: say("message-menu"), "aria-haspopup": "menu", "aria-expanded": "false", "data-testid": "message-menu" },
      icon("more"),
    );
    more.addEventListener("click", () => openMenu(more, say("message-menu"), this.#menuItems()));
    this.replyTool = reply;
    this.more = more;
    this.#reachTools(-1);
    return el("div", { class: "message-tools" }, reply, more);
  }

  /** With hundreds of messages only the one in use takes part in the tab order. */
  #reachTools(tabindex) {
    this.replyTool.tabIndex = tabindex;
    this.more.tabIndex = tabindex;
  }

  #menuItems() {
    const own = [
      { label: say("edit"), run: () => this.#edit() },
      { label: say("delete"), danger: true, run: () => this.#delete() },
    ];
    const reply = { label: this.replyLabel, run: () => this.reply() };
    return [...(this.canReply ? [reply] : []), ...(this.isOwn ? own : [])];
  }

  #refresh(grouped) {
    const { message } = this;
    setAttribute(this.element, "data-grouped", grouped);
    setAttribute(this.element, "data-ephemeral", message.ephemeral);
    setAttribute(this.element, "data-own", this.isOwn);
    this.refreshBody();
    this.refreshFiles();
    const replies = message.reply_count ?? 0;
    if (replies) {
      const last = message.reply_ts?.at(-1);
      const when = last ? `${shortDay(fromTs(last), this.app.knowledge.zone)} ${clockTime(fromTs(last), this.app.knowledge.zone)}` : "";
      this.foot.replaceChildren(el("strong", {}, sayCount("replies", replies)), when ? el("span", {}, say("last-reply", { when })) : "");
    }
    const showsThread = replies > 0 && !this.inThread;
    reconcile(
      this.main,
      [
        message.ephemeral ? this.mark : null,
        grouped ? null : this.head,
        this.editor ?? this.body,
        message.edited && !message.deleted && !this.editor ? this.edited : null,
        message.files?.length ? this.files : null,
        showsThread ? this.foot : null,
      ].filter(Boolean),
    );
    this.replyTool.hidden = !this.canReply;
    setAttribute(this.more, "data-only-reply", !this.isOwn);
    this.tools.hidden = !this.canReply && !this.isOwn;
  }

  /** What was said, as nodes; a chat says how its words read. */
  words() {
    return [this.message.text ?? ""];
  }

  /** What was said, as it was typed. */
  typedText() {
    return this.message.text ?? "";
  }

  /** Shows what was said. */
  refreshBody() {
    const { message } = this;
    this.body.dataset.kind = message.deleted ? "deleted" : "text";
    this.body.replaceChildren(...(message.deleted ? [say("was-deleted")] : this.words()));
  }

  /** Shows the files that came along. */
  refreshFiles() {}

  /** Where the message stands, as deeds name it. */
  get where() {
    return { channel: this.conversation, ts: this.message.ts };
  }

  #openThread() {
    this.app.go({ thread: this.message.thread_ts ?? this.message.ts });
  }

  #edit() {
    const field = el("textarea", { class: "field", rows: 2, "aria-label": say("edit") });
    field.value = this.typedText();
    const stop = () => {
      this.editor = null;
      this.#refresh(this.element.hasAttribute("data-grouped"));
      this.more.focus();
    };
    const save = async (event) => {
      event?.preventDefault();
      const result = await this.app.act("edit", { ...this.where, text: field.value.trim() });
      if (result.ok) stop();
    };
    this.editor = el(
      "form",
      { class: "editor", "data-testid": "editor", on: { submit: save } },
      field,
      el(
        "div",
        { class: "editor-buttons" },
        el("button", { class: "button", type: "button", on: { click: stop } }, say("cancel")),
        el("button", { class: "button", type: "submit", "data-style": "primary" }, say("save")),
      ),
    );
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") stop();
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) save(event);
    });
    this.#refresh(this.element.hasAttribute("data-grouped"));
    field.focus();
  }

  async #delete() {
    const sure = await ask({ title: say("delete-question"), content: this.words(), confirm: say("delete"), danger: true });
    if (sure) await this.app.act("delete", this.where);
  }
}
