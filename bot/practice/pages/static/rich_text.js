/** Rich text blocks, as DOM nodes. */

import { el, link } from "./dom.js";
import { emoji, emojiFromCode } from "./emoji.js";
import { fillDateTokens } from "./moments.js";
import { channelMention, mention } from "./mrkdwn.js";

const STYLES = { bold: "strong", italic: "em", strike: "s", underline: "u", code: "code" };

/** Returns the element of a whole rich_text block. */
export function richText(block, scene) {
  return el("div", { class: "rich" }, ...(block.elements ?? []).map((part) => partNode(part, scene)));
}

function partNode(part, scene) {
  const content = () => (part.elements ?? []).map((each) => inlineNode(each, scene));
  switch (part.type) {
    case "rich_text_section":
      return el("p", { class: "lines" }, ...content());
    case "rich_text_quote":
      return el("blockquote", {}, ...content());
    case "rich_text_preformatted":
      return el("pre", {}, ...content());
    case "rich_text_list":
      return listNode(part, scene);
    default:
      return el("p", { class: "unsupported" }, String(part.type));
  }
}

function listNode(part, scene) {
  const tag = part.style === "ordered" ? "ol" : "ul";
  const start = part.offset ? part.offset + 1 : null;
  const items = (part.elements ?? []).map((item) => el("li", {}, ...(item.elements ?? []).map((each) => inlineNode(each, scene))));
  return el(tag, { start, "data-indent": Math.min(part.indent ?? 0, 8) }, ...items);
}

function inlineNode(element, scene) {
  return Object.entries(STYLES).reduce(
    (node, [style, tag]) => (element.style?.[style] ? el(tag, {}, node) : node),
    bareNode(element, scene),
  );
}

function bareNode(element, scene) {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return link(element.url, element.text || element.url);
    case "user":
      return mention(element.user_id, scene);
    case "channel":
      return channelMention(element.channel_id, scene);
    case "usergroup":
      return el("span", { class: "mention" }, "@…");
    case "broadcast":
      return el("span", { class: "mention" }, `@${element.range}`);
    case "emoji":
      return emojiFromCode(element.unicode) ?? emoji(element.name) ?? `:${element.name}:`;
    case "date":
      return el("time", {}, fillDateTokens(element.format ?? "{date}", element.timestamp, scene.zone));
    case "color":
      return el("code", {}, element.value);
    default:
      return element.text ?? element.fallback ?? "";
  }
}
