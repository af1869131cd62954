/** Moments shown in somebody's own zone; all moments are Date objects or Slack timestamps. */

import { locale, say } from "./words.js";

const formats = new Map();

function format(zone, options) {
  const key = `${locale()} ${zone} ${JSON.stringify(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale(), { timeZone: zone, ...options }));
  return formats.get(key);
}

const zones = new Map();

/** Returns the zone itself when the browser knows it, else UTC. */
export function knownZone(zone) {
  if (!zones.has(zone)) zones.set(zone, isZone(zone) ? zone : "UTC");
  return zones.get(zone);
}

function isZone(zone) {
  if (!zone) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

/** Returns the city of a zone, e.g. "New York"; a missing zone is said in words. */
export function zoneName(zone) {
  return isZone(zone) ? zone.split("/").at(-1).replaceAll("_", " ") : say("zone-unset");
}

/** Returns the moment of a Slack timestamp. */
export const fromTs = (ts) => new Date(Number(ts) * 1000);

/** Returns "10:05". */
export const clockTime = (moment, zone) => format(zone, { hour: "2-digit", minute: "2-digit" }).format(moment);

/** Returns "Tue 24 Nov". */
export const shortDay = (moment, zone) =>
  format(zone, { weekday: "short", day: "numeric", month: "short" }).format(moment).replaceAll(",", "");

/** Returns "Tue 10:05". */
export const dayAndTime = (moment, zone) =>
  `${format(zone, { weekday: "short" }).format(moment)} ${clockTime(moment, zone)}`;

/** Returns "Tuesday 24 November 2026 10:05". */
export const fullMoment = (moment, zone) => `${longDay(moment, zone)} ${clockTime(moment, zone)}`;

/** Returns "Tuesday 24 November 2026". */
export const longDay = (moment, zone) =>
  format(zone, { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(moment).replaceAll(",", "");

/** Returns "2026-11-24", the same for all moments of one local day. */
export function dayKey(moment, zone) {
  return localInput(moment, zone).slice(0, 10);
}

/** Returns what stands on a day divider: today, yesterday, or the date. */
export function dayName(moment, now, zone) {
  const key = dayKey(moment, zone);
  if (key === dayKey(now, zone)) return say("today");
  const yesterday = new Date(now.getTime() - 24 * 3600 * 1000);
  if (key === dayKey(yesterday, zone)) return say("yesterday");
  const sameYear = key.slice(0, 4) === dayKey(now, zone).slice(0, 4);
  const options = { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) };
  return format(zone, options).format(moment).replaceAll(",", "");
}

const inputFormats = new Map();

/** Returns the local wall time as a date-time field wants it: "2026-11-24T10:05". */
export function localInput(moment, zone) {
  if (!inputFormats.has(zone)) {
    inputFormats.set(zone, new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" }));
  }
  return inputFormats.get(zone).format(moment).replace(" ", "T");
}

/** Returns the moment at which a zone's clocks show the wall time; a skipped hour gives the hour after it. */
export function momentOf(wall, zone) {
  const asUtc = new Date(`${wall}Z`);
  let guess = asUtc;
  for (let round = 0; round < 2; round += 1) {
    const shown = new Date(`${localInput(guess, zone)}Z`);
    guess = new Date(guess.getTime() + asUtc.getTime() - shown.getTime());
  }
  return guess;
}

/** Fills Slack's date tokens, e.g. "{date_long} {time}", in a zone. */
export function fillDateTokens(pattern, seconds, zone) {
  const moment = new Date(seconds * 1000);
  const day = (options) => format(zone, options).format(moment);
  const tokens = {
    date_num: () => dayKey(moment, zone),
    date: () => day({ day: "numeric", month: "long", year: "numeric" }),
    date_short: () => day({ day: "numeric", month: "short", year: "numeric" }),
    date_long: () => longDay(moment, zone),
    day_divider_pretty: () => longDay(moment, zone),
    time: () => clockTime(moment, zone),
    time_secs: () => day({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    ago: () => day({ day: "numeric", month: "short" }),
  };
  return pattern.replace(/\{(\w+?)(?:_pretty)?\}/g, (whole, name) => (tokens[name] ?? (() => whole))());
}
