// Visits, and times that are taken by something else. Blocks that stay are kept, and with them focus and scrolling.

import { clock, icon, make } from "./elements.js";
import { at } from "./scale.js";

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
        placed.get(column.key).forEach((element, number) => {
            if (shelf.children[number] !== element) shelf.insertBefore(element, shelf.children[number] ?? null);
        });
    }
    const links = [...grid.querySelectorAll("a.iyada-block")];
    if (!links.some((each) => each.tabIndex === 0) && links.length) links[0].tabIndex = 0;
    if (focused && document.activeElement?.dataset?.id !== focused) {
        blocks.get(focused)?.element.focus({ preventScroll: true });
    }
}

function blockOf(view, each) {
    const text = JSON.stringify(each);
    const known = view.blocks.get(each.id);
    if (known?.text === text) return known.element;
    const element = known?.element ?? make(each.reference ? "a" : "div", "");
    fill(view, element, each);
    if (!known && each.reference) element.tabIndex = -1;
    view.blocks.set(each.id, { element, text, data: each });
    return element;
}

function fill(view, element, each) {
    const length = each.until - each.from;
    const size = length < 20 ? "short" : length < 30 ? "middle" : "tall";
    element.className = `iyada-block iyada-block--${each.status ?? "taken"} iyada-block--${size}`;
    element.dataset.id = each.id;
    at(view, element, each.from, length);
    element.style.setProperty("--lane", each.lane);
    element.style.setProperty("--lanes", each.lanes);
    const head = make("span", "iyada-block__line");
    head.append(icon(each.icon));
    if (!each.reference) {
        element.classList.add(`iyada-block--${each.reason}`);
        head.append(make("bdi", "", each.label));
        element.replaceChildren(head);
        return;
    }
    head.append(make("bdi", "iyada-block__name", each.name));
    const time = make("span", "iyada-block__time", clock(each.from));
    time.append(make("span", "iyada-block__end", `–${clock(each.until)}`));
    const state = make("span", "iyada-block__line");
    state.append(time, make("bdi", "iyada-block__state", [each.label, each.extra].filter(Boolean).join(" · ")));
    const about = (view.data.by === "rooms" ? [each.who, each.what] : [each.what, each.where]).filter(Boolean);
    const meta = make("span", "iyada-block__meta");
    about.forEach((text, number) => meta.append(number ? " · " : "", make("bdi", "", text)));
    element.replaceChildren(head, state, meta);
    element.href = view.root.dataset.visit.replace("REFERENCE", each.reference);
    element.draggable = false;
    const times = `${clock(each.from)}–${clock(each.until)}`;
    element.title = [times, each.name, each.label, each.extra, ...about].filter(Boolean).join(" · ");
    element.toggleAttribute("data-moves", each.moves);
    if (each.moves) element.append(make("span", "iyada-block__grip"));
}
