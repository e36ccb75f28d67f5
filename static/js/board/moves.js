// What a drag asks of the server: the same as the form "Move…" of the visit.

import { clock } from "./elements.js";

export function wish(view, { each, lane, from, length }) {
    const { column } = lane;
    const isResized = length !== each.until - each.from;
    const asked = {
        revision: each.revision,
        day: column.day,
        time: clock(from),
        length: isResized ? length : each.length,
        practitioner: view.data.by === "people" ? column.resource : each.practitioner,
        location: view.root.dataset.location,
        tell: "on",
    };
    if (view.data.by === "rooms" && column.resource) asked.room = column.resource;
    return asked;
}

// Gives what the server tells: `done` and `undo`, or `fault`. Rejects when there is no answer.
export async function send(view, each, asked) {
    const token = view.root.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(view.root.dataset.move.replace("REFERENCE", each.reference), {
        method: "POST",
        body: new URLSearchParams({ ...asked, csrfmiddlewaretoken: token }),
        headers: { "X-Requested-With": "XMLHttpRequest" },
    });
    if (!answer.headers.get("content-type")?.includes("json")) throw new Error(answer.status);
    return answer.json();
}

export function moveForm(view, each, asked = {}) {
    const way = new URLSearchParams({ ...asked, next: location.pathname + location.search });
    for (const name of ["revision", "tell"]) way.delete(name);
    return `${view.root.dataset.move.replace("REFERENCE", each.reference)}?${way}`;
}

// Whether a visit may stand in a column: whose service it is, or a room of its kind.
export function accepts(view, { column }, each) {
    if (column.key === each.column || view.data.days.length > 1) return true;
    if (view.data.by === "people") return column.services.includes(each.service);
    return Boolean(each.kind) && column.kind === each.kind;
}
