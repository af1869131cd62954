/** Modals: a stack of which the top one is shown. */

import { el, setText, uniqueId } from "./dom.js";
import { announce } from "./notices.js";
import { Surface } from "./surface.js";
import { say, sayCount } from "./words.js";

/** Keeps the dialogs in step with what the bot opened, pushed, changed and closed. */
export class Modals {
  constructor(app) {
    this.app = app;
    this.open = new Map();
    this.opener = null;
    this.dismissed = new Set();
  }

  update() {
    const wanted = (this.app.knowledge.world.modals ?? []).filter((each) => !this.dismissed.has(each.id));
    const ids = new Set(wanted.map((each) => each.id));
    if (!this.open.size && wanted.length) this.opener = document.activeElement;
    for (const [id, modal] of this.open) {
      if (ids.has(id)) continue;
      modal.remove();
      this.open.delete(id);
    }
    for (const view of wanted) {
      if (!this.open.has(view.id)) this.open.set(view.id, new Modal(this.app, view, (id) => this.#dismiss(id)));
      this.open.get(view.id).update(view);
    }
    this.#showTop(wanted.at(-1));
  }

  #showTop(top) {
    for (const [id, modal] of this.open) {
      if (id === top?.id) modal.show();
      else modal.hide();
    }
    if (top || !this.opener) return;
    if (this.opener.isConnected) this.opener.focus({ preventScroll: true });
    this.opener = null;
  }

  #dismiss(id) {
    this.dismissed.add(id);
    this.update();
  }
}

class Modal {
  constructor(app, view, dismiss) {
    this.app = app;
    this.id = view.id;
    this.dismiss = dismiss;
    this.errors = "{}";
    this.surface = new Surface(app.knowledge, (what) => app.act("press", { view: this.id, ...what }));
    const heading = uniqueId("modal");
    this.title = el("h2", { class: "dialog-title", id: heading });
    this.submitButton = el("button", { class: "button", type: "submit", "data-style": "primary", "data-testid": "modal-submit" });
    this.closeButton = el("button", { class: "button", type: "button", "data-testid": "modal-close", on: { click: () => this.#close() } });
    this.trouble = el("p", { class: "modal-trouble", role: "alert" });
    this.form = el(
      "form",
      { class: "modal-form", novalidate: true, on: { submit: (event) => (event.preventDefault(), this.#submit()) } },
      el("header", { class: "modal-head" }, this.title),
      el("div", { class: "modal-content", role: "group", tabindex: "0", "aria-labelledby": heading }, this.trouble, this.surface.element),
      el("footer", { class: "dialog-buttons" }, this.closeButton, this.submitButton),
    );
    this.element = el(
      "dialog",
      {
        class: "modal",
        "aria-labelledby": heading,
        "data-testid": "modal",
        "data-view": this.id,
        on: { cancel: (event) => (event.preventDefault(), this.#close()), close: () => this.isShown && this.#close() },
      },
      this.form,
    );
    document.body.append(this.element);
  }

  update(view) {
    setText(this.title, textOf(view.title));
    setText(this.closeButton, textOf(view.close) || say("close"));
    setText(this.submitButton, textOf(view.submit));
    this.submitButton.hidden = !view.submit;
    this.surface.update(view.blocks);
    const errors = JSON.stringify(view.errors ?? {});
    if (errors !== this.errors) {
      this.errors = errors;
      this.#showErrors(view.errors ?? {});
    }
  }

  show() {
    if (this.element.open) return;
    this.isShown = true;
    this.element.showModal();
    this.#firstFocus().focus({ preventScroll: true });
  }

  /** The first field, unless there is something to read before it comes into sight. */
  #firstFocus() {
    const content = this.form.querySelector(".modal-content");
    const first = content.querySelector("input, select, textarea, button");
    if (!first) return this.closeButton;
    const isInSight = first.getBoundingClientRect().bottom < content.getBoundingClientRect().bottom;
    return isInSight ? first : content;
  }

  hide() {
    this.isShown = false;
    if (this.element.open) this.element.close();
  }

  remove() {
    this.isShown = false;
    this.element.remove();
  }

  async #submit() {
    if (this.submitButton.getAttribute("aria-busy") === "true") return;
    const wrong = this.surface.check();
    this.#showErrors(wrong);
    if (Object.keys(wrong).length) return;
    this.submitButton.setAttribute("aria-busy", "true");
    const result = await this.app.act("submit", { view: this.id, state: this.surface.values() }, { refused: (errors) => this.#showErrors(errors) });
    this.submitButton.removeAttribute("aria-busy");
    if (result.errors) this.errors = JSON.stringify(result.errors);
  }

  #showErrors(errors) {
    const count = Object.keys(errors).length;
    const shown = this.surface.showErrors(errors);
    setText(this.trouble, shown < count ? Object.values(errors).join(" ") : "");
    if (count) announce(`${sayCount("errors", count)} ${Object.values(errors).join(" ")}`);
  }

  #close() {
    this.isShown = false;
    this.dismiss(this.id);
    this.app.act("close", { view: this.id });
  }
}

/** A view's title or button is a string, or Slack's text object. */
function textOf(value) {
  return typeof value === "object" && value ? (value.text ?? "") : (value ?? "");
}
