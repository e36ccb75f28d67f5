// Visits, and times that are taken by something else. Blocks that stay are kept, and with them focus and scrolling.

import { clock, icon, make, shows } from "./elements.js";
import { span } from "./scale.js";

const visit = visitForm();
const taken = takenForm();

export function drawBlocks(view) {
    const { blocks, data, grid, lanes } = view;
    const focused = document.activeElement?.closest?.(".iyada-block")?.dataset.id;
    const gone = new Set(blocks.keys());
    const placed = new Map(lanes.map((lane) => [lane.column.key, []]));
    for (const each of data.blocks) {
        gone.delete(each.id);
        placed.get(each.column).push(blockOf(view, each));
    }
    for (const id of gone) {
        blocks.get(id).element.remove();
        blocks.delete(id);
    }
    for (const { column, shelf } of lanes) {
        let next = shelf.firstElementChild;
        for (const element of placed.get(column.key)) {
            if (element === next) next = next.nextElementSibling;
            else shelf.insertBefore(element, next);
        }
    }
    if (!grid.querySelector("a.iyada-block[tabindex='0']")) {
        grid.querySelector("a.iyada-block")?.setAttribute("tabindex", 0);
    }
    if (focused && document.activeElement?.dataset?.id !== focused) {
        blocks.get(focused)?.element.focus({ preventScroll: true });
    }
}

function blockOf(view, each) {
    const known = view.blocks.get(each.id);
    if (known && isSame(known.data, each)) return known.element;
    const form = each.reference ? visit : taken;
    const element = known?.element ?? form.cloneNode(true);
    (each.reference ? fillVisit : fillTaken)(view, element, each);
    element.dataset.id = each.id;
    view.blocks.set(each.id, { element, data: each });
    return element;
}

function isSame(one, other) {
    return Object.keys(other).every((name) => one[name] === other[name]);
}

function visitForm() {
    const form = make("a", "");
    form.tabIndex = -1;
    form.draggable = false;
    const head = make("span", "iyada-block__line");
    head.append(icon(""), make("bdi", "iyada-block__name"));
    const time = make("span", "iyada-block__time", " ");
    time.append(make("span", "iyada-block__end"));
    const state = make("span", "iyada-block__line");
    state.append(time, make("bdi", "iyada-block__state"));
    form.append(head, state, make("span", "iyada-block__meta"));
    return form;
}

function takenForm() {
    const form = make("div", "");
    const head = make("span", "iyada-block__line");
    head.append(icon(""), make("bdi", ""));
    form.append(head);
    return form;
}

// What both have: their place, their colour and their icon.
function dress(view, element, each, kind) {
    const length = each.until - each.from;
    const size = length < 20 ? "short" : length < 30 ? "middle" : "tall";
    element.className = `iyada-block iyada-block--${kind} iyada-block--${size}`;
    element.style.cssText = `${span(view, each.from, length)} --lane: ${each.lane}; --lanes: ${each.lanes}`;
    shows(element.querySelector("svg"), each.icon);
}

function fillTaken(view, element, each) {
    dress(view, element, each, `taken iyada-block--${each.reason}`);
    element.querySelector("bdi").textContent = each.label;
}

function fillVisit(view, element, each) {
    dress(view, element, each, each.status);
    const [head, state, meta] = element.children;
    head.lastChild.textContent = each.name;
    const [time, label] = state.children;
    time.firstChild.data = clock(each.from);
    time.lastChild.textContent = `–${clock(each.until)}`;
    label.textContent = [each.label, each.extra].filter(Boolean).join(" · ");
    const about = (view.data.by === "rooms" ? [each.who, each.what] : [each.what, each.where]).filter(Boolean);
    meta.replaceChildren(...about.flatMap((text, number) => [number ? " · " : "", make("bdi", "", text)]));
    element.href = view.root.dataset.visit.replace("REFERENCE", each.reference);
    element.title = [time.textContent, each.name, each.label, each.extra, ...about].filter(Boolean).join(" · ");
    element.toggleAttribute("data-moves", each.moves);
    const grip = element.querySelector(".iyada-block__grip");
    if (each.moves && !grip) element.append(make("span", "iyada-block__grip"));
    if (!each.moves) grip?.remove();
}
