/** The bar at the bottom of a phone. */

import { setAttribute } from "/practice/static/dom.js";
import { Tabs, tab } from "/practice/static/tabs.js";
import { say } from "/practice/static/words.js";

/** Moves between the chat, the channel and the people. */
export class TeamsTabs extends Tabs {
  placeTabs() {
    const { app } = this;
    return {
      talk: tab("talk", "chat", say("tab-talk"), () => app.showPlace(app.knowledge.personal)),
      team: tab("team", "people", say("tab-team"), () => app.showPlace(app.knowledge.channel)),
    };
  }

  hereTab() {
    return this.app.knowledge.conversation.kind === "channel" ? "team" : "talk";
  }

  update() {
    super.update();
    const { knowledge } = this.app;
    setAttribute(this.buttons.list, "data-unread", null);
    this.#mark("talk", knowledge.personal);
    this.#mark("team", knowledge.channel);
  }

  #mark(name, conversation) {
    const isSeen = conversation?.id === this.app.knowledge.place && document.body.dataset.pane !== "list";
    setAttribute(this.buttons[name], "data-unread", !isSeen && conversation?.unread > 0);
  }
}
