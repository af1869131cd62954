/** Questions in a dialog; each answers once. */

import { el, uniqueId } from "./dom.js";
import { plain, textNodes } from "./mrkdwn.js";
import { say } from "./words.js";

/** Asks yes or no; Esc and a click beside the dialog mean no. */
export function ask({ title, content, confirm, deny, danger = false }) {
  const heading = uniqueId("question");
  return new Promise((resolve) => {
    const finish = (answer) => {
      dialog.remove();
      resolve(answer);
      opener?.focus?.({ preventScroll: true });
    };
    const opener = document.activeElement;
    const no = el("button", { class: "button", type: "button", "data-testid": "dialog-deny", on: { click: () => finish(false) } }, deny ?? say("cancel"));
    const yes = el(
      "button",
      { class: "button", type: "submit", "data-style": danger ? "danger" : "primary", "data-testid": "dialog-confirm" },
      confirm,
    );
    const form = el(
      "form",
      { class: "dialog-body", on: { submit: (event) => (event.preventDefault(), finish(true)) } },
      el("h2", { id: heading, class: "dialog-title" }, title),
      el("div", { class: "dialog-text" }, ...content),
      el("div", { class: "dialog-buttons" }, no, yes),
    );
    const dialog = el(
      "dialog",
      {
        class: "dialog",
        "aria-labelledby": heading,
        "data-testid": "dialog",
        on: {
          cancel: (event) => (event.preventDefault(), finish(false)),
          click: (event) => event.target === dialog && finish(false),
        },
      },
      form,
    );
    document.body.append(dialog);
    dialog.showModal();
    (form.querySelector(".field") ?? (danger ? no : yes)).focus();
  });
}

/** Asks what a Block Kit confirm object wants to know. */
export function askBlock(confirm) {
  return ask({
    title: plain(confirm.title) || say("sure"),
    content: textNodes(confirm.text, { world: { conversations: [] }, personById: () => null, zone: "UTC" }),
    confirm: plain(confirm.confirm) || say("yes"),
    deny: plain(confirm.deny) || say("cancel"),
    danger: confirm.style === "danger",
  });
}

/** Asks for one of the browser's time zones; null when nothing was chosen. */
export async function askZone(current) {
  const list = uniqueId("zones");
  const field = el("input", { class: "field", list, value: current ?? "", "aria-label": say("zone"), "data-testid": "zone-field" });
  const zones = Intl.supportedValuesOf("timeZone").map((zone) => el("option", { value: zone }));
  const agreed = await ask({
    title: say("zone-change"),
    content: [field, el("datalist", { id: list }, ...zones)],
    confirm: say("save"),
  });
  return agreed ? field.value.trim() : null;
}
