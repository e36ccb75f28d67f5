// Comfort only: free times are fetched into pages that are stored for everybody. Without this file a link leads to them.

const PATIENCE = 15_000; // milliseconds
const MOST = 24; // doctors in one question, as the server takes them

async function ask(address, kind) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin) throw new Error(`${url.origin} is another site`);
  const answer = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(PATIENCE) });
  const type = answer.headers.get("Content-Type") ?? "";
  if (!answer.ok || !type.startsWith(kind)) throw new Error(`${answer.status} ${type}`);
  return answer;
}

// Scripts in it would not run: this is a document of its own.
const nodes = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes];

// A piece of the page, which has its own form. The link that stands in its place comes back when it cannot be fetched.
for (const fragment of document.querySelectorAll("[data-fragment]")) {
  const link = [...fragment.childNodes];
  const failed = fragment.parentElement.querySelector("[data-failed]");
  const told = fragment.parentElement.querySelector("[data-told]");
  let latest = 0;
  let shown = fragment.dataset.fragment;

  const put = (content) => {
    const held = fragment.contains(document.activeElement) ? document.activeElement : null;
    fragment.replaceChildren(...content);
    if (!held) return;
    const same = held.id && fragment.querySelector(`#${CSS.escape(held.id)}`);
    (same || fragment.querySelector("select, a, button"))?.focus({ preventScroll: true });
  };

  const load = async (address) => {
    const turn = ++latest;
    fragment.setAttribute("aria-busy", "true");
    let content = link;
    let wrong = false;
    try {
      content = nodes(await (await ask(address, "text/html")).text());
    } catch {
      wrong = true;
    }
    // An answer that was overtaken by a later question is dropped.
    if (turn !== latest) return;
    shown = address;
    const again = "loaded" in fragment.dataset;
    put(content);
    failed.hidden = !wrong;
    fragment.dataset.loaded = "";
    fragment.removeAttribute("aria-busy");
    if (!wrong) fragment.dispatchEvent(new Event("times", { bubbles: true }));
    if (again && !wrong) told.textContent = fragment.querySelector(".timetable__span")?.textContent.trim() ?? "";
  };

  fragment.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-filters]")) return;
    event.preventDefault();
    load(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  });
  // Times that were shown an hour ago may be gone.
  addEventListener("pageshow", (event) => { if (event.persisted) load(shown); });
  load(shown);
}

// When each doctor of a list is free next: one question for all of them.
for (const list of document.querySelectorAll("[data-next-free-from]")) {
  const places = [...list.querySelectorAll("[data-next-free]")];
  for (let first = 0; first < places.length; first += MOST) fill(list.dataset.nextFreeFrom, places.slice(first, first + MOST));
}

async function fill(address, places) {
  const url = new URL(address, location.href);
  for (const place of places) {
    url.searchParams.append("doctor", place.dataset.nextFree);
    place.setAttribute("aria-busy", "true");
  }
  try {
    const sentences = await (await ask(url, "application/json")).json();
    for (const place of places) place.replaceChildren(...nodes(sentences[place.dataset.nextFree] ?? ""));
  } catch {
    // The button beside leads to the times.
  }
  for (const place of places) place.removeAttribute("aria-busy");
}
