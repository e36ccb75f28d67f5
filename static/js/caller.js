// Booking for a caller: warns of a patient who is registered already while their name, phone and e-mail are being typed.
// The page works without it: the server asks about the phone when the visit is booked.

for (const form of document.querySelectorAll("[data-iyada-book]")) {
    const typed = form.querySelector("[data-iyada-typed]");
    const warning = form.querySelector("[data-iyada-similar]");
    if (typed && warning) warnOfSimilar(form, typed, warning);
}

function warnOfSimilar(form, typed, warning) {
    const list = warning.querySelector("ul");
    let wait;
    let question = 0;

    typed.addEventListener("input", (event) => {
        if (!["contact_name", "contact_phone", "contact_email"].includes(event.target.name)) return;
        clearTimeout(wait);
        wait = setTimeout(ask, 250);
    });

    async function ask() {
        const turn = ++question;
        const asked = new FormData();
        for (const name of ["contact_name", "contact_phone", "contact_email", "csrfmiddlewaretoken"]) {
            asked.set(name, form.elements.namedItem(name).value);
        }
        try {
            const answer = await fetch(form.dataset.similar, {
                method: "POST", body: asked, headers: { "X-Requested-With": "XMLHttpRequest" },
            });
            if (!answer.ok) return;
            const { patients } = await answer.json();
            // An answer that was overtaken by a later question is dropped.
            if (turn !== question) return;
            list.replaceChildren(...patients.map(choice));
            warning.hidden = !patients.length;
        } catch {
            // Without a connection the warning comes with the answer of the server.
        }
    }
}

function choice(patient) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "submit", name: "pick", value: patient.reference });
    for (const [kind, text, name] of [
        ["bdi", patient.name, ""],
        ["bdi", patient.other_name, ""],
        ["span", patient.file, "iyada-code"],
        ["span", patient.phone, "iyada-code"],
        ["span", patient.born, ""],
    ]) {
        if (!text) continue;
        const part = document.createElement(kind);
        part.textContent = text;
        part.className = name;
        button.append(part);
    }
    item.append(button);
    return item;
}
