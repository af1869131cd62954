/** The page's own line icons. */

import { svg } from "./dom.js";

const PATHS = {
  at: "M15.500 12a3.500 3.500 0 1 1-7 0 3.500 3.500 0 0 1 7 0v1.500a2.500 2.500 0 0 0 5 0V12a8.500 8.500 0 1 0-3.400 6.800",
  attach: "M20 11.500l-8 8a5 5 0 0 1-7-7l8.500-8.500a3.300 3.300 0 0 1 4.700 4.700l-8.500 8.500a1.700 1.700 0 0 1-2.400-2.400l7.700-7.700",
  back: "M15 5l-7 7 7 7",
  calendar: "M4 7h16v13H4zM4 11h16M8 4v5M16 4v5",
  chat: "M4 5h16v11H10l-4 4v-4H4z",
  close: "M6 6l12 12M18 6L6 18",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  flag: "M5 21V4h13l-2.500 4.500L18 13H5",
  globe: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c5 5 5 13 0 18-5-5-5-13 0-18",
  hash: "M9 4L7 20M17 4l-2 16M4.500 9H20M4 15h15.500",
  help: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.4-1 .8-1 1.700M12 16.800v.2",
  home: "M4 11l8-7 8 7v9h-5v-6H9v6H4z",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  list: "M9 6h11M9 12h11M9 18h11M4.500 6v.01M4.500 12v.01M4.500 18v.01",
  menu: "M4 7h16M4 12h16M4 17h16",
  moon: "M19 14.500A8 8 0 0 1 9.500 5 7.500 7.500 0 1 0 19 14.500z",
  more: "M5.500 12v.01M12 12v.01M18.500 12v.01",
  people: "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM3 19c0-3.500 2.500-5.500 6-5.500s6 2 6 5.500zM16 5.500a3 3 0 0 1 0 5.500M17.500 14c2 .7 3.500 2.500 3.500 5",
  reply: "M10 6l-6 6 6 6M4.500 12H14a6 6 0 0 1 6 6",
  reset: "M5 12a7 7 0 1 1 2 5M5 17.500V12.500h5",
  send: "M4 12L20 4.500 15 20l-3.500-6.500zM11.500 13.500L20 4.500",
  skip: "M5 6l8 6-8 6zM17 6v12",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400",
  time: "M12 4a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 8v5l3 2M9.500 2h5",
  warning: "M12 4l9 16H3zM12 10v5M12 17.300v.2",
};

/** Returns an icon that assistive technology skips. */
export function icon(name) {
  return svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));
}

/** Returns a person's helmet, or the pit board for the bot; the color follows the place in the list of people. */
export function avatar(person, place) {
  const isBot = person?.is_bot ?? false;
  const use = svg("use", { href: isBot ? "#board" : "#helmet" });
  const picture = svg("svg", { class: "avatar", "aria-hidden": "true", "data-hue": isBot ? "bot" : Math.max(place, 0) % 8 }, use);
  return picture;
}
