// The desk's pages work without this file; it saves a receptionist keystrokes and page loads.

const TYPING = "input, select, textarea, [contenteditable]";

document.documentElement.classList.add("iyada-js");

for (const form of document.querySelectorAll("[data-iyada-filter]")) {
    form.addEventListener("change", (event) => {
        if (event.target.name !== "q") form.requestSubmit();
    });
}

document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches(TYPING)) return;
    // By the letter or by its place: on an Arabic keyboard the same key writes another letter.
    const names = [event.key.toLowerCase(), event.code.replace("Key", "").toLowerCase()];
    const link = [...document.querySelectorAll("[data-iyada-key]")].find((each) => names.includes(each.dataset.iyadaKey));
    if (link) {
        event.preventDefault();
        link.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        move(document.querySelectorAll("[data-iyada-row]"), event);
    }
});

// Up and down among `items`; true when the focus moved.
function move(items, event) {
    const list = [...items];
    if (!list.length) return false;
    const at = list.indexOf(document.activeElement);
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    if (next < 0 || next >= list.length) return false;
    event.preventDefault();
    list[next].focus();
    return true;
}

for (const form of document.querySelectorAll("[data-iyada-book]")) book(form);

function book(form) {
    const field = (name) => form.elements.namedItem(name);
    const times = form.querySelector("[data-iyada-times]");
    const found = form.querySelector("[data-iyada-found]");
    const find = form.querySelector("[data-iyada-find]");
    let latest = 0;

    form.querySelector("[data-iyada-fault]")?.focus();

    form.querySelector("[data-iyada-what]").addEventListener("change", () => showTimes());
    times.addEventListener("click", (event) => {
        const button = event.target.closest("button[name]");
        if (!button) return;
        event.preventDefault();
        if (button.name === "week") field("day").value = button.value;
        showTimes(button.name === "go" ? button.value : "");
    });
    form.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            form.requestSubmit(form.querySelector("[data-iyada-submit]"));
        }
    });

    async function showTimes(go = "") {
        const turn = ++latest;
        const asked = new URLSearchParams({ go });
        for (const name of ["service", "practitioner", "location", "day"]) asked.set(name, field(name).value);
        times.classList.add("iyada-busy");
        try {
            const answer = await fetch(`${form.dataset.times}?${asked}`, { headers: { "X-Requested-With": "XMLHttpRequest" } });
            if (!answer.ok) throw new Error(answer.status);
            const html = await answer.text();
            // An answer that was overtaken by a later question is dropped.
            if (turn !== latest) return;
            times.innerHTML = html;
            field("open").value = times.querySelector("[aria-current]")?.value ?? "";
            if (go) times.querySelector("[aria-current]")?.focus();
        } catch {
            if (turn === latest) times.replaceChildren(note(form.dataset.offline));
        } finally {
            if (turn === latest) times.classList.remove("iyada-busy");
        }
    }

    if (!find) return;
    let wait;
    let question = 0;
    find.addEventListener("input", () => {
        clearTimeout(wait);
        wait = setTimeout(showPatients, 180);
    });
    find.addEventListener("keydown", (event) => {
        if (event.key === "ArrowDown") move(found.querySelectorAll("button"), event);
        if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            const only = found.querySelectorAll("button");
            if (only.length === 1) only[0].click();
            else showPatients();
        }
    });
    found.addEventListener("keydown", (event) => {
        if (!["ArrowDown", "ArrowUp"].includes(event.key)) return;
        if (!move(found.querySelectorAll("button"), event) && event.key === "ArrowUp") find.focus();
    });

    async function showPatients() {
        const turn = ++question;
        const text = find.value.trim();
        if (text.length < 2) return found.replaceChildren();
        const asked = new FormData();
        asked.set("query", text);
        asked.set("csrfmiddlewaretoken", field("csrfmiddlewaretoken").value);
        try {
            const answer = await fetch(form.dataset.patients, {
                method: "POST", body: asked, headers: { "X-Requested-With": "XMLHttpRequest" },
            });
            if (!answer.ok) throw new Error(answer.status);
            const { patients } = await answer.json();
            if (turn !== question) return;
            found.replaceChildren(...(patients.length ? patients.map(choice) : [note(form.dataset.nobody, "li")]));
        } catch {
            if (turn === question) found.replaceChildren(note(form.dataset.offline, "li"));
        }
    }
}

function note(text, kind = "p") {
    const element = document.createElement(kind);
    element.className = "iyada-row__meta";
    element.textContent = text;
    return element;
}

function choice(patient) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "submit", name: "pick", value: patient.reference });
    button.append(part("bdi", patient.name));
    if (patient.other_name) button.append(part("bdi", patient.other_name));
    button.append(part("span", patient.file, "iyada-code"));
    if (patient.phone) button.append(part("span", patient.phone, "iyada-code"));
    if (patient.born) button.append(part("span", patient.born));
    item.append(button);
    return item;
}

function part(kind, text, name = "") {
    const element = document.createElement(kind);
    element.textContent = text;
    element.className = name;
    return element;
}

// What can be undone for half a minute is offered for no longer.
for (const undo of document.querySelectorAll("[data-iyada-undo]")) {
    setTimeout(() => undo.remove(), undo.dataset.iyadaUndo * 1000);
}
