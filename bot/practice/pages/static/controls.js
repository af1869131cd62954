/** Block Kit's buttons and fields. A control knows its element, how to read itself as Slack state, and what is wrong with it. */

import { el, safeAddress, uniqueId } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { localInput, momentOf } from "./moments.js";
import { plain } from "./mrkdwn.js";
import { say, sayCount } from "./words.js";

/** Returns a button; pressing it dispatches its value. */
export function button(spec, owner) {
  const attributes = {
    class: "button",
    "data-style": spec.style ?? "plain",
    "data-action": spec.action_id,
    "aria-label": spec.accessibility_label,
    on: { click: () => owner.dispatch(control, spec.value ?? "") },
  };
  const address = spec.url ? safeAddress(spec.url) : null;
  const label = el("span", { class: "button-label" }, plain(spec.text));
  const element = address
    ? el("a", { ...attributes, href: address, target: "_blank", rel: "noopener noreferrer" }, label)
    : el("button", { ...attributes, type: "button" }, label);
  const control = { element, field: element, isButton: true, read: null };
  return control;
}

/** Returns a menu button with options. */
export function overflow(spec, owner) {
  const choose = (option) => {
    control.chosen = option;
    owner.dispatch(control, option.value ?? "");
  };
  const items = (spec.options ?? []).map((option) => ({
    label: plain(option.text),
    about: plain(option.description),
    address: option.url,
    run: () => choose(option),
  }));
  const element = el(
    "button",
    {
      class: "button button-icon",
      type: "button",
      "data-action": spec.action_id,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": say("more-options"),
      on: { click: () => openMenu(element, say("more-options"), items) },
    },
    icon("more"),
  );
  const control = { element, field: element, isButton: true, chosen: null };
  control.read = () => ({ type: "overflow", selected_option: control.chosen });
  return control;
}

/** Returns a one-line or many-line text field. */
export function textInput(spec, owner) {
  const kind = spec.type === "email_text_input" ? "email" : spec.type === "url_text_input" ? "url" : "text";
  const common = {
    class: "field",
    id: uniqueId("field"),
    "data-action": spec.action_id,
    placeholder: plain(spec.placeholder) || null,
    maxlength: spec.max_length,
    autocomplete: "off",
  };
  const field = spec.multiline ? el("textarea", { ...common, rows: 4 }) : el("input", { ...common, type: kind });
  field.value = spec.initial_value ?? "";
  const control = { element: field, field };
  control.read = () => ({ type: spec.type, value: field.value === "" ? null : field.value });
  control.isEmpty = () => field.value.trim() === "";
  control.problem = () => {
    if (spec.min_length && field.value.length < spec.min_length) return sayCount("too-short", spec.min_length);
    return field.validity.typeMismatch ? say("not-valid") : null;
  };
  field.addEventListener("change", () => owner.dispatch?.(control, field.value));
  return spec.max_length ? { ...control, element: counted(field, spec.max_length) } : control;
}

function counted(field, most) {
  const counter = el("span", { class: "counter", "aria-hidden": "true" });
  const show = () => {
    const left = most - field.value.length;
    counter.textContent = left <= Math.max(20, most * 0.1) ? String(left) : "";
  };
  field.addEventListener("input", show);
  show();
  return el("div", { class: "counted" }, field, counter);
}

/** Returns a number field. */
export function numberInput(spec, owner) {
  const field = el("input", {
    class: "field field-short",
    id: uniqueId("field"),
    type: "number",
    "data-action": spec.action_id,
    min: spec.min_value,
    max: spec.max_value,
    step: spec.is_decimal_allowed ? "any" : 1,
    placeholder: plain(spec.placeholder) || null,
  });
  field.value = spec.initial_value ?? "";
  const control = { element: field, field };
  control.read = () => ({ type: "number_input", value: field.value === "" ? null : field.value });
  control.isEmpty = () => field.value === "" && !field.validity.badInput;
  control.problem = () => (field.validity.valid ? null : numberProblem(spec));
  field.addEventListener("change", () => owner.dispatch?.(control, field.value));
  return control;
}

function numberProblem(spec) {
  const { min_value: least, max_value: most } = spec;
  return least != null && most != null ? say("number-between", { least, most }) : say("not-valid");
}

const DATE_FIELDS = {
  datepicker: { kind: "date", key: "selected_date", initial: "initial_date", label: "pick-date" },
  timepicker: { kind: "time", key: "selected_time", initial: "initial_time", label: "pick-time" },
};

/** Returns a date or time field. */
export function dateInput(spec, owner) {
  const shape = DATE_FIELDS[spec.type];
  const field = dateField(spec, shape.kind, say(shape.label));
  field.value = spec[shape.initial] ?? "";
  const control = { element: field, field };
  control.read = () => ({ type: spec.type, [shape.key]: field.value || null });
  control.isEmpty = () => field.value === "";
  whenSettled(field, () => owner.dispatch?.(control, field.value));
  return control;
}

/** Returns a field for a moment, kept as Slack keeps it: seconds since 1970. */
export function momentInput(spec, owner) {
  const zone = owner.scene.zone;
  const field = dateField(spec, "datetime-local", say("pick-moment"));
  field.value = spec.initial_date_time ? localInput(new Date(spec.initial_date_time * 1000), zone) : "";
  const seconds = () => (field.value ? momentOf(field.value, zone).getTime() / 1000 : null);
  const control = { element: field, field };
  control.read = () => ({ type: "datetimepicker", selected_date_time: seconds() });
  control.isEmpty = () => field.value === "";
  whenSettled(field, () => owner.dispatch?.(control, seconds()));
  return control;
}

function dateField(spec, type, fallback) {
  return el("input", {
    class: "field field-short",
    id: uniqueId("field"),
    type,
    "data-action": spec.action_id,
    "aria-label": plain(spec.placeholder) || fallback,
  });
}

/** Typing a date passes through valid but unwanted ones, so typed values count on Enter or when the field is left. */
function whenSettled(field, settle) {
  let typed = false;
  let last = field.value;
  const commit = () => {
    typed = false;
    if (field.value === last) return;
    last = field.value;
    settle();
  };
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") commit();
    else if (event.key !== "Tab") typed = true;
  });
  field.addEventListener("change", () => typed || commit());
  field.addEventListener("blur", commit);
}
