/** Which chat this page shows, as its own document says: where it asks, and whose words come first. */

const { side, api, words } = document.documentElement.dataset;

/** "slack" or "teams". */
export const SIDE = side;

/** Where this side's state and deeds are. */
export const ROOT = api;

/** How the keys of this side's words begin; the first that has a key says it. */
export const PREFIXES = words.split(" ");

/** Returns the name under which the browser keeps something of this side. */
export const keptAs = (name) => `pitstop-${side}-${name}`;
