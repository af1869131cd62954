/** The little of Markdown that Teams reads in cards and in an app's words; HTML stays text. */

const RULES = ["emphasis", "entity", "escape", "link", "list", "newline"];

const reader = globalThis.markdownit("zero", { breaks: false }).enable(RULES);

reader.renderer.rules.link_open = (tokens, index, options, env, self) => {
  tokens[index].attrSet("target", "_blank");
  tokens[index].attrSet("rel", "noopener noreferrer");
  return self.renderToken(tokens, index, options);
};

/** Returns the HTML of a text in which nothing but emphasis, lists and links means something. */
export const toHtml = (text) => reader.render(text.replaceAll("\r\n", "\n").replaceAll("\r", "\n"));

/** Returns the nodes of such a text. */
export function markdownNodes(text) {
  const parsed = new DOMParser().parseFromString(toHtml(text), "text/html");
  return [...parsed.body.childNodes];
}
