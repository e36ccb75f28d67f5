// The columns with their hours, and the line of now. A lane is a column that is drawn.

import { clock, make } from "./elements.js";
import { at } from "./scale.js";

export function drawColumns(view) {
    const { data, grid, words } = view;
    const [first, end] = data.reach;
    grid.style.setProperty("--whole", end - first);
    grid.toggleAttribute("data-many", data.columns.length > 8);
    view.lanes = data.columns.map((column, number) => laneOf(view, column, number));
    grid.replaceChildren(axis(view), ...view.lanes.map((lane) => lane.element));
    if (!view.lanes.length) grid.append(make("p", "iyada-empty", words.empty));
}

function axis(view) {
    const [first, end] = view.data.reach;
    const element = make("div", "iyada-axis");
    element.setAttribute("aria-hidden", "true");
    const hours = make("div", "iyada-axis__body");
    for (let minute = first; minute < end; minute += 60) {
        hours.append(at(view, make("span", "iyada-axis__hour", clock(minute)), minute));
    }
    element.append(make("div", "iyada-axis__head"), hours);
    return element;
}

function laneOf(view, column, number) {
    const { data } = view;
    const [first, end] = data.reach;
    const element = make("section", "iyada-lane");
    const head = make("h3", "iyada-lane__head");
    head.append(make("bdi", "", column.title));
    head.id = `iyada-lane-${number}`;
    head.title = column.title;
    head.toggleAttribute("data-today", data.days.length > 1 && column.day === data.today);
    element.setAttribute("aria-labelledby", head.id);
    const body = make("div", "iyada-lane__body");
    const hours = data.by === "rooms" ? [[first, end]] : column.hours;
    for (const [from, until] of hours) body.append(at(view, make("div", "iyada-lane__hours"), from, until - from));
    if (column.closed) body.append(make("p", "iyada-lane__closed", column.closed));
    const shelf = make("div", "iyada-lane__shelf");
    body.append(shelf);
    element.append(head, body);
    return { element, body, shelf, column };
}

export function drawNow(view) {
    const { data, grid, lanes } = view;
    for (const line of grid.querySelectorAll(".iyada-now-line")) line.remove();
    const [first, end] = data.reach;
    if (data.now < first || data.now >= end) return;
    for (const { body, column } of lanes) {
        if (column.day === data.today) body.append(at(view, make("div", "iyada-now-line"), data.now));
    }
}
