/** An Adaptive Card, drawn by Microsoft's own renderer. */

import { el, safeAddress } from "/practice/static/dom.js";
import { HOST_CONFIG } from "./host_config.js";
import { toHtml } from "./markdown.js";

const { AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction, SubmitAction } = globalThis.AdaptiveCards;

const hostConfig = new HostConfig(HOST_CONFIG);
const PEOPLE = "graph.microsoft.com/users";
const OWN_IDS = "__ac-"; // how the ids begin that the renderer itself needs

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = toHtml(text);
  result.didProcess = true;
};

/** Shows a card; it is drawn again only when another one took its place, so that what was typed survives. */
export class CardView {
  /** `press` sends what a button carries; `people` returns who can be picked. */
  constructor({ people, press }) {
    this.people = people;
    this.press = press;
    this.signature = null;
    this.isBusy = false;
    this.element = el("div", { class: "card", "data-testid": "card" });
  }

  /** Shows this card. */
  update(json) {
    const signature = JSON.stringify(json);
    if (signature === this.signature) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.signature = signature;
    this.element.replaceChildren(...this.#drawn(json));
    if (hadFocus) this.element.closest(".message")?.focus({ preventScroll: true });
  }

  #drawn(json) {
    const card = new AdaptiveCard();
    card.hostConfig = hostConfig;
    card.onExecuteAction = (action) => this.#run(action);
    card.parse(withPeople(json, this.people()));
    const drawn = card.render();
    for (const each of drawn?.querySelectorAll("[id]") ?? []) nameInstead(each);
    return drawn ? [drawn] : [];
  }

  #run(action) {
    if (action instanceof OpenUrlAction) openBeside(action.url);
    else if (action instanceof ExecuteAction || action instanceof SubmitAction) this.#send(action);
  }

  async #send(action) {
    if (this.isBusy) return;
    this.isBusy = true;
    action.renderedElement?.setAttribute("aria-busy", "true");
    try {
      await this.press(pressOf(action));
    } finally {
      this.isBusy = false;
      action.renderedElement?.removeAttribute("aria-busy");
    }
  }
}

/** Returns what a press carries: the button's own data apart from what was filled in. */
function pressOf(action) {
  const data = { ...action.data };
  const inputs = {};
  for (const [id, input] of Object.entries(action.getReferencedInputs() ?? {})) {
    inputs[id] = String(input.value ?? "");
    delete data[id];
  }
  return { verb: action.verb ?? "", data, inputs, ...(action instanceof SubmitAction ? { submit: true } : {}) };
}

/** Fills the fields that pick people from the directory with the people who live here; what a button carries stays. */
function withPeople(json, people) {
  if (Array.isArray(json)) return json.map((each) => withPeople(each, people));
  if (json === null || typeof json !== "object") return json;
  const { "choices.data": query, ...rest } = json;
  const filled = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, key === "data" ? value : withPeople(value, people)]));
  if (query?.dataset === PEOPLE) filled.choices = [...(filled.choices ?? []), ...people.map(({ id, name }) => ({ title: name, value: id }))];
  return filled;
}

/** An id of a card is no id of the page: two cards may well have the same. */
function nameInstead(element) {
  if (element.id.startsWith(OWN_IDS)) return;
  element.dataset.name = element.id;
  element.removeAttribute("id");
}

function openBeside(address) {
  const href = safeAddress(address);
  if (href) window.open(href, "_blank", "noopener,noreferrer");
}
