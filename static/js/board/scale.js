// Minutes and pixels.

const STEP = 5; // minutes to which a drag keeps

export function snap(minute) {
    return Math.round(minute / STEP) * STEP;
}

export const shortest = STEP;

export function bound(value, least, most) {
    return Math.min(Math.max(value, least), most);
}

// Put `element` at minute `from` of the board.
export function at(view, element, from, length) {
    element.style.setProperty("--from", from - view.data.reach[0]);
    if (length !== undefined) element.style.setProperty("--length", length);
    return element;
}

// The style that puts a block at minute `from` of the board.
export function span(view, from, length) {
    return `--from: ${from - view.data.reach[0]}; --length: ${length};`;
}

// How many pixels a minute is tall. Asks for the style: once for a drag, not for each of its steps.
export function minuteHeight(view) {
    return Number.parseFloat(getComputedStyle(view.root).getPropertyValue("--minute"));
}
