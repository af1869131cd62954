/** The time bar: the practice clock, travelling, and the page's own switches. */

import { ask } from "./dialogs.js";
import { el, setAttribute, setText } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { clockTime, dayAndTime, localInput, momentOf, shortDay, zoneName } from "./moments.js";
import { language, say } from "./words.js";

const DAY = 24 * 3600 * 1000;
const NEAR_DAYS = 6;

/** Shows the time where the person who looks is, and takes everybody along to a later one. */
export class TimeBar {
  constructor(app) {
    this.app = app;
    this.element = document.getElementById("timebar");
    this.day = el("span", { class: "clock-day" });
    this.time = el("span", { class: "clock-time", "data-testid": "clock" });
    this.zone = el("span", { class: "clock-zone" });
    const clock = el("div", { class: "clock", role: "group", "aria-label": say("clock") }, this.time, el("span", { class: "clock-side" }, this.day, this.zone));
    this.event = travelButton("travel-event", "skip", say("next-event"), () => app.travel("event", say("next-event")));
    this.eventWhen = el("span", { class: "travel-when" });
    this.event.append(this.eventWhen);
    this.buttons = [
      this.event,
      travelButton("travel-day", null, say("next-day"), () => app.travel("day", say("next-day"))),
      travelButton("travel-monday", null, say("next-monday"), () => app.travel("monday", say("next-monday"))),
    ];
    const travel = el("div", { class: "travel", role: "group", "aria-label": say("travel") }, ...this.buttons, this.#buildGoal(), this.#buildReset());
    this.progress = el("p", { class: "travelling", role: "status", hidden: true, "data-testid": "travelling" });
    this.element.replaceChildren(...this.element.querySelectorAll(":scope > .skip, :scope > .brand"), clock, travel, this.progress, this.#buildTools());
  }

  update() {
    const { knowledge } = this.app;
    const going = knowledge.travelling ?? (knowledge.world.travelling ? say("travelling-on") : null);
    document.body.toggleAttribute("data-travelling", Boolean(going));
    this.progress.hidden = !going;
    setText(this.progress, going ? say("travelling", { goal: going }) : "");
    for (const button of [...this.buttons, this.goalButton]) setAttribute(button, "aria-disabled", Boolean(going));
    const next = knowledge.world.next_event;
    const isAway = !next || going;
    setAttribute(this.event, "aria-disabled", isAway ? "true" : null);
    setText(this.eventWhen, next ? this.#when(new Date(next)) : say("no-event"));
    this.tick();
  }

  /** Shows the present moment. */
  tick() {
    const { now, zone, me } = this.app.knowledge;
    setText(this.time, clockTime(now, zone));
    setText(this.day, shortDay(now, zone));
    setText(this.zone, zoneName(me.tz));
  }

  #when(moment) {
    const { now, zone } = this.app.knowledge;
    const isNear = moment - now < NEAR_DAYS * DAY;
    return isNear ? dayAndTime(moment, zone) : shortDay(moment, zone);
  }

  #buildGoal() {
    this.goal = el("input", { class: "field", type: "datetime-local", required: true, "aria-label": say("travel-to"), "data-testid": "travel-to-field" });
    const go = (event) => {
      event.preventDefault();
      const moment = momentOf(this.goal.value, this.app.knowledge.zone);
      this.panel.hidePopover();
      this.app.travel(moment.toISOString(), shortDay(moment, this.app.knowledge.zone));
    };
    this.panel = el(
      "form",
      { class: "goal", popover: "auto", id: "goal", on: { submit: go } },
      el("p", { class: "goal-about" }, say("travel-to-about")),
      this.goal,
      el("button", { class: "button", type: "submit", "data-style": "primary", "data-testid": "travel-go" }, say("travel-go")),
    );
    this.panel.addEventListener("beforetoggle", (event) => event.newState === "open" && this.#fillGoal());
    this.panel.addEventListener("toggle", (event) => event.newState === "open" && this.#placeGoal());
    this.goalButton = el("button", { class: "travel-button", type: "button", popovertarget: "goal", "data-testid": "travel-to" }, icon("calendar"), el("span", {}, say("travel-to")));
    return el("div", { class: "goal-place" }, this.goalButton, this.panel);
  }

  #fillGoal() {
    const { now, zone } = this.app.knowledge;
    this.goal.min = localInput(now, zone);
    this.goal.value = `${localInput(new Date(now.getTime() + DAY), zone).slice(0, 10)}T10:00`;
  }

  #placeGoal() {
    const at = this.goalButton.getBoundingClientRect();
    const size = this.panel.getBoundingClientRect();
    const top = at.bottom + 8 + size.height > innerHeight ? at.top - size.height - 8 : at.bottom + 8;
    this.panel.style.setProperty("top", `${top}px`);
    this.panel.style.setProperty("left", `${Math.max(8, Math.min(at.left, innerWidth - size.width - 8))}px`);
    this.goal.focus();
  }

  #buildReset() {
    return travelButton("reset", "reset", say("reset"), async () => {
      const sure = await ask({ title: say("reset-question"), content: [say("reset-about")], confirm: say("reset"), danger: true });
      if (sure) await this.app.reset();
    });
  }

  #buildTools() {
    const languages = ["en", "nl"].map((each) =>
      el(
        "button",
        { class: "language", type: "button", lang: each, "aria-pressed": String(each === language()), "data-testid": `language-${each}`, "aria-label": say(`language-${each}`), on: { click: () => this.app.speak(each) } },
        each.toUpperCase(),
      ),
    );
    const theme = el("button", { class: "tool", type: "button", "data-testid": "theme", on: { click: () => (switchTheme(), showTheme(theme)) } });
    showTheme(theme);
    const help = el("button", { class: "tool", type: "button", "aria-label": say("guide"), title: say("guide"), "data-testid": "guide-open", on: { click: () => this.app.showGuide() } }, icon("help"));
    const more = el("button", { class: "tool", type: "button", "aria-label": say("workspace-menu"), title: say("workspace-menu"), "aria-haspopup": "menu", "aria-expanded": "false", "data-testid": "workspace-menu" }, icon("more"));
    more.addEventListener("click", () => openMenu(more, say("workspace-menu"), this.app.troubles()));
    return el("div", { class: "tools" }, el("div", { class: "languages", role: "group", "aria-label": say("language") }, ...languages), theme, help, more);
  }
}

function travelButton(id, sign, label, run) {
  const press = (event) => event.currentTarget.getAttribute("aria-disabled") !== "true" && run();
  return el("button", { class: "travel-button", type: "button", "data-testid": id, on: { click: press } }, sign ? icon(sign) : null, el("span", {}, label));
}

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function switchTheme() {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("pitstop-theme", theme);
}

function showTheme(button) {
  const label = say(isDark() ? "theme-light" : "theme-dark");
  button.replaceChildren(icon(isDark() ? "sun" : "moon"));
  button.setAttribute("aria-label", label);
  button.title = label;
}
