// Pages that follow the live rounds: look every few seconds, swap what has changed, send votes until they are stored.
// Everything works without this file through ordinary forms and by loading the page again.
"use strict";

{
  const place = document.querySelector("[data-follow]");
  const line = document.querySelector("[data-offline]");
  const news = document.querySelector("[data-news]");
  const soon = 2500, latest = 10000, patience = 8000;
  let wait = soon, timer, looking = false, written = "kept" in place.dataset, late = false;
  let vote = null, choices = 0, sending = false, wake = () => {};

  const say = (key) => { line.textContent = line.dataset[key] ?? ""; };
  const ask = (address, options = {}) =>
    fetch(address, { credentials: "same-origin", signal: AbortSignal.timeout?.(patience), ...options });

  // The next look comes after two and a half seconds, give or take, so that phones do not all ask at once.
  function later() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, wait * (0.8 + 0.4 * Math.random()));
  }

  async function look() {
    if (looking) return;
    looking = true;
    try {
      const answer = await ask(place.dataset.follow);
      if (answer.status === 404) return location.reload(); // the page itself says what has become of it
      if (!answer.ok) throw new Error(answer.status);
      const { now, said } = await answer.json();
      for (const words of said ? place.querySelectorAll("[data-said]") : []) {
        if (words.textContent !== said) words.textContent = said;
      }
      if (now !== place.dataset.now) await swap();
      if (line.textContent === line.dataset.offline) say("");
      wait = soon;
    } catch {
      wait = Math.min(wait * 1.6, latest);
      if (!vote) say("offline");
    } finally {
      looking = false;
      later();
    }
  }

  // Nothing that somebody is choosing or writing is taken away; focus stays where it was.
  async function swap() {
    if (vote) return;
    if (written) return say("behind");
    const before = choices;
    const answer = await ask(place.dataset.page);
    if (!answer.ok) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-follow]");
    if (!fresh) return location.reload();
    if (choices !== before || written) return;
    const focused = place.contains(document.activeElement) ? document.activeElement.id : "";
    const heading = place.querySelector("h1")?.textContent;
    place.replaceChildren(...fresh.childNodes);
    place.dataset.now = fresh.dataset.now;
    document.title = page.title;
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    const now = place.querySelector("h1")?.textContent;
    if (!news || now === heading) return;
    news.textContent = now; // for those who listen: something new is asked or shown
    if (!late) say("");
    late = false;
    window.scrollTo(0, 0);
  }

  place.addEventListener("input", ({ target }) => {
    if (!target.closest("form[data-vote]")) written = true;
  });
  place.addEventListener("change", ({ target }) => {
    const form = target.closest("form[data-vote]");
    if (!form) return;
    vote = new FormData(form);
    choices += 1;
    send(form.action);
  });

  // One request at a time; what is chosen meanwhile is sent afterwards, so the last choice wins.
  async function send(address) {
    if (sending) return wake();
    sending = true;
    let pause = 1000;
    while (vote) {
      const data = vote;
      say("sending");
      try {
        const answer = await ask(address, { method: "POST", body: data, headers: { Accept: "application/json" } });
        if (answer.ok) {
          if (vote === data) {
            vote = null;
            place.querySelector(".phone__stored")?.remove();
            say("saved");
          }
          pause = 1000;
        } else if (answer.status >= 500 || answer.status === 429) {
          throw new Error(answer.status);
        } else {
          vote = null;
          const refused = answer.status === 409 || answer.status === 422;
          line.textContent = refused ? (await answer.json()).refused : line.dataset.lost;
          late = true;
        }
      } catch {
        say("retrying");
        await new Promise((resolve) => {
          wake = resolve;
          setTimeout(resolve, pause);
        });
        pause = Math.min(pause * 1.5, 5000);
      }
    }
    sending = false;
    look();
  }

  document.documentElement.classList.add("follows");
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : look()));
  window.addEventListener("online", () => { wake(); look(); });
  window.addEventListener("beforeunload", (event) => { if (vote) event.preventDefault(); });
  later();
}
