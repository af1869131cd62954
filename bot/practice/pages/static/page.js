/** The page of a chat: fetches what the person who looks sees, and lets every view show it. */

import { act, listen, readState } from "./api.js";
import { TimeBar } from "./clock.js";
import { isNarrow, reconcile } from "./dom.js";
import { closeMenu } from "./menu.js";
import { Notices, announce, errorWords, toast } from "./notices.js";
import { keptAs } from "./side.js";
import { addressOf, routeFromAddress } from "./state.js";
import { Thread } from "./thread.js";
import { firstLanguage, language, learn, say, sayCount } from "./words.js";

const BETWEEN_READS = 120;
const TICK = 1000;
const PERSON_KEY = keptAs("person");

/**
 * What the pages of all chats share. `views` are the classes that show things here:
 * Knowledge, Conversation, Composer, MessageView, Sidebar, Tabs and Guide.
 */
export class Page {
  constructor(views) {
    this.views = views;
    this.knowledge = new views.Knowledge();
    this.reading = null;
    this.isStale = false;
    this.heard = null;
    this.marking = null;
    this.talk = null;
  }

  /** Whether the app has a page of its own beside the conversations. */
  get hasHome() {
    return false;
  }

  /** Reads what a person sees, or null. */
  readWorld(person, spoken) {
    return readState(person, spoken);
  }

  /** Builds the views that only this chat has. */
  mountOwn() {}

  /** Shows the place that is open. */
  renderPlace(stage) {
    reconcile(stage, [this.conversation.element]);
    this.conversation.update(this.guide.shown);
    this.#markRead();
  }

  /** Shows what only this chat has. */
  renderOwn() {}

  /** What the place that is open is called. */
  placeName() {
    return this.knowledge.signedName(this.knowledge.conversation);
  }

  /** A message as assistive technology says it. */
  spokenWords(message) {
    return message.text ?? "";
  }

  async begin() {
    const route = routeFromAddress();
    const spoken = firstLanguage();
    const [, world] = await untilThere(() => Promise.all([learn(spoken), this.#firstWorld(route.person, spoken)]));
    this.knowledge.learn(world);
    this.knowledge.person = world.me.id;
    this.#settle(route);
    this.#mount();
    this.guide.openAtFirst();
    this.render();
    listen((version) => this.refresh(version), (isOpen) => this.#connection(isOpen));
    addEventListener("hashchange", () => this.#follow(routeFromAddress()));
    setInterval(() => this.#tick(), TICK);
    document.addEventListener("visibilitychange", () => this.render());
  }

  /** The world as the wanted person sees it, or as whoever comes first. */
  async #firstWorld(wanted, spoken) {
    const person = wanted ?? localStorage.getItem(PERSON_KEY);
    return (person && (await this.readWorld(person, spoken))) || (await this.readWorld("", spoken));
  }

  #mount() {
    this.notices = new Notices(this);
    this.timeBar = new TimeBar(this);
    this.sidebar = new this.views.Sidebar(this);
    this.conversation = new this.views.Conversation(this);
    this.thread = new Thread(this);
    this.tabs = new this.views.Tabs(this);
    this.mountOwn();
    const { isOpen = false, isAskedFor = false } = this.guide ?? {};
    this.guide = Object.assign(new this.views.Guide(this), { isOpen, isAskedFor });
    const skip = document.getElementById("skip");
    skip.textContent = say("skip");
    skip.onclick = (event) => (event.preventDefault(), document.getElementById("stage").focus());
    document.body.toggleAttribute("data-ready", true);
  }

  // --- showing

  /** Shows what is known. */
  render() {
    const { knowledge } = this;
    if (!this.timeBar || !knowledge.world) return;
    this.guide.update();
    this.renderPlace(document.getElementById("stage"));
    this.thread.update();
    this.#frame();
    this.timeBar.update();
    this.sidebar.update();
    this.notices.update();
    this.tabs.update();
    this.renderOwn();
  }

  #frame() {
    const { knowledge } = this;
    const hasThread = !this.thread.element.hidden;
    document.body.toggleAttribute("data-thread", hasThread);
    if (document.body.dataset.pane === "thread" && !hasThread) document.body.dataset.pane = "talk";
    document.title = `${this.placeName()} · ${knowledge.me.name} · Pitstop`;
  }

  /** Tells the workspace that the open conversation was seen. */
  #markRead() {
    const { conversation } = this.knowledge;
    const isSeen = document.visibilityState === "visible" && (!isNarrow() || document.body.dataset.pane !== "list");
    if (!conversation.unread || !isSeen || this.marking) return;
    this.marking = act("read", { as: this.knowledge.person, channel: conversation.id }).then(() => (this.marking = null));
  }

  #tick() {
    if (document.visibilityState !== "visible") return;
    this.timeBar.tick();
    this.sidebar.tick();
  }

  // --- knowing

  /** Reads the state anew unless it is of this version; many calls in a row become one more read. */
  refresh(version = null) {
    if (version !== null && version === this.knowledge.world.version) return this.reading;
    this.isStale = true;
    this.heard = version;
    this.reading ??= this.#readUntilFresh().finally(() => (this.reading = null));
    return this.reading;
  }

  async #readUntilFresh() {
    while (this.isStale) {
      this.isStale = false;
      const person = this.knowledge.person;
      const world = await this.readWorld(person, language());
      if (world && person === this.knowledge.person) this.#take(world);
      if (this.heard === this.knowledge.world.version) this.isStale = false;
      if (this.isStale) await new Promise((resume) => setTimeout(resume, BETWEEN_READS));
    }
  }

  #take(world) {
    const { knowledge } = this;
    const news = knowledge.world && knowledge.world.me.id === world.me.id ? this.#newsIn(world) : [];
    knowledge.learn(world);
    this.#settle(knowledge);
    this.render();
    if (news.length === 1) announce(this.#spoken(news[0]));
    else if (news.length) announce(sayCount("came-in", news.length));
  }

  #newsIn(world) {
    const { place, person } = this.knowledge;
    const known = new Set(this.knowledge.messagesIn(place).map((each) => each.ts));
    return (world.messages[place] ?? []).filter((each) => !known.has(each.ts) && each.user !== person);
  }

  #spoken(message) {
    return `${this.knowledge.personById(message.user)?.name ?? say("somebody")}: ${this.spokenWords(message)}`;
  }

  #connection(isOpen) {
    const wasLost = !this.knowledge.connected;
    this.knowledge.connected = isOpen;
    if (isOpen && wasLost) this.refresh();
    else this.render();
  }

  // --- going

  /** Makes the place one that exists. */
  #settle({ place, thread }) {
    const { knowledge } = this;
    const exists = (this.hasHome && place === "home") || knowledge.world.conversations.some((each) => each.id === place);
    knowledge.place = exists ? place : (knowledge.world.conversations[0]?.id ?? "home");
    knowledge.thread = exists ? thread : null;
    if (knowledge.place !== "home") this.talk = knowledge.place;
  }

  /** Returns the address of a route that differs from the present one in these parts. */
  address(parts) {
    const { person, place, thread } = this.knowledge;
    return addressOf({ person, place, thread, ...parts });
  }

  /** Goes to a place or thread as the same person. */
  go(parts) {
    closeMenu();
    const address = this.address(parts);
    const isElsewhere = "place" in parts;
    if (location.hash !== address) history.pushState(null, "", address);
    this.#settle({ place: this.knowledge.place, thread: this.knowledge.thread, ...parts });
    document.body.dataset.pane = this.knowledge.thread ? "thread" : "talk";
    this.render();
    if (isElsewhere && !isNarrow() && this.knowledge.place !== "home") this.conversation.composer.focus();
  }

  /** Looks as another person, in the same place when that person sees it. */
  async lookAs(person, { place = this.knowledge.place, prefill = null } = {}) {
    if (person !== this.knowledge.person) await this.#become(person, { place, thread: null });
    else this.#settle({ place, thread: null });
    history.pushState(null, "", this.address({}));
    if (prefill || !isNarrow()) document.body.dataset.pane = "talk";
    this.render();
    if (prefill) this.conversation.composer.prefill(prefill);
  }

  async #become(person, route) {
    closeMenu();
    const world = await this.readWorld(person, language());
    if (!world) {
      this.tell("error-unreachable");
      return;
    }
    const isDirect = this.knowledge.world.conversations.find((each) => each.id === route.place)?.kind === "direct";
    this.knowledge.person = world.me.id;
    this.knowledge.learn(world);
    localStorage.setItem(PERSON_KEY, world.me.id);
    const own = isDirect ? world.conversations.find((each) => each.kind === "direct")?.id : null;
    this.#settle({ ...route, place: own ?? route.place });
  }

  async #follow(route) {
    if (route.person && route.person !== this.knowledge.person) await this.#become(route.person, route);
    else this.#settle(route);
    document.body.dataset.pane = this.knowledge.thread ? "thread" : "talk";
    this.render();
  }

  /** Shows one pane of a narrow screen. */
  showPane(pane) {
    document.body.dataset.pane = pane;
    document.body.removeAttribute("data-time");
    this.render();
  }

  /** Goes back to the conversation that was open last. */
  backToTalk() {
    document.body.removeAttribute("data-time");
    this.go({ place: this.talk, thread: null });
  }

  toggleTime() {
    document.body.toggleAttribute("data-time");
    this.render();
  }

  unreadElsewhere() {
    const { knowledge } = this;
    return knowledge.world.conversations.filter((each) => each.id !== knowledge.place).reduce((sum, each) => sum + each.unread, 0);
  }

  showGuide() {
    if (this.knowledge.place === "home") this.go({ place: this.talk, thread: null });
    document.body.dataset.pane = "talk";
    if (this.guide.isAskedFor) this.guide.close();
    else this.guide.open();
  }

  // --- doing

  /** Does something as the person who looks; what is refused is said kindly. `refused` takes field errors. */
  async act(action, body = {}, { refused = null } = {}) {
    const result = await act(action, { as: this.knowledge.person, language: language(), ...body });
    if (result.errors && refused) refused(result.errors);
    else if (!result.ok) toast(errorWords(result.error), "error");
    else if (result.acknowledged === false) toast(errorWords("not_acknowledged"), "error");
    else this.guide.note(action, body);
    await this.refresh();
    return result;
  }

  /** Says a phrase of the page in a toast. */
  tell(key) {
    toast(say(key), "error");
  }

  /** Takes everybody to a later moment. */
  async travel(to, goal) {
    this.knowledge.travelling = goal;
    this.render();
    const result = await this.act("travel", { to });
    this.knowledge.travelling = null;
    this.render();
    if (result.ok) announce(say("arrived"));
  }

  /** Begins with a new world. */
  async reset() {
    const result = await this.act("reset");
    if (!result.ok) return;
    this.knowledge.drafts.clear();
    this.guide.restart();
    await this.refresh();
    toast(say("reset-done"));
  }

  /** Speaks another language from now on. */
  async speak(wanted) {
    await learn(wanted);
    localStorage.setItem("pitstop-language", wanted);
    this.#mount();
    this.render();
    await this.refresh();
    document.querySelector(`[data-testid="language-${wanted}"]`)?.focus();
  }
}

/** Tries again until the practice workspace answers: it may still be starting. */
async function untilThere(read) {
  for (;;) {
    const answer = await read().catch(() => null);
    if (answer?.every((each) => each !== null)) return answer;
    await new Promise((resume) => setTimeout(resume, TICK));
  }
}
