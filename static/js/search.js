// Suggestions while typing: a combobox with a list (WAI-ARIA Authoring Practices). The form works without it.
const PAUSE = 120; // milliseconds after the last key

for (const form of document.querySelectorAll("form[data-suggest]")) enhance(form);

function enhance(form) {
  const input = form.querySelector("input");
  const list = form.querySelector("ul");
  const status = form.querySelector("[role=status]");
  let timer, asked, chosen = -1;
  const options = () => [...list.children];
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

  input.addEventListener("input", () => {
    clearTimeout(timer);
    asked?.abort();
    if (input.value.trim().length < 2) return close();
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose((chosen + (event.key === "ArrowDown" ? 2 : list.children.length + 1)) % (list.children.length + 1) - 1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      open(options()[chosen]);
    } else if (event.key === "Escape") {
      event.stopPropagation(); // the list alone closes, not the panel around it
      close();
    }
  });
  input.addEventListener("blur", () => close());
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => open(event.target.closest("li")));

  async function ask() {
    asked = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(input.value)}`, { signal: asked.signal });
      if (answer.ok) show((await answer.json()).suggestions);
    } catch (fault) {
      close(); // typed on meanwhile, or no network: the form still searches
    }
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(({ title, kind, url }, number) => {
      const item = document.createElement("li");
      Object.assign(item, { id: `${list.id}-${number}`, role: "option" });
      item.dataset.url = url;
      const name = document.createElement("bdi"), label = document.createElement("small");
      name.textContent = title;
      label.textContent = kind;
      item.append(name, " ", label);
      return item;
    }));
    status.textContent = suggestions.length ? status.dataset.one : status.dataset.none;
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    choose(-1);
  }

  function choose(number) {
    chosen = number;
    options().forEach((item, each) => item.setAttribute("aria-selected", String(each === chosen)));
    if (chosen < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[chosen].id);
    options()[chosen].scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    chosen = -1;
    status.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function open(item) {
    if (item) location.href = item.dataset.url;
  }
}

// Who opens the search of the header wants to type.
document.querySelector(".head__search")?.addEventListener("toggle", (event) => {
  if (event.target.open) event.target.querySelector("input").focus();
});
