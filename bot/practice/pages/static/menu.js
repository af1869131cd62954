/** One menu at a time, beside the button that opened it. */

import { el, safeAddress } from "./dom.js";

const EDGE = 8;

let current = null;

/** Opens a menu of `{label, about, address, danger, run}`; a second call on the same button closes it. */
export function openMenu(anchor, label, items) {
  const again = current?.anchor === anchor;
  closeMenu();
  if (again) return;
  const menu = el(
    "div",
    { class: "menu", role: "menu", popover: "manual", "aria-label": label, "data-testid": "menu", on: { keydown: walk } },
    ...items.map((item) => itemElement(item)),
  );
  (anchor.closest("dialog") ?? document.body).append(menu);
  menu.showPopover();
  place(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  current = { anchor, menu };
  menu.firstElementChild?.focus({ preventScroll: true });
}

/** Closes the open menu and gives the focus back to its button. */
export function closeMenu() {
  if (!current) return;
  const { anchor, menu } = current;
  current = null;
  const hadFocus = menu.contains(document.activeElement);
  menu.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (hadFocus) anchor.focus({ preventScroll: true });
}

function itemElement(item) {
  const content = [
    el("span", { class: "menu-label" }, item.label),
    item.about ? el("span", { class: "menu-about" }, item.about) : null,
  ];
  const run = () => {
    closeMenu();
    item.run?.();
  };
  const common = { class: "menu-item", role: "menuitem", tabindex: "-1", "data-danger": item.danger ?? false, on: { click: run } };
  const address = item.address ? safeAddress(item.address) : null;
  if (address) return el("a", { ...common, href: address, target: "_blank", rel: "noopener noreferrer" }, ...content);
  return el("button", { ...common, type: "button" }, ...content);
}

function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = at.bottom + 4;
  const top = below + size.height > innerHeight - EDGE ? Math.max(EDGE, at.top - size.height - 4) : below;
  const left = Math.min(Math.max(EDGE, at.right - size.width), innerWidth - size.width - EDGE);
  menu.style.setProperty("top", `${top}px`);
  menu.style.setProperty("left", `${left}px`);
}

function walk(event) {
  const items = [...event.currentTarget.children];
  const at = items.indexOf(document.activeElement);
  const goals = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
  if (event.key in goals) items.at(goals[event.key] % items.length).focus();
  else if (event.key === "Escape" || event.key === "Tab") closeMenu();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("pointerdown", (event) => {
  if (current && !current.menu.contains(event.target) && !current.anchor.contains(event.target)) closeMenu();
});
document.addEventListener("scroll", () => current && place(current.menu, current.anchor), { capture: true, passive: true });
addEventListener("resize", () => closeMenu());
