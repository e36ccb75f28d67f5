// Dragging a visit to another time or column, or its end. Events only note where the hand is; the drawing is done
// once in a frame. Where the columns stand on the board is asked once, and where the board stands on the screen when
// something has scrolled. What is carried floats above the board, so that nothing but it is drawn anew.

import { clock } from "./elements.js";
import { accepts, moveForm, send, wish } from "./moves.js";
import { bound, minuteHeight, shortest, snap } from "./scale.js";

const FAR_ENOUGH = 5; // pixels that make a press a drag
const LONG_ENOUGH = 350; // milliseconds of a finger on a visit that make it a drag; a shorter touch scrolls
const EDGE = 40, PULL = 8; // pixels from the edge where the board moves on, and how far in a frame

export function letDrag(view, { say, complain, offerUndo }, refresh) {
    const { blocks, grid, phone, root, scroll, words } = view;
    let pressed = null;

    grid.addEventListener("pointerdown", (event) => {
        const element = event.target.closest("[data-moves]");
        if (!element || event.button !== 0 || phone.matches || view.drag) return;
        const { data: each } = blocks.get(element.dataset.id);
        const isResize = Boolean(event.target.closest(".iyada-block__grip"));
        pressed = { element, each, isResize, x: event.clientX, y: event.clientY, pointer: event.pointerId };
        pressed.minute = minuteHeight(view);
        pressed.grab = (event.clientY - element.getBoundingClientRect().top) / pressed.minute;
        if (event.pointerType === "touch") pressed.timer = setTimeout(() => begin(), LONG_ENOUGH);
    });
    document.addEventListener("pointermove", (event) => {
        const { clientX: x, clientY: y } = event;
        if (view.drag?.pointer === event.pointerId) return void Object.assign(view.drag, { x, y, isMoved: true });
        if (pressed?.pointer !== event.pointerId) return;
        if (Math.hypot(x - pressed.x, y - pressed.y) < FAR_ENOUGH) return;
        if (event.pointerType === "touch") return release();
        begin();
        Object.assign(view.drag, { x, y, isMoved: true });
    });
    document.addEventListener("pointerup", (event) => {
        if (view.drag?.pointer === event.pointerId) drop();
        release();
    });
    document.addEventListener("pointercancel", () => {
        if (view.drag) leave();
        release();
    });
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && view.drag) leave();
    });
    document.addEventListener("scroll", () => view.drag && (view.drag.places = null), { capture: true, passive: true });
    grid.addEventListener("touchmove", (event) => view.drag && event.preventDefault(), { passive: false });
    grid.addEventListener("contextmenu", (event) => view.drag && event.preventDefault());
    grid.addEventListener("dragstart", (event) => event.preventDefault());

    function release() {
        clearTimeout(pressed?.timer);
        pressed = null;
    }

    function begin() {
        const { each, element } = pressed;
        const ghost = element.cloneNode(true);
        for (const name of ["href", "data-moves", "data-id", "tabindex"]) ghost.removeAttribute(name);
        ghost.setAttribute("aria-hidden", "true");
        ghost.classList.add("iyada-block--carried");
        const time = new Text();
        ghost.querySelector(".iyada-block__time").replaceChildren(time);
        const allowed = new Set(view.lanes.filter((lane) => accepts(view, lane, each)));
        const home = view.lanes.find((lane) => lane.column.key === each.column);
        const lanes = spread(ghost, home);
        const length = each.until - each.from;
        view.drag = { ...pressed, ghost, time, home, lane: home, lanes, allowed, from: each.from, length, isMoved: false };
        element.classList.add("iyada-block--away");
        for (const lane of view.lanes) lane.element.toggleAttribute("data-refused", !allowed.has(lane));
        root.classList.add("iyada-carrying");
        say(words.carried);
        place();
        grid.append(ghost);
        grid.setPointerCapture(pressed.pointer);
        requestAnimationFrame(frame);
    }

    // Where the columns stand from the one that the visit comes from, in pixels; lays the ghost over that one.
    function spread(ghost, home) {
        const board = grid.getBoundingClientRect();
        const boxes = view.lanes.map((lane) => [lane, lane.body.getBoundingClientRect()]);
        const { left, right, top, width } = boxes.find(([lane]) => lane === home)[1];
        const isTurned = getComputedStyle(grid).direction === "rtl";
        ghost.style.insetInlineStart = `${isTurned ? board.right - right : left - board.left}px`;
        ghost.style.insetBlockStart = `${top - board.top}px`;
        ghost.style.inlineSize = `${width}px`;
        const told = boxes.map(([lane, box]) => [lane, { begin: box.left - left, end: box.right - left }]);
        return { begin: left - board.left, top: top - board.top, of: new Map(told) };
    }

    function frame() {
        if (!view.drag) return;
        creep();
        if (view.drag.isMoved) follow();
        requestAnimationFrame(frame);
    }

    // Where the board stands on the screen, and its window.
    function places() {
        view.drag.places ??= { board: grid.getBoundingClientRect(), frame: scroll.getBoundingClientRect() };
        return view.drag.places;
    }

    // Near an edge of the board, the board moves on below the visit.
    function creep() {
        const { frame: box } = places();
        const pull = (here, begin, end) => (here < begin + EDGE ? -PULL : here > end - EDGE ? PULL : 0);
        const across = view.drag.isResize ? 0 : pull(view.drag.x, box.left, box.right);
        const down = pull(view.drag.y, box.top + EDGE, box.bottom);
        if (!across && !down) return;
        scroll.scrollBy(across, down);
        Object.assign(view.drag, { places: null, isMoved: true });
    }

    function follow() {
        const { drag } = view;
        const { each, grab, lanes, minute } = drag;
        const [first, end] = view.data.reach;
        const { board } = places();
        const hand = first + (drag.y - board.top - lanes.top) / minute;
        drag.isMoved = false;
        if (drag.isResize) {
            drag.length = bound(snap(hand - grab + each.until - each.from) - each.from, shortest, end - each.from);
        } else {
            const x = drag.x - board.left - lanes.begin;
            const over = view.lanes.find((lane) => x >= lanes.of.get(lane).begin && x < lanes.of.get(lane).end);
            if (drag.allowed.has(over)) drag.lane = over;
            drag.from = bound(snap(hand - grab), first, Math.max(first, end - drag.length));
        }
        place();
    }

    function place() {
        const { ghost, lane, lanes, from, length, minute, shown, time } = view.drag;
        const wanted = `${lane.column.key} ${from} ${length}`;
        if (shown === wanted) return;
        view.drag.shown = wanted;
        const across = Math.round(lanes.of.get(lane).begin); // whole pixels: letters stay sharp
        const down = Math.round((from - view.data.reach[0]) * minute);
        ghost.style.transform = `translate(${across}px, ${down}px)`;
        ghost.style.setProperty("--length", length);
        time.data = `${clock(from)}–${clock(from + length)}`;
    }

    function leave() {
        end();
        say("");
    }

    function end() {
        view.drag.ghost.remove();
        view.drag.element.classList.remove("iyada-block--away");
        for (const lane of view.lanes) lane.element.removeAttribute("data-refused");
        root.classList.remove("iyada-carrying");
        view.drag = null;
        hush();
        if (view.isOld) refresh();
    }

    // The click that ends a drag opens nothing.
    function hush() {
        const stop = (event) => {
            event.preventDefault();
            event.stopPropagation();
        };
        root.addEventListener("click", stop, { capture: true, once: true });
        setTimeout(() => root.removeEventListener("click", stop, { capture: true }), 50);
    }

    async function drop() {
        if (view.drag.isMoved) follow();
        const { drag } = view;
        const { each, element, from, ghost, home, lane, length } = drag;
        const isSame = lane === home && from === each.from && length === each.until - each.from;
        // The visit stays under the hand until the server has answered.
        const stay = isSame ? null : grid.appendChild(ghost.cloneNode(true));
        end();
        say("");
        if (isSame) return;
        element.classList.add("iyada-block--away");
        complain("");
        view.sending += 1;
        const asked = wish(view, drag);
        try {
            const told = await send(view, each, asked);
            if (told.fault) complain(told.fault, { way: moveForm(view, each, asked) });
            else {
                say(told.done, true);
                offerUndo(told.undo);
            }
        } catch {
            complain(words.unmoved);
        }
        view.sending -= 1;
        await refresh({ anew: true });
        stay.remove();
        element.classList.remove("iyada-block--away");
        if (element.isConnected) element.focus({ preventScroll: true });
    }
}
