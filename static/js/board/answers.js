// What the board says: what was done, with the way back, and what went wrong.

import { link, make } from "./elements.js";

export function answers(root, words) {
    const said = root.querySelector("[data-said]");
    const fault = root.querySelector("[data-fault]");

    function say(text, isGood = false) {
        said.textContent = text;
        said.toggleAttribute("data-good", isGood);
    }

    // About "data" is what the next data that come take back.
    function complain(text, { about = "", way = "" } = {}) {
        fault.hidden = !text;
        fault.dataset.about = about;
        fault.replaceChildren(...(text ? [make("span", "", text)] : []));
        if (way) fault.append(link(way, words.move, "button button-small button-secondary"));
    }

    function calmDown() {
        if (fault.dataset.about === "data") complain("");
    }

    // The form comes from the server; it leads back to this board, and is gone when it is too late.
    function offerUndo(html) {
        if (!html) return;
        said.insertAdjacentHTML("beforeend", html);
        const form = said.querySelector("form");
        const here = make("input", "");
        Object.assign(here, { type: "hidden", name: "next", value: location.pathname + location.search });
        form.append(here);
        setTimeout(() => form.remove(), form.dataset.iyadaUndo * 1000);
    }

    return { say, complain, calmDown, offerUndo };
}
