/** Block Kit's choices: radio buttons, checkboxes and selects. */

import { el, uniqueId } from "./dom.js";
import { plain, textNodes } from "./mrkdwn.js";
import { say, sayCount } from "./words.js";

/** Returns radio buttons or checkboxes. */
export function checkGroup(spec, owner) {
  const many = spec.type === "checkboxes";
  const name = uniqueId("choice");
  const chosenValues = new Set(
    (many ? (spec.initial_options ?? []) : [spec.initial_option].filter(Boolean)).map((each) => each.value),
  );
  const boxes = (spec.options ?? []).map((option) => {
    const box = el("input", { type: many ? "checkbox" : "radio", name, value: option.value, "data-action": spec.action_id });
    box.checked = chosenValues.has(option.value);
    return { box, option };
  });
  const element = el(
    "div",
    { class: "choices", role: many ? "group" : "radiogroup", tabindex: "-1" },
    ...boxes.map(({ box, option }) =>
      el(
        "label",
        { class: "choice" },
        box,
        el(
          "span",
          { class: "choice-words" },
          ...textNodes(option.text, owner.scene),
          option.description ? el("span", { class: "choice-about" }, ...textNodes(option.description, owner.scene)) : null,
        ),
      ),
    ),
  );
  const chosen = () => boxes.filter(({ box }) => box.checked).map(({ option }) => option);
  const control = { element, field: element, isGroup: true };
  control.read = () =>
    many ? { type: spec.type, selected_options: chosen() } : { type: spec.type, selected_option: chosen()[0] ?? null };
  control.isEmpty = () => chosen().length === 0;
  element.addEventListener("change", () => {
    const values = chosen().map((each) => each.value);
    owner.dispatch?.(control, many ? values : values[0]);
  });
  return control;
}

/** What a select offers and the name Slack gives its answer. */
const KINDS = {
  static_select: { one: "selected_option", many: "selected_options", initial: "initial_option", initials: "initial_options" },
  users_select: { one: "selected_user", many: "selected_users", initial: "initial_user", initials: "initial_users" },
  conversations_select: {
    one: "selected_conversation",
    many: "selected_conversations",
    initial: "initial_conversation",
    initials: "initial_conversations",
  },
  channels_select: { one: "selected_channel", many: "selected_channels", initial: "initial_channel", initials: "initial_channels" },
};

function offered(kind, spec, scene) {
  if (kind === "static_select") {
    const groups = spec.option_groups ?? [{ label: null, options: spec.options ?? [] }];
    return groups.map((group) => ({
      label: plain(group.label),
      options: group.options.map((option) => ({ value: option.value, label: plain(option.text), about: plain(option.description), answer: option })),
    }));
  }
  const things =
    kind === "users_select"
      ? scene.world.people.filter((each) => !each.is_bot && !each.deleted)
      : scene.world.conversations.filter((each) => each.kind !== "direct" && !each.is_archived);
  const sign = kind === "users_select" ? "" : "#";
  return [{ label: "", options: things.map((each) => ({ value: each.id, label: sign + each.name, about: "", answer: each.id })) }];
}

const valueOf = (answer) => (typeof answer === "string" ? answer : answer?.value);

/** Returns a drop-down with one answer. */
export function select(spec, owner) {
  const shape = KINDS[spec.type];
  const groups = offered(spec.type, spec, owner.scene);
  const answers = new Map(groups.flatMap((group) => group.options.map((option) => [option.value, option.answer])));
  const placeholder = plain(spec.placeholder) || say("choose");
  const field = el(
    "select",
    { class: "field field-select", id: uniqueId("field"), "data-action": spec.action_id, "aria-label": placeholder },
    el("option", { value: "" }, placeholder),
    ...groups.map((group) => {
      const options = group.options.map((option) => el("option", { value: option.value }, option.label));
      return group.label ? el("optgroup", { label: group.label }, ...options) : options;
    }).flat(),
  );
  field.value = valueOf(spec[shape.initial]) ?? "";
  let last = field.value;
  const control = { element: field, field };
  control.read = () => ({ type: spec.type, [shape.one]: answers.get(field.value) ?? null });
  control.isEmpty = () => field.value === "";
  control.revert = () => (field.value = last);
  field.addEventListener("change", async () => {
    await owner.dispatch?.(control, field.value);
    last = field.value;
  });
  return control;
}

const SEARCH_FROM = 9;

/** Returns a list of checkboxes for a select with many answers, with a search box when it is long. */
export function multiSelect(spec, owner) {
  const kind = spec.type.replace("multi_", "");
  const shape = KINDS[kind];
  const options = offered(kind, spec, owner.scene).flatMap((group) => group.options);
  const initial = new Set((spec[shape.initials] ?? []).map(valueOf));
  const most = spec.max_selected_items ?? Infinity;
  const rows = options.map((option) => {
    const box = el("input", { type: "checkbox", value: option.value, "data-action": spec.action_id });
    box.checked = initial.has(option.value);
    const words = el("span", { class: "choice-words" }, option.label, option.about ? el("span", { class: "choice-about" }, option.about) : null);
    return { box, option, row: el("label", { class: "choice" }, box, words) };
  });
  const count = el("p", { class: "multi-count" });
  const search = el("input", { class: "field", type: "search", "aria-label": say("search"), placeholder: say("search"), autocomplete: "off" });
  search.addEventListener("input", (event) => {
    event.stopPropagation();
    const wanted = search.value.trim().toLowerCase();
    for (const { row, option } of rows) row.hidden = !option.label.toLowerCase().includes(wanted);
  });
  search.addEventListener("change", (event) => event.stopPropagation());
  const element = el(
    "div",
    { class: "multi", role: "group", tabindex: "-1", "aria-label": plain(spec.placeholder) || null },
    rows.length >= SEARCH_FROM ? search : null,
    el("div", { class: "multi-rows" }, ...rows.map(({ row }) => row)),
    count,
  );
  const chosen = () => rows.filter(({ box }) => box.checked).map(({ option }) => option);
  const show = () => {
    const full = chosen().length >= most;
    for (const { box } of rows) box.disabled = full && !box.checked;
    count.textContent = chosen().length ? sayCount("chosen", chosen().length) : plain(spec.placeholder) || say("none-chosen");
  };
  const control = { element, field: element, isGroup: true };
  control.read = () => ({ type: spec.type, [shape.many]: chosen().map((option) => option.answer) });
  control.isEmpty = () => chosen().length === 0;
  element.addEventListener("change", () => {
    show();
    owner.dispatch?.(control, chosen().map((option) => option.value));
  });
  show();
  return control;
}
