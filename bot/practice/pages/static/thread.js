/** The thread at the side. */

import { el, NARROW, reconcile, setAttribute, setText } from "./dom.js";
import { icon } from "./icons.js";
import { MessageList } from "./message_list.js";
import { say, sayCount } from "./words.js";

/** Shows the open thread, or nothing. */
export class Thread {
  constructor(app) {
    this.app = app;
    this.element = document.getElementById("thread");
    this.element.setAttribute("aria-label", say("thread"));
    this.list = new MessageList(app, { inThread: true });
    this.composer = new app.views.Composer(app, { inThread: true, sent: () => this.list.toBottom() });
    this.shown = null;
    this.where = el("span", { class: "stage-notes" });
    this.close = el("button", { class: "tool", type: "button", "aria-label": say("thread-close"), title: say("thread-close"), "data-testid": "thread-close", on: { click: () => app.go({ thread: null }) } }, icon("close"));
    this.title = el("h2", { class: "stage-title" }, say("thread"));
    this.head = el("header", { class: "stage-head" }, this.title, this.where, this.close);
    this.element.replaceChildren();
    NARROW.onchange = () => this.#rank();
    this.#rank();
    this.element.onkeydown = (event) => event.key === "Escape" && app.go({ thread: null });
  }

  /** Where one pane is shown at a time, an open thread is all there is of the page. */
  #rank() {
    setAttribute(this.element, "role", NARROW.matches ? "main" : "complementary");
    setAttribute(this.title, "aria-level", NARROW.matches ? "1" : null);
  }

  update() {
    const { knowledge } = this.app;
    const { conversation, thread } = knowledge;
    const messages = conversation && thread ? knowledge.threadOf(conversation.id, thread) : [];
    this.element.hidden = messages.length === 0;
    if (!messages.length) {
      this.shown = null;
      this.element.replaceChildren();
      return;
    }
    const shown = [knowledge.person, knowledge.zone, conversation.id, thread].join(" ");
    const isOpening = shown !== this.shown;
    if (isOpening) {
      this.shown = shown;
      this.list.clear(conversation.id, say("thread"));
      this.composer.turnTo(conversation, thread);
    }
    setText(this.where, knowledge.signedName(conversation));
    this.composer.update(conversation);
    reconcile(this.element, [this.head, this.list.element, this.composer.element]);
    this.list.update(messages, { afterFirst: messages.length > 1 ? sayCount("replies", messages.length - 1) : null });
    if (isOpening) this.composer.focus();
  }
}
