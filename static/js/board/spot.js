// A click into a free time books it; the spot under the mouse says which.

import { clock, make } from "./elements.js";
import { at, minuteHeight } from "./scale.js";

const STEP = 15; // minutes to which a click keeps

export function letBook(view) {
    const { grid, phone, root, words } = view;
    const spot = make("div", "iyada-spot");
    let shown = "";

    function found(event) {
        const element = event.target.closest(".iyada-lane__body");
        if (!element || view.drag || view.sending || phone.matches || event.target.closest(".iyada-block")) return null;
        const lane = view.lanes.find(({ body }) => body === element);
        const minute = view.data.reach[0] + (event.clientY - element.getBoundingClientRect().top) / minuteHeight(view);
        return { lane, minute: Math.floor(minute / STEP) * STEP };
    }

    function hide() {
        shown = "";
        spot.remove();
    }

    grid.addEventListener("pointermove", (event) => {
        const here = event.pointerType === "mouse" ? found(event) : null;
        if (!here) return hide();
        const wanted = `${here.lane.column.key} ${here.minute}`;
        if (shown === wanted && spot.isConnected) return;
        shown = wanted;
        spot.textContent = words.book.replace("%(time)s", clock(here.minute));
        here.lane.body.append(at(view, spot, here.minute));
    });
    grid.addEventListener("pointerleave", hide);
    grid.addEventListener("click", (event) => {
        const here = found(event);
        if (!here) return;
        const { column } = here.lane;
        const asked = new URLSearchParams({ location: root.dataset.location, day: column.day, minute: here.minute });
        if (view.data.by === "people") asked.set("practitioner", column.resource);
        location.assign(`${root.dataset.book}?${asked}`);
    });
}
