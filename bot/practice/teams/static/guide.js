/** The first five minutes in Teams. */

import { Guide } from "/practice/static/guide.js";
import { say } from "/practice/static/words.js";

/** Shows what to try first. Forms come as cards in the chat, so a press can complete a step. */
export class TeamsGuide extends Guide {
  stepOf(action, body) {
    if (action === "press" && body.data.pitstop?.form) return this.done.has("1") ? "2" : "1";
    if (action === "travel") return "3";
    return action === "say" ? this.stepAsked(body.text.replace(/^@Pitstop\s+/i, "")) : null;
  }

  go(number, { coach, manager, channel }) {
    const chat = this.app.knowledge.personal?.id;
    if (number === "1") this.app.lookAs(coach, { place: channel, prefill: `@Pitstop ${say("verb-start")}` });
    if (number === "2") this.app.lookAs(manager, { place: channel });
    if (number === "3") this.app.travel("event", say("next-event"));
    if (number === "4") this.app.lookAs(coach, { place: chat, prefill: say("verb-log") });
    if (number === "5") this.app.lookAs(manager, { place: channel, prefill: `@Pitstop ${say("verb-reading")}` });
    if (number === "6") this.app.lookAs(coach, { place: chat, prefill: say("verb-council") });
  }
}
