/** Builds elements from data; text always becomes a text node, so nothing in data can become markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Returns an element; `on` maps event names to listeners, null and false attributes are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") listen(element, value);
    else setAttribute(element, name, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

function listen(element, listeners) {
  for (const [event, listener] of Object.entries(listeners)) element.addEventListener(event, listener);
}

/** Sets an attribute, or takes it away when the value is null, undefined or false. */
export function setAttribute(element, name, value) {
  if (value == null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

/** Returns an SVG element. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Makes the wanted elements the parent's children, touching only what differs, so that focus and typing survive. */
export function reconcile(parent, wanted) {
  const keep = new Set(wanted);
  for (const child of [...parent.childNodes]) if (!keep.has(child)) child.remove();
  let cursor = parent.firstChild;
  for (const element of wanted) {
    if (element === cursor) cursor = cursor.nextSibling;
    else parent.insertBefore(element, cursor);
  }
}

/** Sets text only when it differs, so that a screen reader is not told twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Returns an address that is safe to link to, or null: scripts and unknown schemes are refused. */
export function safeAddress(address) {
  try {
    const url = new URL(address, location.origin);
    return ["http:", "https:", "mailto:", "tel:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** Returns a link that opens beside the page, or the label alone when the address is not safe. */
export function link(address, ...label) {
  const href = safeAddress(address);
  return href ? el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...label) : el("span", {}, ...label);
}

/** A screen that shows one pane at a time. */
export const NARROW = matchMedia("(max-width: 819px)");

/** True on such a screen. */
export function isNarrow() {
  return NARROW.matches;
}

let serial = 0;

/** Returns an id that no other element has. */
export function uniqueId(stem) {
  serial += 1;
  return `${stem}-${serial}`;
}
