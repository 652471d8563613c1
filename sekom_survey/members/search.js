const form = document.getElementById("filter"), cards = [...document.querySelectorAll("article")];
const chosen = (id) => document.getElementById(id)?.value ?? "";
function show() {
  const words = chosen("words").toLocaleLowerCase("sv").split(/\s+/).filter(Boolean);
  for (const card of cards) {
    const text = card.textContent.toLocaleLowerCase("sv");
    card.hidden = !(words.every((word) => text.includes(word)) && (!chosen("theme") || card.dataset.theme.split("|").includes(chosen("theme")))
      && (!chosen("size") || card.dataset.size === chosen("size")) && (!chosen("landsdel") || card.dataset.landsdel === chosen("landsdel")));
  }
  document.getElementById("count").textContent = `${cards.filter((card) => !card.hidden).length} av ${cards.length} exempel visas.`;
}
form.hidden = false;
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
show();
