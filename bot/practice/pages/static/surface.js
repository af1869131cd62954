/** A stack of blocks that can change while somebody uses it: only blocks that differ are built again. */

import { buildBlock } from "./blocks.js";
import { el, reconcile } from "./dom.js";
import { askBlock } from "./dialogs.js";

/** Shows blocks of a message, a modal or Home; `press` sends what somebody does there and settles when it is done. */
export class Surface {
  constructor(scene, press) {
    this.scene = scene;
    this.press = press;
    this.element = el("div", { class: "blocks" });
    this.pieces = new Map();
  }

  /** Shows these blocks. */
  update(blocks) {
    const next = new Map();
    (blocks ?? []).forEach((block, index) => {
      let key = block.block_id ?? `${index}-${block.type}`;
      if (next.has(key)) key = `${key}-${index}`;
      next.set(key, this.#pieceFor(key, block, index));
    });
    const lostFocus = this.element.contains(document.activeElement) ? document.activeElement : null;
    this.pieces = next;
    reconcile(this.element, [...next.values()].map((piece) => piece.element));
    if (lostFocus && !this.element.contains(lostFocus)) this.#rescueFocus();
  }

  #pieceFor(key, block, index) {
    const signature = JSON.stringify(block);
    const known = this.pieces.get(key);
    if (known?.signature === signature) return known;
    const blockId = block.block_id ?? String(index);
    return { ...buildBlock(block, this.#owner(blockId)), blockId, signature };
  }

  /** A pressed button that is gone leaves the focus on what took its place. */
  #rescueFocus() {
    const goal = this.element.closest("[data-ts]") ?? this.element;
    if (!goal.hasAttribute("tabindex")) goal.setAttribute("tabindex", "-1");
    goal.focus({ preventScroll: true });
  }

  #owner(blockId) {
    const scene = this.scene;
    const bound = (spec) => ({ scene, dispatch: (control, value) => this.#dispatch(blockId, spec, control, value) });
    return {
      scene,
      forControl: bound,
      forInput: (block) => ({ scene, forControl: (spec) => (block.dispatch_action ? bound(spec) : { scene }) }),
    };
  }

  async #dispatch(blockId, spec, control, value) {
    if (control.isButton && control.element.getAttribute("aria-busy") === "true") return;
    if (spec.confirm && !(await askBlock(spec.confirm))) {
      control.revert?.();
      return;
    }
    control.element.setAttribute("aria-busy", "true");
    try {
      await this.press({ block_id: blockId, action_id: spec.action_id, value: String(value ?? ""), state: this.values() });
    } finally {
      control.element.removeAttribute("aria-busy");
    }
  }

  /** Returns everything entered here, as Slack's state values. */
  values() {
    const values = {};
    for (const piece of this.pieces.values()) {
      for (const control of piece.controls) {
        if (control.read) (values[piece.blockId] ??= {})[control.spec.action_id] = control.read();
      }
    }
    return values;
  }

  /** Returns what is wrong with the fields, block id by block id. */
  check() {
    const wrong = [...this.pieces.values()].map((piece) => [piece.blockId, piece.check?.()]);
    return Object.fromEntries(wrong.filter(([, text]) => text));
  }

  /** Shows errors beside their fields and moves to the first; returns how many were shown. */
  showErrors(errors) {
    const wrong = [...this.pieces.values()].filter((piece) => piece.setError && errors[piece.blockId]);
    for (const piece of this.pieces.values()) piece.setError?.(errors[piece.blockId] ?? null);
    wrong[0]?.element.scrollIntoView({ block: "nearest" });
    wrong[0]?.focus();
    return wrong.length;
  }
}
