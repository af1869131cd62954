/** The page's words, in the language of the person at the screen. */

import { readWords } from "./api.js";
import { PREFIXES } from "./side.js";

const ISOLATES = /[\u2066-\u2069]/g;

let words = {};
let spoken = "en";

/** Returns the language to start with: the one chosen before, or the browser's. */
export function firstLanguage() {
  const chosen = localStorage.getItem("pitstop-language");
  if (chosen === "en" || chosen === "nl") return chosen;
  return navigator.language.toLowerCase().startsWith("nl") ? "nl" : "en";
}

/** Loads all words of a language. */
export async function learn(language) {
  words = await readWords(language);
  spoken = language;
  document.documentElement.lang = language;
}

/** Returns the language now spoken: "en" or "nl". */
export const language = () => spoken;

/** Returns the locale for dates and plurals. */
export const locale = () => (spoken === "nl" ? "nl-NL" : "en-GB");

/** Returns true when there are words for the key. */
export const knows = (key) => worded(key) !== undefined;

function worded(key) {
  const prefix = PREFIXES.find((each) => each + key in words);
  return prefix && words[prefix + key];
}

/** Returns the words for a key, with `{ $name }` replaced; an unknown key shows itself. */
export function say(key, values = {}) {
  const text = (worded(key) ?? key).replace(ISOLATES, "");
  return text.replace(/\{\s*\$?([\w-]+)\s*\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Returns the words for a number of things: keys end in -one and -other. */
export function sayCount(key, count, values = {}) {
  const form = new Intl.PluralRules(locale()).select(count) === "one" ? "one" : "other";
  return say(`${key}-${form}`, { count, ...values });
}

/** Returns every key that starts with the given one, without the prefix, each once. */
export function keysUnder(start) {
  const found = PREFIXES.flatMap((prefix) =>
    Object.keys(words)
      .filter((key) => key.startsWith(prefix + start))
      .map((key) => key.slice(prefix.length)),
  );
  return [...new Set(found)];
}
