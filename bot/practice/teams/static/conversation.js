/** The conversation in the middle, and the app's place in it. */

import { Conversation } from "/practice/static/conversation.js";
import { say } from "/practice/static/words.js";

/** Shows the chat or channel that is open. */
export class TeamsConversation extends Conversation {
  notesOn(conversation) {
    return [conversation.kind === "channel" && !conversation.has_bot ? say("without-bot") : null];
  }

  menuItems() {
    const { app } = this;
    return app.knowledge.conversation.has_bot
      ? [{ label: say("remove-from-team"), danger: true, run: () => app.act("remove_from_team") }]
      : [{ label: say("add-to-team"), run: () => app.act("add_to_team") }];
  }
}
