// The board: fetches its data, draws it, keeps it new, and lets visits be dragged. What a drag does, the "Move…" form
// of a visit does too, and the list shows the same visits.

const STEP = 5; // minutes to which a drag keeps
const BOOK_STEP = 15; // minutes to which a click keeps
const FAR_ENOUGH = 5; // pixels that make a press a drag
const LONG_ENOUGH = 350; // milliseconds of a finger on a visit that make it a drag; a shorter touch scrolls
const REFRESH = 20_000;

for (const board of document.querySelectorAll("[data-iyada-board]")) show(board);

function show(board) {
    const words = JSON.parse(document.getElementById("iyada-board-words").textContent);
    const part = (name) => board.querySelector(`[data-${name}]`);
    const [grid, scroll, said, fault] = ["grid", "scroll", "said", "fault"].map(part);
    const phone = matchMedia("(max-width: 48rem)");
    const blocks = new Map(); // id → { element, text, data }
    let data = null;
    let shape = "";
    let lanes = [];
    let drag = null;
    let sending = 0;
    let latest = 0;
    let last = "";
    let isOld = false; // something came while a visit was being dragged

    refresh();
    setInterval(() => document.hidden || refresh(), REFRESH);
    document.addEventListener("visibilitychange", () => document.hidden || refresh());
    let wait;
    document.addEventListener("iyada:changed", (event) => {
        const { location, day } = event.detail ?? {};
        if (location && String(location) !== board.dataset.location) return;
        if (day && data && !data.days.includes(day)) return;
        clearTimeout(wait);
        wait = setTimeout(refresh, 60);
    });

    async function refresh() {
        if (drag) return void (isOld = true);
        const turn = ++latest;
        try {
            const answer = await fetch(board.dataset.source, { headers: { "X-Requested-With": "XMLHttpRequest" } });
            const isOurs = answer.headers.get("content-type")?.includes("json");
            if (!isOurs) throw new Error(answer.status === 200 || answer.status === 403 ? "signed_out" : "offline");
            const text = await answer.text();
            if (turn !== latest) return; // a later question has overtaken this answer
            if (drag) return void (isOld = true);
            if (fault.dataset.about === "data") complain("");
            if (text === last) return;
            last = text;
            draw(JSON.parse(text));
        } catch (reason) {
            if (turn === latest) complain(words[reason.message] ?? words.offline, { about: "data" });
        }
    }

    function complain(text, { about = "", way = "" } = {}) {
        fault.hidden = !text;
        fault.dataset.about = about;
        fault.replaceChildren(...(text ? [make("span", "", text)] : []));
        if (way) fault.append(link(way, words.move, "button button-small button-secondary"));
    }

    function say(text, isGood = false) {
        said.textContent = text;
        said.toggleAttribute("data-good", isGood);
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

    // Drawing: blocks that stay are kept, and with them the focus and the place of the scroll.

    function draw(next) {
        data = next;
        const wanted = JSON.stringify([data.columns, data.reach]);
        const focused = document.activeElement?.closest?.(".iyada-block")?.dataset.id;
        if (wanted !== shape) {
            shape = wanted;
            drawColumns();
        }
        const gone = new Set(blocks.keys());
        const placed = lanes.map(() => []);
        const numbers = new Map(lanes.map((lane, number) => [lane.column.key, number]));
        for (const each of data.blocks) {
            gone.delete(each.id);
            placed[numbers.get(each.column)].push(blockOf(each));
        }
        for (const id of gone) {
            blocks.get(id).element.remove();
            blocks.delete(id);
        }
        placed.forEach((elements, number) => {
            const shelf = lanes[number].shelf;
            elements.forEach((element, at) => {
                if (shelf.children[at] !== element) shelf.insertBefore(element, shelf.children[at] ?? null);
            });
        });
        drawNow();
        const links = [...grid.querySelectorAll("a.iyada-block")];
        if (!links.some((each) => each.tabIndex === 0) && links.length) links[0].tabIndex = 0;
        if (focused && document.activeElement?.dataset?.id !== focused) blocks.get(focused)?.element.focus({ preventScroll: true });
        const isFirst = scroll.hidden;
        scroll.hidden = false;
        part("keys").hidden = false;
        if (isFirst && !phone.matches && data.days.includes(data.today)) scroll.scrollTop = Math.max(0, tall(data.now - data.reach[0] - 90));
    }

    function drawColumns() {
        const [first, end] = data.reach;
        blocks.clear();
        grid.style.setProperty("--whole", end - first);
        grid.toggleAttribute("data-many", data.columns.length > 8);
        const axis = make("div", "iyada-axis");
        axis.setAttribute("aria-hidden", "true");
        const hours = make("div", "iyada-axis__body");
        for (let minute = first; minute < end; minute += 60) hours.append(at(make("span", "iyada-axis__hour", clock(minute)), minute));
        axis.append(make("div", "iyada-axis__head"), hours);
        lanes = data.columns.map((column, number) => {
            const lane = make("section", "iyada-lane");
            const head = make("h3", "iyada-lane__head");
            head.append(make("bdi", "", column.title));
            head.id = `iyada-lane-${number}`;
            head.title = column.title;
            head.toggleAttribute("data-today", data.days.length > 1 && column.day === data.today);
            lane.setAttribute("aria-labelledby", head.id);
            const body = make("div", "iyada-lane__body");
            for (const [from, until] of column.hours) body.append(at(make("div", "iyada-lane__hours"), from, until - from));
            if (data.by === "rooms") body.append(at(make("div", "iyada-lane__hours"), first, end - first));
            if (column.closed) body.append(make("p", "iyada-lane__closed", column.closed));
            const shelf = make("div", "iyada-lane__shelf");
            body.append(shelf);
            lane.append(head, body);
            return { element: lane, body, shelf, column };
        });
        grid.replaceChildren(axis, ...lanes.map((lane) => lane.element));
        if (!lanes.length) grid.append(make("p", "iyada-empty", words.empty));
    }

    function drawNow() {
        for (const line of grid.querySelectorAll(".iyada-now-line")) line.remove();
        const [first, end] = data.reach;
        if (data.now < first || data.now >= end) return;
        for (const { body, column } of lanes) if (column.day === data.today) body.append(at(make("div", "iyada-now-line"), data.now));
    }

    function blockOf(each) {
        const text = JSON.stringify(each);
        const known = blocks.get(each.id);
        if (known?.text === text) return known.element;
        const element = known?.element ?? make(each.reference ? "a" : "div", "");
        fill(element, each);
        if (!known && each.reference) element.tabIndex = -1;
        blocks.set(each.id, { element, text, data: each });
        return element;
    }

    function fill(element, each) {
        const length = each.until - each.from;
        const size = length < 20 ? "short" : length < 30 ? "middle" : "tall";
        element.className = `iyada-block iyada-block--${each.status ?? "taken"} iyada-block--${size}`;
        element.dataset.id = each.id;
        at(element, each.from, length);
        element.style.setProperty("--lane", each.lane);
        element.style.setProperty("--lanes", each.lanes);
        const times = `${clock(each.from)}–${clock(each.until)}`;
        const head = make("span", "iyada-block__line");
        const time = make("span", "iyada-block__time", clock(each.from));
        time.append(make("span", "iyada-block__end", `–${clock(each.until)}`));
        head.append(icon(each.icon), time);
        if (!each.reference) {
            element.classList.add(`iyada-block--${each.reason}`);
            head.append(make("bdi", "", each.label));
            element.replaceChildren(head);
            return;
        }
        head.append(make("bdi", "iyada-block__name", each.name));
        const state = make("span", "iyada-block__line");
        state.append(make("bdi", "iyada-block__state", [each.label, each.extra].filter(Boolean).join(" · ")));
        const about = data.by === "rooms" ? [each.who, each.what] : [each.what, each.where];
        const meta = make("span", "iyada-block__meta");
        about.filter(Boolean).forEach((text, number) => meta.append(number ? " · " : "", make("bdi", "", text)));
        element.replaceChildren(head, state, meta);
        element.href = board.dataset.visit.replace("REFERENCE", each.reference);
        element.draggable = false;
        element.title = [times, each.name, each.label, each.extra, ...about].filter(Boolean).join(" · ");
        element.toggleAttribute("data-moves", each.moves);
        if (each.moves) element.append(make("span", "iyada-block__grip"));
    }

    // By keyboard: one stop for Tab, arrows within, M for the form that moves.

    grid.addEventListener("keydown", (event) => {
        const here = event.target.closest("a.iyada-block");
        if (!here || event.ctrlKey || event.metaKey || event.altKey || drag) return;
        if (event.key.toLowerCase() === "m" || event.code === "KeyM") {
            const { data: each } = blocks.get(here.dataset.id);
            if (each.moves) location.assign(moveForm(each));
            return;
        }
        const isMirrored = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
        const ways = { ArrowDown: [0, 1], ArrowUp: [0, -1], ArrowRight: [isMirrored, 0], ArrowLeft: [-isMirrored, 0] };
        const way = ways[event.key];
        if (!way) return;
        event.preventDefault();
        event.stopPropagation();
        const next = way[1] ? sibling(here, way[1]) : beside(here, way[0]);
        if (!next) return;
        here.tabIndex = -1;
        next.tabIndex = 0;
        next.focus();
        next.scrollIntoView({ block: "nearest", inline: "nearest" });
    });

    function visitsOf(lane) {
        return [...lane.shelf.querySelectorAll("a.iyada-block")];
    }

    function sibling(here, way) {
        const all = visitsOf(lanes.find((lane) => lane.body.contains(here)));
        return all[all.indexOf(here) + way];
    }

    // The visit of the next column that has any, nearest in time.
    function beside(here, way) {
        const from = blocks.get(here.dataset.id).data.from;
        const distance = (element) => Math.abs(blocks.get(element.dataset.id).data.from - from);
        for (let number = lanes.findIndex((lane) => lane.body.contains(here)) + way; lanes[number]; number += way) {
            const all = visitsOf(lanes[number]);
            if (all.length) return all.reduce((best, each) => (distance(each) < distance(best) ? each : best));
        }
        return null;
    }

    // Dragging.

    let pressed = null;

    grid.addEventListener("pointerdown", (event) => {
        const element = event.target.closest("[data-moves]");
        if (!element || event.button !== 0 || phone.matches || drag) return;
        const { data: each } = blocks.get(element.dataset.id);
        const isResize = Boolean(event.target.closest(".iyada-block__grip"));
        pressed = { element, each, isResize, x: event.clientX, y: event.clientY, pointer: event.pointerId };
        const box = element.getBoundingClientRect();
        pressed.grab = (event.clientY - box.top) / tall(1);
        pressed.slip = (box.top - event.clientY) / tall(1) + (each.until - each.from); // from the hand to the very end
        if (event.pointerType === "touch") pressed.timer = setTimeout(() => begin(), LONG_ENOUGH);
    });
    document.addEventListener("pointermove", (event) => {
        if (drag?.pointer === event.pointerId) return follow(event.clientX, event.clientY);
        if (pressed?.pointer !== event.pointerId) return;
        if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < FAR_ENOUGH) return;
        if (event.pointerType === "touch") return release();
        begin();
        follow(event.clientX, event.clientY);
    });
    document.addEventListener("pointerup", (event) => {
        if (drag?.pointer === event.pointerId) drop();
        release();
    });
    document.addEventListener("pointercancel", () => {
        if (drag) leave();
        release();
    });
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape" && drag) leave();
    });
    grid.addEventListener("touchmove", (event) => drag && event.preventDefault(), { passive: false });
    grid.addEventListener("contextmenu", (event) => drag && event.preventDefault());
    grid.addEventListener("dragstart", (event) => event.preventDefault());

    function release() {
        clearTimeout(pressed?.timer);
        pressed = null;
    }

    function begin() {
        const { element, each, isResize, grab, slip, pointer, x, y } = pressed;
        const ghost = element.cloneNode(true);
        for (const name of ["href", "data-moves", "data-id", "tabindex"]) ghost.removeAttribute(name);
        ghost.setAttribute("aria-hidden", "true");
        ghost.classList.add("iyada-block--carried");
        element.classList.add("iyada-block--away");
        const lane = lanes.find((one) => one.column.key === each.column);
        drag = { element, each, isResize, grab, slip, pointer, x, y, ghost, lane, home: lane, from: each.from, length: each.until - each.from };
        for (const one of lanes) one.element.toggleAttribute("data-refused", !accepts(one, each));
        board.classList.add("iyada-carrying");
        say(words.carried);
        place();
        requestAnimationFrame(creep);
    }

    // Whether a visit may stand in a column: whose service it is, or a room of its kind.
    function accepts(lane, each) {
        const { column } = lane;
        if (lane.column.key === each.column || data.days.length > 1) return true;
        return data.by === "people" ? column.services.includes(each.service) : Boolean(each.kind) && column.kind === each.kind;
    }

    function follow(x, y) {
        Object.assign(drag, { x, y });
        const { each, isResize, grab } = drag;
        const over = lanes.find(({ body }) => {
            const box = body.getBoundingClientRect();
            return x >= box.x && x < box.x + box.width;
        });
        const [first, end] = data.reach;
        if (isResize) {
            const until = first + (y - drag.home.body.getBoundingClientRect().top) / tall(1);
            drag.length = bound(snap(until + drag.slip) - each.from, STEP, end - each.from);
        } else {
            if (over && accepts(over, each)) drag.lane = over;
            const from = first + (y - drag.lane.body.getBoundingClientRect().top) / tall(1) - grab;
            drag.from = bound(snap(from), first, Math.max(first, end - drag.length));
        }
        place();
    }

    function place() {
        const { ghost, lane, from, length } = drag;
        at(ghost, from, length);
        ghost.style.setProperty("--lane", 0);
        ghost.style.setProperty("--lanes", 1);
        ghost.querySelector(".iyada-block__time").textContent = `${clock(from)}–${clock(from + length)}`;
        if (ghost.parentElement !== lane.body) lane.body.append(ghost);
    }

    // Near an edge of the board, the board moves on below the visit.
    function creep() {
        if (!drag) return;
        const box = scroll.getBoundingClientRect();
        const pull = (here, begin, end) => (here < begin + 40 ? -8 : here > end - 40 ? 8 : 0);
        const [across, down] = [pull(drag.x, box.x, box.x + box.width), pull(drag.y, box.top + 40, box.bottom)];
        if (across || down) {
            scroll.scrollBy(drag.isResize ? 0 : across, down);
            follow(drag.x, drag.y);
        }
        requestAnimationFrame(creep);
    }

    function leave() {
        end();
        say("");
    }

    function end() {
        drag.ghost.remove();
        drag.element.classList.remove("iyada-block--away");
        for (const one of lanes) one.element.removeAttribute("data-refused");
        board.classList.remove("iyada-carrying");
        drag = null;
        hush();
        if (isOld) {
            isOld = false;
            refresh();
        }
    }

    // The click that ends a drag opens nothing.
    function hush() {
        const stop = (event) => {
            event.preventDefault();
            event.stopPropagation();
        };
        board.addEventListener("click", stop, { capture: true, once: true });
        setTimeout(() => board.removeEventListener("click", stop, { capture: true }), 50);
    }

    async function drop() {
        const { each, lane, from, length, element, ghost, home } = drag;
        const isSame = lane === home && from === each.from && length === each.until - each.from;
        // The visit stays under the hand until the server has answered.
        const stay = isSame ? null : lane.body.appendChild(ghost.cloneNode(true));
        end();
        if (isSame) return say("");
        element.classList.add("iyada-block--away");
        say("");
        complain("");
        sending += 1;
        const asked = wish(each, lane, from, length);
        try {
            const answer = await fetch(board.dataset.move.replace("REFERENCE", each.reference), {
                method: "POST",
                body: new URLSearchParams({ ...asked, csrfmiddlewaretoken: board.querySelector("[name=csrfmiddlewaretoken]").value }),
                headers: { "X-Requested-With": "XMLHttpRequest" },
            });
            if (!answer.headers.get("content-type")?.includes("json")) throw new Error(answer.status);
            const told = await answer.json();
            if (answer.ok) {
                say(told.done, true);
                offerUndo(told.undo);
            }
            else complain(told.fault, { way: moveForm(each, asked) });
        } catch {
            complain(words.unmoved);
        }
        sending -= 1;
        last = "";
        await refresh();
        stay.remove();
        element.classList.remove("iyada-block--away");
        if (element.isConnected) element.focus({ preventScroll: true });
    }

    // What the form of the visit would send.
    function wish(each, lane, from, length) {
        const { column } = lane;
        const isResized = length !== each.until - each.from;
        const asked = {
            revision: each.revision,
            day: column.day,
            time: clock(from),
            length: isResized ? length : each.length,
            practitioner: data.by === "people" ? column.resource : each.practitioner,
            location: board.dataset.location,
            tell: "on",
        };
        if (data.by === "rooms" && column.resource) asked.room = column.resource;
        return asked;
    }

    function moveForm(each, asked = {}) {
        const way = new URLSearchParams({ ...asked, next: location.pathname + location.search });
        for (const name of ["revision", "tell"]) way.delete(name);
        return `${board.dataset.move.replace("REFERENCE", each.reference)}?${way}`;
    }

    // A click into a free time books it.

    if (board.dataset.book) {
        const spot = make("div", "iyada-spot");
        const spotOf = (event) => {
            const lane = lanes.find(({ body }) => body.contains(event.target));
            if (!lane || drag || sending || phone.matches || event.target.closest(".iyada-block")) return null;
            const minute = data.reach[0] + (event.clientY - lane.body.getBoundingClientRect().top) / tall(1);
            return { lane, minute: Math.floor(minute / BOOK_STEP) * BOOK_STEP };
        };
        grid.addEventListener("pointermove", (event) => {
            const found = event.pointerType === "mouse" ? spotOf(event) : null;
            if (!found) return spot.remove();
            spot.textContent = words.book.replace("%(time)s", clock(found.minute));
            found.lane.body.append(at(spot, found.minute));
        });
        grid.addEventListener("pointerleave", () => spot.remove());
        grid.addEventListener("click", (event) => {
            const found = spotOf(event);
            if (!found) return;
            const { column } = found.lane;
            const asked = new URLSearchParams({ location: board.dataset.location, day: column.day, minute: found.minute });
            if (data.by === "people") asked.set("practitioner", column.resource);
            location.assign(`${board.dataset.book}?${asked}`);
        });
    }

    // Small things.

    function at(element, from, length) {
        element.style.setProperty("--from", from - data.reach[0]);
        if (length !== undefined) element.style.setProperty("--length", length);
        return element;
    }

    // How many pixels `minutes` are.
    function tall(minutes) {
        return minutes * Number.parseFloat(getComputedStyle(board).getPropertyValue("--minute"));
    }
}

function snap(minute) {
    return Math.round(minute / STEP) * STEP;
}

function bound(value, least, most) {
    return Math.min(Math.max(value, least), most);
}

function clock(minute) {
    const two = (number) => String(number).padStart(2, "0");
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function make(kind, name, text = "") {
    const element = document.createElement(kind);
    if (name) element.className = name;
    if (text) element.textContent = text;
    return element;
}

function link(address, text, name) {
    const element = make("a", name, text);
    element.href = address;
    return element;
}

function icon(name) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", `icon icon-${name}`);
    svg.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#icon-${name}`);
    svg.append(use);
    return svg;
}
