/** What Teams' page knows, in the shape in which all pages know it. */

import { Knowledge } from "/practice/static/state.js";

const BOT = { id: "bot", name: "Pitstop", title: "", tz: null, is_bot: true, deleted: false, unread: 0 };
const BOT_ACCOUNT = "28:";

/** The memory of Teams' page. */
export class TeamsKnowledge extends Knowledge {
  signedName(conversation) {
    return this.nameOf(conversation);
  }

  signOf(conversation) {
    return conversation.kind === "direct" ? "chat" : "people";
  }

  /** The personal chat of the person who looks. */
  get personal() {
    return this.world.conversations.find((each) => each.kind === "direct") ?? null;
  }

  /** The team's channel. */
  get channel() {
    return this.world.conversations.find((each) => each.kind === "channel") ?? null;
  }
}

/** Returns a state of the practice Teams as the shared views read it. */
export function pageShape(world) {
  const messages = Object.entries(world.messages).map(([conversation, each]) => [conversation, inOrder(each)]);
  return {
    ...world,
    people: [...world.people.map((each) => ({ ...each, is_bot: false })), BOT],
    conversations: world.conversations.map((each) => ({ ...each, kind: each.kind === "personal" ? "direct" : each.kind })),
    messages: Object.fromEntries(messages),
  };
}

function inOrder(messages) {
  const byId = new Map(messages.map((each) => [each.id, each]));
  const replies = Map.groupBy(
    messages.filter((each) => each.thread),
    (each) => each.thread,
  );
  return messages.map((each) => {
    const below = replies.get(each.id) ?? [];
    return {
      ...each,
      ts: secondsOf(each.id),
      user: authorOf(each),
      quoted: each.quotes ? quoteOf(byId.get(each.quotes)) : null,
      text: each.text ?? "",
      thread_ts: each.thread ? secondsOf(each.thread) : null,
      reply_count: below.length,
      reply_ts: below.map((reply) => secondsOf(reply.id)),
    };
  });
}

const authorOf = ({ from }) => (from.startsWith(BOT_ACCOUNT) ? BOT.id : from);

/** Returns who said what is quoted, and what as long as it stands. */
const quoteOf = (before) => ({ user: before && authorOf(before), words: before && !before.deleted ? before.summary || before.text : null });

/** Teams counts milliseconds in its ids; a timestamp counts seconds. */
const secondsOf = (id) => (Number(id) / 1000).toFixed(3);

/** Returns the id of the message with this timestamp. */
export const idOf = (ts) => String(Math.round(Number(ts) * 1000));
