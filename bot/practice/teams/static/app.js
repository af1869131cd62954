/** Teams' page. */

import { readState } from "/practice/static/api.js";
import { ask } from "/practice/static/dialogs.js";
import { Page } from "/practice/static/page.js";
import { say } from "/practice/static/words.js";
import { TeamsComposer } from "./composer.js";
import { TeamsConversation } from "./conversation.js";
import { TeamsGuide } from "./guide.js";
import { TeamsKnowledge, pageShape } from "./knowledge.js";
import { TeamsMessageView } from "./message.js";
import { TeamsSidebar } from "./sidebar.js";
import { TeamsTabs } from "./tabs.js";

class TeamsPage extends Page {
  constructor() {
    super({
      Knowledge: TeamsKnowledge,
      Conversation: TeamsConversation,
      Composer: TeamsComposer,
      MessageView: TeamsMessageView,
      Sidebar: TeamsSidebar,
      Tabs: TeamsTabs,
      Guide: TeamsGuide,
    });
  }

  async readWorld(person, spoken) {
    const world = await readState(person, spoken);
    return world && pageShape(world);
  }

  renderPlace(stage) {
    stage.dataset.kind = this.knowledge.conversation.kind;
    super.renderPlace(stage);
  }

  spokenWords(message) {
    return message.summary || message.text;
  }

  /** Lets the next words answer this message. */
  quote(message) {
    this.conversation.composer.quote(message);
  }

  /** What can go wrong on the way to an app, to try. */
  troubles() {
    return [
      { label: say("redeliver"), about: say("redeliver-about"), run: () => this.act("redeliver") },
      { label: say("redeliver-fresh"), about: say("redeliver-fresh-about"), run: () => this.act("redeliver", { fresh_id: true }) },
    ];
  }

  /** Goes to a conversation from the bar of a phone. */
  showPlace(conversation) {
    document.body.removeAttribute("data-time");
    this.go({ place: conversation.id, thread: null });
  }

  /** Takes the app away from the person who looks, when they are sure. */
  async removeApp() {
    const sure = await ask({ title: say("remove-app-question"), content: [say("remove-app-about")], confirm: say("remove-app"), danger: true });
    if (sure) await this.act("remove_app");
  }
}

await new TeamsPage().begin();
