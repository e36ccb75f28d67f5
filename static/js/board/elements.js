// Small elements, and minutes of a day as people read them.

export function make(kind, name, text = "") {
    const element = document.createElement(kind);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
}

export function link(address, text, name) {
    const element = make("a", name, text);
    element.href = address;
    return element;
}

export function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("aria-hidden", "true");
    svg.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
    return shows(svg, name);
}

// Makes the icon `svg` another one.
export function shows(svg, name) {
    svg.setAttribute("class", `icon icon-${name}`);
    svg.firstChild.setAttribute("href", `#icon-${name}`);
    return svg;
}

export function clock(minute) {
    const two = (number) => String(number).padStart(2, "0");
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
