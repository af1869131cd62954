/** Slack's page. */

import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { ask } from "./dialogs.js";
import { reconcile } from "./dom.js";
import { Guide } from "./guide.js";
import { Home } from "./home.js";
import { Modals } from "./modal.js";
import { mrkdwn } from "./mrkdwn.js";
import { Page } from "./page.js";
import { Sidebar } from "./sidebar.js";
import { SlackMessageView } from "./slack_message.js";
import { Knowledge } from "./state.js";
import { Tabs } from "./tabs.js";
import { say } from "./words.js";

class SlackPage extends Page {
  constructor() {
    super({ Knowledge, Conversation, Composer, MessageView: SlackMessageView, Sidebar, Tabs, Guide });
  }

  get hasHome() {
    return true;
  }

  mountOwn() {
    this.home = new Home(this);
    this.modals = new Modals(this);
  }

  renderPlace(stage) {
    if (this.knowledge.place === "home") {
      this.home.update();
      reconcile(stage, [this.home.element]);
    } else {
      this.home.leave();
      super.renderPlace(stage);
    }
  }

  renderOwn() {
    this.modals.update();
  }

  placeName() {
    return this.knowledge.place === "home" ? say("home-title") : super.placeName();
  }

  spokenWords(message) {
    const words = document.createElement("div");
    words.append(...mrkdwn(message.text ?? "", this.knowledge));
    return words.textContent;
  }

  /** What can go wrong with an app in a workspace, to try. */
  troubles() {
    return [
      { label: say("redeliver"), about: say("redeliver-about"), run: () => this.act("redeliver") },
      { label: say("install"), about: say("install-about"), run: () => this.act("install") },
      { label: say("revoke"), about: say("revoke-about"), danger: true, run: () => this.act("revoke") },
      { label: say("uninstall"), about: say("uninstall-short"), danger: true, run: () => this.#uninstall() },
    ];
  }

  async #uninstall() {
    const sure = await ask({ title: say("uninstall-question"), content: [say("uninstall-about")], confirm: say("uninstall"), danger: true });
    if (sure) await this.act("uninstall");
  }
}

await new SlackPage().begin();
