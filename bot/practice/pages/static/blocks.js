/** Block Kit's blocks. Each becomes a piece: its element, its controls and, for an input block, how to show an error. */

import { checkGroup, multiSelect, select } from "./choices.js";
import { button, dateInput, momentInput, numberInput, overflow, textInput } from "./controls.js";
import { el, link, setText, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { plain, textNodes } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { say } from "./words.js";

const CONTROLS = {
  button,
  overflow,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: numberInput,
  datepicker: dateInput,
  timepicker: dateInput,
  datetimepicker: momentInput,
  radio_buttons: checkGroup,
  checkboxes: checkGroup,
  static_select: select,
  users_select: select,
  conversations_select: select,
  channels_select: select,
  multi_static_select: multiSelect,
  multi_users_select: multiSelect,
  multi_conversations_select: multiSelect,
  multi_channels_select: multiSelect,
};

const BLOCKS = { header, section, actions, context, divider, image, input, rich_text: rich, data_visualization: chart };

/** Returns the piece of a block; a block the page does not know shows as such. */
export function buildBlock(block, owner) {
  const build = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : unknown;
  const piece = build(block, owner);
  piece.element.dataset.block = block.block_id ?? "";
  return piece;
}

function header(block) {
  return { element: el("h3", { class: "block-header" }, plain(block.text)), controls: [] };
}

function chart(block) {
  const [series] = block.chart.series;
  const most = Math.max(...series.data.map((point) => point.value));
  const bars = series.data.map((point) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, point.label),
      el("td", {}, el("meter", { min: 0, max: most, value: point.value, "aria-label": point.label }), ` ${point.value}`),
    ),
  );
  return { element: el("table", { class: "block-chart" }, el("caption", {}, block.title), el("tbody", {}, ...bars)), controls: [] };
}

function section(block, owner) {
  const fields = (block.fields ?? []).map((field) => el("div", { class: "section-field" }, ...textNodes(field, owner.scene)));
  const accessory = block.accessory ? accessoryPiece(block.accessory, owner) : null;
  const element = el(
    "div",
    { class: "block-section" },
    el(
      "div",
      { class: "section-words" },
      block.text ? el("div", { class: "section-text" }, ...textNodes(block.text, owner.scene)) : null,
      fields.length ? el("div", { class: "section-fields" }, ...fields) : null,
    ),
    accessory ? el("div", { class: "section-accessory" }, accessory.element) : null,
  );
  return { element, controls: accessory?.controls ?? [] };
}

function accessoryPiece(accessory, owner) {
  if (accessory.type === "image") return { element: picture(accessory, "thumb"), controls: [] };
  return controlPiece(accessory, owner);
}

function controlPiece(spec, owner) {
  const build = Object.hasOwn(CONTROLS, spec.type) ? CONTROLS[spec.type] : null;
  if (!build) return { element: unsupported(spec.type), controls: [] };
  const control = build(spec, owner.forControl(spec));
  control.spec = spec;
  return { element: control.element, controls: [control] };
}

function actions(block, owner) {
  const pieces = (block.elements ?? []).map((spec) => controlPiece(spec, owner));
  return {
    element: el("div", { class: "block-actions" }, ...pieces.map((piece) => piece.element)),
    controls: pieces.flatMap((piece) => piece.controls),
  };
}

function context(block, owner) {
  const parts = (block.elements ?? []).map((part) =>
    part.type === "image" ? picture(part, "tiny") : el("div", { class: "context-words" }, ...textNodes(part, owner.scene)),
  );
  return { element: el("div", { class: "block-context" }, ...parts), controls: [] };
}

function divider() {
  return { element: el("hr", { class: "block-divider" }), controls: [] };
}

function image(block) {
  const title = block.title ? el("figcaption", {}, plain(block.title)) : null;
  return { element: el("figure", { class: "block-image" }, title, picture(block, "whole")), controls: [] };
}

/** Only pictures of our own are loaded; one from elsewhere is described and linked. */
function picture(spec, size) {
  const address = spec.image_url ?? spec.slack_file?.url ?? "";
  const isOwn = address.startsWith("data:image/") || address.startsWith("/") || address.startsWith(`${location.origin}/`);
  if (isOwn) return el("img", { class: `picture picture-${size}`, src: address, alt: spec.alt_text ?? "", loading: "lazy" });
  return el("span", { class: `picture picture-${size} picture-away` }, link(address, spec.alt_text || say("picture")));
}

function rich(block, owner) {
  return { element: richText(block, owner.scene), controls: [] };
}

function input(block, owner) {
  const spec = block.element ?? {};
  const piece = controlPiece(spec, owner.forInput(block));
  const control = piece.controls[0];
  const ids = { label: uniqueId("label"), hint: uniqueId("hint"), error: uniqueId("error") };
  const optional = block.optional ? el("span", { class: "optional" }, ` ${say("optional")}`) : null;
  const labelTag = control && !control.isGroup ? "label" : "div";
  const label = el(labelTag, { class: "input-label", id: ids.label, for: labelTag === "label" ? control.field.id : null }, plain(block.label), optional);
  const hint = block.hint ? el("p", { class: "input-hint", id: ids.hint }, plain(block.hint)) : null;
  const error = el("p", { class: "input-error", id: ids.error, hidden: true }, icon("warning"), el("span"));
  const element = el("div", { class: "block-input" }, label, piece.element, hint, error);
  if (!control) return { element, controls: [] };
  control.field.removeAttribute("aria-label");
  if (control.isGroup) control.field.setAttribute("aria-labelledby", ids.label);
  if (!block.optional) control.field.setAttribute("aria-required", "true");
  const setError = (text) => {
    error.hidden = !text;
    element.toggleAttribute("data-wrong", Boolean(text));
    setText(error.lastChild, text ?? "");
    control.field.setAttribute("aria-invalid", String(Boolean(text)));
    control.field.setAttribute("aria-describedby", [hint && ids.hint, text && ids.error].filter(Boolean).join(" "));
  };
  element.addEventListener("input", () => setError(null));
  const check = () => {
    if (control.isEmpty()) return block.optional ? null : say("required");
    return control.problem?.() ?? null;
  };
  return { element, controls: [control], setError, check, focus: () => focusOn(control) };
}

function focusOn(control) {
  const goal = control.isGroup ? (control.field.querySelector("input:checked") ?? control.field.querySelector("input")) : control.field;
  goal?.focus();
}

function unknown(block) {
  return { element: unsupported(block.type), controls: [] };
}

function unsupported(type) {
  return el("div", { class: "unsupported" }, say("unsupported", { type: String(type) }));
}
