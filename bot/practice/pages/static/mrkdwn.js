/** Slack's own markup, as DOM nodes. */

import { el, link } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { fillDateTokens } from "./moments.js";
import { say } from "./words.js";

const FENCE = /```([\s\S]+?)```/;
const QUOTED = /^(?:&gt;|>) ?/;
const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    "<(?<entity>[^<>\\n]+)>",
    "(?<![\\w*])\\*(?=[^\\s*])(?<bold>[^*\\n]*?[^\\s*])\\*(?![\\w*])",
    "(?<![\\w])_(?=[^\\s_])(?<italic>[^_\\n]*?[^\\s_])_(?![\\w])",
    "(?<![\\w~])~(?=[^\\s~])(?<strike>[^~\\n]*?[^\\s~])~(?![\\w~])",
    ":(?<emoji>[a-z0-9_+-]+):(?::skin-tone-\\d:)?",
    "(?<address>https?://[^\\s<>|]+[^\\s<>|.,;:!?'\")\\]])",
  ].join("|"),
  "g",
);

/** Undoes Slack's three escapes. */
export function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Returns the nodes of a mrkdwn text; `scene` names people and conversations. */
export function mrkdwn(text, scene) {
  const nodes = [];
  let rest = String(text ?? "");
  for (let fence = FENCE.exec(rest); fence; fence = FENCE.exec(rest)) {
    nodes.push(...lines(rest.slice(0, fence.index).replace(/\n$/, ""), scene));
    nodes.push(el("pre", {}, unescape(fence[1].replace(/^\n|\n$/g, ""))));
    rest = rest.slice(fence.index + fence[0].length).replace(/^\n/, "");
  }
  nodes.push(...lines(rest, scene));
  return nodes;
}

function lines(text, scene) {
  if (!text) return [];
  const nodes = [];
  let group = [];
  let quoted = false;
  const close = () => {
    if (!group.length) return;
    const content = inline(group.join("\n"), scene);
    nodes.push(quoted ? el("blockquote", {}, ...content) : el("span", { class: "lines" }, ...content));
    group = [];
  };
  let openEnded = false;
  for (const line of text.split("\n")) {
    if (!openEnded && /^(?:&gt;|>){3}/.test(line)) openEnded = true;
    const isQuote = openEnded || QUOTED.test(line);
    if (isQuote !== quoted) close();
    quoted = isQuote;
    group.push(isQuote ? line.replace(/^(?:&gt;|>){3} ?/, "").replace(QUOTED, "") : line);
  }
  close();
  return nodes;
}

function inline(text, scene) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > end) nodes.push(unescape(text.slice(end, match.index)));
    nodes.push(inlineNode(match, scene));
    end = match.index + match[0].length;
  }
  if (end < text.length) nodes.push(unescape(text.slice(end)));
  return nodes;
}

function inlineNode(match, scene) {
  const { code, entity, bold, italic, strike, emoji: name, address } = match.groups;
  if (code !== undefined) return el("code", {}, unescape(code));
  if (entity !== undefined) return entityNode(entity, match[0], scene);
  if (bold !== undefined) return el("strong", {}, ...inline(bold, scene));
  if (italic !== undefined) return el("em", {}, ...inline(italic, scene));
  if (strike !== undefined) return el("s", {}, ...inline(strike, scene));
  if (name !== undefined) return emoji(name) ?? match[0];
  return link(unescape(address), unescape(address));
}

function entityNode(entity, whole, scene) {
  const [target, label] = splitOnce(entity, "|");
  if (target.startsWith("@")) return mention(target.slice(1), scene, label);
  if (target.startsWith("#")) return channelMention(target.slice(1), scene, label);
  if (target.startsWith("!date^")) return dateNode(target, label, scene);
  if (/^!(?:channel|here|everyone)$/.test(target)) return el("span", { class: "mention" }, `@${target.slice(1)}`);
  if (target.startsWith("!subteam^")) return el("span", { class: "mention" }, label ? unescape(label) : "@…");
  if (/^(?:https?|mailto|tel):/.test(target)) return link(unescape(target), withEmoji(unescape(label ?? target)));
  return unescape(whole);
}

function splitOnce(text, mark) {
  const at = text.indexOf(mark);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + mark.length)];
}

/** Returns a person's name as a mention; the viewer's own name stands out. */
export function mention(id, scene, label) {
  const name = scene.personById(id)?.name ?? (label ? unescape(label) : say("somebody"));
  return el("span", { class: "mention", "data-me": id === scene.person }, `@${name}`);
}

/** Returns a conversation's name as a mention. */
export function channelMention(id, scene, label) {
  const known = scene.world.conversations.find((each) => each.id === id);
  return el("span", { class: "mention" }, `#${known?.name ?? (label ? unescape(label) : say("private-channel"))}`);
}

function dateNode(target, fallback, scene) {
  const [, seconds, pattern, address] = target.split("^");
  const moment = Number(seconds);
  const text = Number.isFinite(moment) && pattern ? fillDateTokens(unescape(pattern), moment, scene.zone) : unescape(fallback ?? "");
  return address ? link(unescape(address), text) : el("time", {}, text);
}

/** Returns the nodes of a Block Kit text object. */
export function textNodes(text, scene) {
  if (!text) return [];
  if (text.type === "mrkdwn") return mrkdwn(text.text, scene);
  return [el("span", { class: "lines" }, plain(text))];
}

/** Returns a Block Kit text object as a plain string. */
export function plain(text) {
  if (!text) return "";
  return text.emoji === false ? text.text : withEmoji(text.text ?? "");
}
