// Nothing here is needed to get anything done: it lets files be dropped, bars move, keys review, and says when the tool has gone.
"use strict";
document.documentElement.classList.add("script");
const saved = document.getElementById("sparat");
const words = saved ? saved.textContent : "";

function tell(text, lost) {
  if (!saved) return;
  saved.textContent = text;
  saved.classList.toggle("lost", lost);
}

// A form is sent once, and only when there is somebody to receive it: what was typed then stays on the page.
let sending = false;
async function send(form, button) {
  if (sending) return;
  sending = true;
  tell("Sparar …", false);
  try {
    await fetch("/lever", { cache: "no-store" });
  } catch {
    sending = false;
    tell("SEKOM är stängt. Inget har gått förlorat: starta SEKOM igen. Det du skrev står kvar här.", true);
    return;
  }
  if (button && button.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
  }
  form.submit();
}
document.addEventListener("submit", event => {
  if (event.target.method !== "post") return;
  event.preventDefault();
  send(event.target, event.submitter);
});
addEventListener("pageshow", () => { sending = false; if (saved) tell(words, saved.classList.contains("lost")); });

// Files dropped in their place.
for (const form of document.querySelectorAll("form.drop")) {
  const input = form.querySelector("input[type=file]");
  for (const name of ["dragenter", "dragover"]) form.addEventListener(name, event => { event.preventDefault(); form.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) form.addEventListener(name, () => form.classList.remove("over"));
  form.addEventListener("drop", event => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    if (input.files.length && !form.dataset.waits) send(form);
  });
}
for (const name of ["dragover", "drop"]) document.addEventListener(name, event => event.preventDefault());

// A run that goes on: the bar moves until it has ended.
const bar = document.getElementById("korning");
async function follow() {
  try {
    const now = await (await fetch("/korning", { cache: "no-store" })).json();
    if (now.ended) { location.reload(); return; }
    bar.value = now.done;
    bar.max = now.steps;
    document.getElementById("korning-sagt").textContent = now.told;
  } catch {
    tell("SEKOM är stängt. Körningen görs klar av sig själv; starta SEKOM igen för att se den.", true);
  }
  setTimeout(follow, 700);
}
if (bar) follow();
if (document.getElementById("vantar")) setTimeout(() => location.reload(), 700);

// Review by keyboard. Single keys act only while nothing is being typed, and can be turned off.
const review = document.getElementById("granska");
const use = document.getElementById("tangenter");
const on = () => localStorage.getItem("tangenter") !== "nej";
if (use) {
  use.checked = on();
  use.addEventListener("change", () => localStorage.setItem("tangenter", use.checked ? "ja" : "nej"));
}
const search = document.getElementById("sok");
const rows = [...document.querySelectorAll(".themes li")];
if (search) {
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
  search.addEventListener("keydown", event => {
    if (event.key === "Escape") { search.value = ""; search.dispatchEvent(new Event("input")); search.blur(); }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const found = rows.find(row => !row.hidden);
    if (found) found.querySelector("input").click();
    search.value = "";
    search.dispatchEvent(new Event("input"));
    search.blur();
  });
}
function press(id) {
  const found = document.getElementById(id);
  if (found) found.click();
  return Boolean(found);
}
function open(id) {
  const found = document.getElementById(id);
  if (!found) return false;
  found.open = !found.open;
  const field = found.querySelector("input:not([type=checkbox])");
  if (found.open && field) field.focus();
  return true;
}
// A theme's key decides and goes on; after + it is one more theme, after M one of so many.
let wanted = 0, fresh = false;
function several(count, anew) {
  wanted = count;
  fresh = anew;
  tell(count ? `Välj ${count > 1 ? `${count} teman` : "ett tema"}${anew ? "" : " till"}. Esc avbryter.` : words, false);
  return true;
}
function choose(box) {
  if (!wanted || fresh) for (const one of review.querySelectorAll("input[name=tema]")) one.checked = false;
  box.checked = true;
  if (wanted > 1) several(wanted - 1, false);
  else document.getElementById("nasta").click();
}
const KEYS = {
  "+": () => Boolean(review) && several(1, false), m: () => Boolean(review) && several(Math.min(4, fresh ? wanted + 1 : 2), true), escape: () => wanted > 0 && several(0, false),
  l: () => press("lagg"), b: () => press("byt"), n: () => press("nyss"), u: () => press("angra"), h: () => press("hoppa"), k: () => open("kommentar"), s: () => press("sakra"), g: () => press("resten"), j: () => press("jamfor"),
  "?": () => open("hjalp"), "/": () => { if (search) search.focus(); return Boolean(search); } };
document.addEventListener("keydown", event => {
  const at = event.target;
  const typing = at.matches("input:not([type=checkbox]), select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || sending || !on() || typing) return;
  if (event.key === "Enter" && review && !at.closest("a, button, summary")) {
    event.preventDefault();
    document.getElementById("nasta").click();
    return;
  }
  const theme = review && review.querySelector(`input[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (event.key.trim() && theme) { choose(theme); event.preventDefault(); return; }
  const way = review && review.querySelector(`button[data-way="${CSS.escape(event.key.toLowerCase())}"]`);
  if (way) { way.click(); event.preventDefault(); return; }
  const act = KEYS[event.key.toLowerCase()];
  if (act && act()) event.preventDefault();
});
