// By keyboard: one stop for Tab, arrows within, M for the form that moves.

import { moveForm } from "./moves.js";

export function listenToKeys(view) {
    view.grid.addEventListener("keydown", (event) => {
        const here = event.target.closest("a.iyada-block");
        if (!here || event.ctrlKey || event.metaKey || event.altKey || view.drag) return;
        if (event.key.toLowerCase() === "m" || event.code === "KeyM") {
            const { data } = view.blocks.get(here.dataset.id);
            if (data.moves) location.assign(moveForm(view, data));
            return;
        }
        const next = neighbour(view, here, event.key);
        if (next === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        if (!next) return;
        here.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
        next.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
}

// The block that an arrow leads to; null at the end, undefined for another key.
function neighbour(view, here, key) {
    const onward = getComputedStyle(view.grid).direction === "rtl" ? -1 : 1;
    switch (key) {
        case "ArrowDown": return sibling(view, here, 1);
        case "ArrowUp": return sibling(view, here, -1);
        case "ArrowRight": return beside(view, here, onward);
        case "ArrowLeft": return beside(view, here, -onward);
    }
}

function visitsOf(lane) {
    return [...lane.shelf.querySelectorAll("a.iyada-block")];
}

function sibling(view, here, way) {
    const all = visitsOf(view.lanes.find((lane) => lane.body.contains(here)));
    return all[all.indexOf(here) + way] ?? null;
}

// The visit of the next column that has any, nearest in time.
function beside(view, here, way) {
    const { blocks, lanes } = view;
    const from = blocks.get(here.dataset.id).data.from;
    const distance = (element) => Math.abs(blocks.get(element.dataset.id).data.from - from);
    for (let number = lanes.findIndex((lane) => lane.body.contains(here)) + way; lanes[number]; number += way) {
        const all = visitsOf(lanes[number]);
        if (all.length) return all.reduce((best, each) => (distance(each) < distance(best) ? each : best));
    }
    return null;
}
