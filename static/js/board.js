// The board: fetches its data, draws it and keeps it new. What a drag does, the form "Move…" of a visit does too, and the
// list shows the same visits.

import { answers } from "./board/answers.js";
import { drawBlocks } from "./board/blocks.js";
import { drawColumns, drawNow } from "./board/columns.js";
import { letDrag } from "./board/drag.js";
import { listenToKeys } from "./board/keys.js";
import { minuteHeight } from "./board/scale.js";
import { letBook } from "./board/spot.js";

const REFRESH = 20_000;
const BEFORE_NOW = 90; // minutes of the day that are shown above the line of now

for (const root of document.querySelectorAll("[data-iyada-board]")) show(root);

function show(root) {
    const view = {
        root,
        grid: root.querySelector("[data-grid]"),
        scroll: root.querySelector("[data-scroll]"),
        words: JSON.parse(document.getElementById("iyada-board-words").textContent),
        phone: matchMedia("(max-width: 48rem)"),
        data: null,
        lanes: [],
        blocks: new Map(), // id → { element, text, data }
        drag: null,
        sending: 0, // moves that are not answered yet
        isOld: false, // something came while a visit was being dragged
    };
    const talk = answers(root, view.words);
    let shape = "";
    let latest = 0;
    let last = "";
    let wait;

    letDrag(view, talk, refresh);
    listenToKeys(view);
    if (root.dataset.book) letBook(view);
    refresh();
    setInterval(() => document.hidden || refresh(), REFRESH);
    document.addEventListener("visibilitychange", () => document.hidden || refresh());
    document.addEventListener("iyada:changed", (event) => {
        const { location, day } = event.detail ?? {};
        if (location && String(location) !== root.dataset.location) return;
        if (day && view.data && !view.data.days.includes(day)) return;
        clearTimeout(wait);
        wait = setTimeout(refresh, 60);
    });

    // `anew` draws also what has not changed.
    async function refresh({ anew = false } = {}) {
        if (anew) last = "";
        if (view.drag) return void (view.isOld = true);
        view.isOld = false;
        const turn = ++latest;
        try {
            const answer = await fetch(root.dataset.source, { headers: { "X-Requested-With": "XMLHttpRequest" } });
            const isOurs = answer.headers.get("content-type")?.includes("json");
            if (!isOurs) throw new Error(answer.status === 200 || answer.status === 403 ? "signed_out" : "offline");
            const text = await answer.text();
            if (turn !== latest) return; // a later question has overtaken this answer
            if (view.drag) return void (view.isOld = true);
            talk.calmDown();
            if (text === last) return;
            last = text;
            draw(JSON.parse(text));
        } catch (reason) {
            if (turn === latest) talk.complain(view.words[reason.message] ?? view.words.offline, { about: "data" });
        }
    }

    function draw(data) {
        view.data = data;
        const wanted = JSON.stringify([data.columns, data.reach]);
        if (wanted !== shape) {
            shape = wanted;
            view.blocks.clear();
            drawColumns(view);
        }
        drawBlocks(view);
        drawNow(view);
        if (view.scroll.hidden) open();
    }

    // For the first time, at the hour that it is.
    function open() {
        const { data, phone, scroll } = view;
        scroll.hidden = false;
        root.querySelector("[data-keys]").hidden = false;
        if (phone.matches || !data.days.includes(data.today)) return;
        scroll.scrollTop = Math.max(0, (data.now - data.reach[0] - BEFORE_NOW) * minuteHeight(view));
    }
}
