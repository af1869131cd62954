/* Takes words off an open page once they may not be read any more. Without it they go with the next page. */

const EVERY = 40_000; // milliseconds

const main = document.querySelector("main");
const lines = () => [...main.querySelectorAll("[data-line]")];

/** Asks which of the shown lines still stand; to who is signed out by now none does. */
async function standing(shown) {
  const ids = shown.map((each) => each.dataset.line);
  const asked = new URLSearchParams({ cohort: main.dataset.cohort, lines: ids.join(",") });
  const answer = await fetch(`/desk/still?${asked}`, { cache: "no-store" });
  if (answer.status === 403 || answer.status === 404) return [];
  return answer.ok ? (await answer.json()).stand : ids;
}

async function look() {
  const shown = lines();
  if (!shown.length) return;
  const stand = new Set(await standing(shown));
  for (const each of shown.filter((line) => !stand.has(line.dataset.line))) {
    const told = document.createElement("p");
    told.className = "soft";
    told.textContent = main.dataset.gone;
    each.replaceChildren(told);
    each.removeAttribute("data-line");
  }
}

setInterval(() => look().catch(() => {}), EVERY); // while nobody answers, the page stays as it is
