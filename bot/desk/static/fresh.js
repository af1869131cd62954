/* Takes words off an open page once they may not be read any more. Without it they go with the next page. */

const EVERY = 40_000; // milliseconds

const main = document.querySelector("main");
const cohortOf = (line) => line.closest("[data-cohort]").dataset.cohort;

/** Asks which lines of a team still stand; to who is signed out by now none does. */
async function standing(cohort, lines) {
  const asked = new URLSearchParams({ cohort, lines: lines.map((each) => each.dataset.line).join(",") });
  const answer = await fetch(`/desk/still?${asked}`, { cache: "no-store" });
  if (answer.status === 403 || answer.status === 404) return new Set();
  return new Set(answer.ok ? (await answer.json()).stand : lines.map((each) => each.dataset.line));
}

function takeOff(line) {
  const told = document.createElement("p");
  told.className = "soft";
  told.textContent = main.dataset.gone;
  line.replaceChildren(told);
  line.removeAttribute("data-line");
}

async function look() {
  const shown = [...main.querySelectorAll("[data-line]")];
  for (const cohort of new Set(shown.map(cohortOf))) {
    const lines = shown.filter((each) => cohortOf(each) === cohort);
    const stand = await standing(cohort, lines);
    lines.filter((each) => !stand.has(each.dataset.line)).forEach(takeOff);
  }
}

setInterval(() => look().catch(() => {}), EVERY); // while nobody answers, the page stays as it is
