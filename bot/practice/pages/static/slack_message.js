/** One message in Slack: its markup, its blocks and its files. */

import { el, safeAddress } from "./dom.js";
import { icon } from "./icons.js";
import { MessageView } from "./message.js";
import { mrkdwn, unescape } from "./mrkdwn.js";
import { Surface } from "./surface.js";

/** Shows what Slack shows of a message. */
export class SlackMessageView extends MessageView {
  words() {
    return mrkdwn(this.message.text ?? "", this.app.knowledge);
  }

  typedText() {
    return unescape(this.message.text ?? "");
  }

  refreshBody() {
    const { message } = this;
    if (!message.blocks?.length) {
      this.surface = null;
      super.refreshBody();
      return;
    }
    this.surface ??= new Surface(this.app.knowledge, (what) => this.app.act("press", { ...this.where, ...what }));
    this.surface.update(message.blocks);
    if (this.surface.element.parentNode !== this.body) this.body.replaceChildren(this.surface.element);
    this.body.dataset.kind = "blocks";
  }

  refreshFiles() {
    const files = (this.message.files ?? []).map((file) => {
      const href = file.url ? safeAddress(file.url) : null;
      return el("li", {}, el(href ? "a" : "span", { class: "file", href, download: href ? file.name : null }, icon("file"), el("span", {}, file.name)));
    });
    this.files.replaceChildren(...files);
  }
}
