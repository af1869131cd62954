/** What the page knows: the last state, who looks, and where. */

import { knownZone } from "./moments.js";

const SIGNS = { channel: "hash", private: "lock", direct: "chat" };

/** The page's memory; views read it, only app.js changes it. */
export class Knowledge {
  constructor() {
    this.world = null;
    this.person = null;
    this.place = null;
    this.thread = null;
    this.drafts = new Map();
    this.connected = true;
    this.travelling = null;
  }

  /** Takes in a new state. */
  learn(world) {
    this.world = world;
    this.learnedAt = performance.now();
  }

  /** The practice clock, which goes on between two states. */
  get now() {
    return new Date(Date.parse(this.world.now) + performance.now() - this.learnedAt);
  }

  get me() {
    return this.world.me;
  }

  /** The zone in which this person reads clocks. */
  get zone() {
    return knownZone(this.me.tz);
  }

  get conversation() {
    return this.world.conversations.find((each) => each.id === this.place) ?? null;
  }

  get bot() {
    return this.world.people.find((each) => each.is_bot) ?? null;
  }

  /** What a conversation is called: a direct one after the bot. */
  nameOf(conversation) {
    return conversation.kind === "direct" ? (this.bot?.name ?? conversation.name) : conversation.name;
  }

  /** The same with its sign, as it stands in a sentence. */
  signedName(conversation) {
    return conversation.kind === "direct" ? this.nameOf(conversation) : `#${conversation.name}`;
  }

  /** The icon of its kind. */
  signOf(conversation) {
    return SIGNS[conversation.kind];
  }

  personById(id) {
    return this.world.people.find((each) => each.id === id) ?? null;
  }

  placeOfPerson(id) {
    return this.world.people.findIndex((each) => each.id === id);
  }

  messagesIn(conversation) {
    return this.world.messages[conversation] ?? [];
  }

  message(conversation, ts) {
    return this.messagesIn(conversation).find((each) => each.ts === ts) ?? null;
  }

  /** The messages of the conversation itself, without what was said in threads. */
  talk(conversation) {
    return this.messagesIn(conversation).filter((each) => !each.thread_ts || each.thread_ts === each.ts);
  }

  /** A thread's first message and its replies. */
  threadOf(conversation, ts) {
    return this.messagesIn(conversation).filter((each) => each.ts === ts || each.thread_ts === ts);
  }

  /** The first message of others that came since this person last looked, or null; on a first look there is none. */
  firstUnread(conversation) {
    const fromOthers = this.messagesIn(conversation.id).filter((each) => each.user !== this.person);
    if (!conversation.unread || conversation.unread >= fromOthers.length) return null;
    return fromOthers.at(-conversation.unread);
  }
}

/** Returns the route in the address: who looks, where, and at which thread. */
export function routeFromAddress() {
  const parts = new URLSearchParams(location.hash.slice(1));
  return { person: parts.get("as"), place: parts.get("in"), thread: parts.get("thread") };
}

/** Returns the address of a route. */
export function addressOf({ person, place, thread }) {
  const parts = new URLSearchParams({ as: person, in: place, ...(thread ? { thread } : {}) });
  return `#${parts}`;
}
