/** The left side: who looks, the team's channel and the chat with the app. */

import { Sidebar } from "/practice/static/sidebar.js";
import { say } from "/practice/static/words.js";

/** Lets somebody look as another person, and have the app or not. */
export class TeamsSidebar extends Sidebar {
  personItems() {
    const { app } = this;
    const own = app.knowledge.personal?.has_bot
      ? { label: say("remove-app"), danger: true, run: () => app.removeApp() }
      : { label: say("add-app"), run: () => app.act("add_app") };
    return [own, ...super.personItems()];
  }
}
