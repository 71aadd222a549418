// Autosave of items, the copy button. Everything works without this file through ordinary forms.
"use strict";

const words = document.querySelector("[data-words]")?.dataset ?? {};
const unsaved = new Set();

function show(item, state, text) {
  const place = item.querySelector("[data-state]");
  place.className = `item__state item__state--${state}`;
  place.textContent = text;
}

function entries(form, item) {
  const id = item.dataset.item;
  const data = new FormData();
  data.set("csrf_token", form.querySelector("[name=csrf_token]").value);
  data.set(id, item.querySelector("input[type=radio]:checked")?.value ?? "");
  for (const part of ["remark", "evidence", "dissent", "seen"]) {
    const found = field(form, item, part);
    if (found) data.set(`${id}-${part}`, found.value);
  }
  if (field(form, item, "unclear")?.checked) data.set(`${id}-unclear`, "y");
  return data;
}

function field(form, item, part) {
  return form.querySelector(`[name="${item.dataset.item}-${part}"]`);
}

// Somebody else was faster: nothing is overwritten before this person has chosen.
function ask(form, item, { revision, theirs, said, texts, unclear }) {
  const box = item.querySelector("[data-conflict]");
  const decide = (prepare) => () => {
    prepare();
    field(form, item, "seen").value = revision;
    box.hidden = true;
    save(form, item);
  };
  box.querySelector("[data-theirs]").textContent = said;
  box.querySelector("[data-keep]").onclick = decide(() => {});
  box.querySelector("[data-take]").onclick = decide(() => {
    item.querySelector(`input[type=radio][value="${theirs}"]`).checked = true;
    for (const [part, text] of Object.entries(texts)) field(form, item, part).value = text;
    field(form, item, "unclear").checked = unclear;
  });
  box.hidden = false;
  show(item, "failed", words.conflict);
  box.querySelector("[data-take]").focus();
}

function showProgress(progress) {
  for (const [place, [done, total]] of Object.entries(progress ?? {})) {
    const entry = document.querySelector(`[data-place="${place}"]`);
    const count = entry?.querySelector("[data-done]");
    if (count) count.textContent = done;
    entry?.classList.toggle("way__place--done", done === total);
  }
}

// Access was lost, or cookies were deleted: as soon as the private link is open again in another tab, this page gets a
// fresh token and saves what stands in it. Until then it looks when somebody comes back to it, and every few seconds.
const shutOut = new Map();

async function comeBack() {
  if (!shutOut.size || document.hidden) return;
  try {
    if (!(await fetch(location.href, { credentials: "same-origin" })).ok) return;
    const { csrf_token: token } = await (await fetch(words.token, { credentials: "same-origin" })).json();
    for (const field of document.querySelectorAll("[name=csrf_token]")) field.value = token;
  } catch {
    return;
  }
  const waiting = [...shutOut.values()];
  shutOut.clear();
  for (const again of waiting) again();
}

for (const back of ["focus", "visibilitychange"]) window.addEventListener(back, comeBack);
setInterval(comeBack, 5000);

// One request at a time for each item; what changed meanwhile is sent afterwards, so the last entry always wins.
const running = new Map();

async function save(form, item) {
  const id = item.dataset.item;
  unsaved.add(id);
  if (running.get(id)) {
    running.set(id, "again");
    return;
  }
  running.set(id, "once");
  show(item, "saving", words.saving);
  let retry = false;
  try {
    const answer = await fetch(item.dataset.save, { method: "POST", body: entries(form, item), credentials: "same-origin" });
    if (answer.ok) {
      const { progress, revision } = await answer.json();
      if (field(form, item, "seen")) field(form, item, "seen").value = revision;
      if (running.get(id) === "once") {
        unsaved.delete(id);
        show(item, "saved", `✓ ${words.saved}`);
        showProgress(progress);
      }
    } else if (answer.status === 409) {
      ask(form, item, await answer.json());
    } else if (answer.status === 422) {
      const { errors } = await answer.json();
      show(item, "failed", `${words.refused} ${errors.join(" ")}`);
    } else if (answer.status === 400 || answer.status === 404) {
      shutOut.set(id, () => save(form, item));
      show(item, "failed", words.locked);
    } else {
      retry = true;
    }
  } catch {
    retry = true;
  }
  const again = running.get(id) === "again";
  running.delete(id);
  if (again) save(form, item);
  else if (retry) {
    show(item, "failed", words.failed);
    setTimeout(() => save(form, item), 3000);
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) {
  let typing;
  form.addEventListener("change", (event) => {
    const item = event.target.closest("[data-item]");
    if (item) save(form, item);
  });
  form.addEventListener("input", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item || event.target.type === "radio" || event.target.type === "checkbox") return;
    unsaved.add(item.dataset.item);
    clearTimeout(typing);
    typing = setTimeout(() => save(form, item), 800);
  });
  form.addEventListener("submit", () => unsaved.clear());
}

// On narrow screens the way is one line that scrolls: where one is stays in sight.
for (const line of document.querySelectorAll(".way ol")) {
  const here = line.querySelector("[aria-current=page]");
  if (here) line.scrollLeft = here.offsetLeft - line.offsetLeft - 16;
}

// A column that is asked only after a certain answer hides until it is given; what it holds is kept.
for (const entry of document.querySelectorAll("[data-gate]")) {
  const gate = document.getElementsByName(entry.dataset.gate)[0];
  const open = () => {
    entry.hidden = gate.value !== "" && !entry.dataset.gateOptions.split(" ").includes(gate.value);
  };
  gate?.addEventListener("change", open);
  if (gate) open();
}

// The length of a text as the server counts it (scoring/model/texts.py): a line end is one character, an emoji its parts.
const UNSEEN = /[\u00ad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const AROUND = new RegExp(`^(?:\\s|${UNSEEN.source})+|(?:\\s|${UNSEEN.source})+$`, "g");

function length(field) {
  const text = field.value.replace(/\r\n|[\r\v\f\x85\u2028\u2029]/g, "\n").replace(/[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]/g, "");
  const lines = field.localName === "textarea";
  const meant = lines ? text.normalize("NFC") : text.replace(UNSEEN, "").normalize("NFC").replace(/\s+/g, " ");
  return [...meant.replace(AROUND, "")].length;
}

// Long texts: what still fits is said in time. Nothing is cut: what is too much is said, and the form waits.
document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.most) return;
  const left = target.dataset.most - length(target);
  const over = left < 0 ? target.dataset.over.replace("#", -left) : "";
  target.setCustomValidity(over);
  const note = target.parentElement.querySelector("[data-left]");
  if (!note) return;
  note.hidden = left > 500;
  note.textContent = over || note.dataset.left.replace("#", left);
});

// A form that creates something: pressing its button twice sends it once. The server takes a second sending for the first.
for (const value of document.querySelectorAll("form [name=once]")) {
  const { form } = value;
  const enable = (on) => {
    for (const button of form.querySelectorAll("button")) button.disabled = !on;
  };
  form.addEventListener("submit", () => {
    setTimeout(() => enable(false)); // after the form is read: a disabled button would not be sent
    setTimeout(() => enable(true), 5000); // an answer that is a file, or none, leaves the page as it is
  });
  window.addEventListener("pageshow", () => enable(true));
}

// A form that is saved as a whole: leaving it with entries of one's own asks first.
for (const form of document.querySelectorAll("form[data-guard]")) {
  if (form.dataset.guard) unsaved.add(form);
  form.addEventListener("input", () => unsaved.add(form));
  form.addEventListener("submit", () => unsaved.delete(form));
}

// A form whose answer may take a while says that it is being worked on; whoever comes back to the page can send it again.
for (const form of document.querySelectorAll("form[data-wait]")) {
  const note = form.querySelector("[data-waiting]");
  const seconds = note.querySelector("[data-seconds]");
  let clock;
  form.addEventListener("submit", () => {
    const begun = Date.now();
    clearInterval(clock);
    clock = setInterval(() => { seconds.textContent = `${Math.round((Date.now() - begun) / 1000)} s`; }, 1000);
    note.hidden = false;
  });
  window.addEventListener("pageshow", () => {
    clearInterval(clock);
    note.hidden = true;
  });
}

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    await navigator.clipboard?.writeText(field.value);
    button.firstElementChild.textContent = button.dataset.copied;
  });
}
