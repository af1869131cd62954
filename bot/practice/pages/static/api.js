/** The practice workspace over HTTP. */

import { ROOT } from "./side.js";

const RETRY = 2000;

/** Returns everything a person sees, or null when it cannot be had; without a person, what the first one sees. */
export async function readState(person, language) {
  try {
    const response = await fetch(`${ROOT}state?${new URLSearchParams({ as: person ?? "", language })}`);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

/** Returns all words of the page in a language. */
export async function readWords(language) {
  const response = await fetch(`${ROOT}words?${new URLSearchParams({ language })}`);
  return response.json();
}

/** Does what a person does; answers `{ok, error, errors}` and never throws. */
export async function act(action, body = {}) {
  let response;
  try {
    response = await fetch(ROOT + action, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    return { ok: false, error: "unreachable" };
  }
  try {
    return await response.json();
  } catch {
    return { ok: false, error: response.ok ? "unreadable" : `http-${response.status}` };
  }
}

/** Calls `changed` whenever something changed, and `connected` with whether the line is open. */
export function listen(changed, connected) {
  const source = new EventSource(`${ROOT}stream`);
  source.addEventListener("changed", (event) => changed(JSON.parse(event.data).version));
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => {
    connected(false);
    if (source.readyState === EventSource.CLOSED) setTimeout(() => listen(changed, connected), RETRY);
  });
}
