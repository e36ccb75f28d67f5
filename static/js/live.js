// Tells the page when something has changed at another desk: fires "iyada:changed" on document, with {location, day, what}
// in detail, where null stands for any. While data-live of the root is not "on", nothing is heard and pages look for
// themselves, as they do every 20 seconds anyway. A part of a page with data-iyada-fresh is kept fresh here.

{
    const root = document.documentElement;
    const { socket: place } = document.currentScript.dataset;
    const FIRST = 300, LONGEST = 20000; // milliseconds between two tries
    const SILENCE = 60000; // after which a socket is lost, whatever the browser thinks
    const SIGNED_OUT = 4401, TOO_MANY = 4429;
    const waiting = new Map();
    let pause = FIRST;
    let socket, watchdog, retry, collector;

    root.dataset.live = "off";
    if (place) connect();

    function connect() {
        clearTimeout(retry);
        const secure = location.protocol === "https:" ? "wss:" : "ws:";
        const host = place.startsWith(":") ? location.hostname : location.host;
        try {
            socket = new WebSocket(`${secure}//${host}${place}`);
        } catch {
            return lost(socket);
        }
        const mine = socket;
        mine.onmessage = ({ data }) => {
            const { hears, changes } = JSON.parse(data);
            pause = FIRST;
            show(hears);
            watch(mine);
            changes.forEach(collect);
        };
        mine.onclose = ({ code }) => lost(mine, code);
        watch(mine);
    }

    function watch(mine) {
        clearTimeout(watchdog);
        watchdog = setTimeout(() => lost(mine), SILENCE);
    }

    function lost(mine, code = 0) {
        if (mine !== socket) return;
        clearTimeout(watchdog);
        let gone = socket;
        socket = null;
        if (gone) {
            gone.onmessage = gone.onclose = null;
            gone.close();
        }
        show(false);
        if (code === SIGNED_OUT || code === TOO_MANY) return; // the latter until somebody looks at this page again
        retry = setTimeout(connect, pause * (0.5 + Math.random()));
        pause = Math.min(pause * 2, LONGEST);
    }

    function show(hears) {
        const state = hears ? "on" : "off";
        if (root.dataset.live !== state) root.dataset.live = state;
    }

    // Several changes at once are told together, each once.
    function collect(change) {
        waiting.set(JSON.stringify(change), change);
        collector ??= setTimeout(() => {
            collector = undefined;
            const changes = [...waiting.values()];
            waiting.clear();
            const everything = changes.find(({ what }) => what === "everything");
            for (const detail of everything ? [everything] : changes) tell(detail);
        }, 40);
    }

    function tell(detail) {
        document.dispatchEvent(new CustomEvent("iyada:changed", { detail }));
    }

    function again() {
        if (!place || socket || document.hidden) return;
        pause = FIRST;
        connect();
    }

    addEventListener("online", again);
    addEventListener("focus", again);
    addEventListener("pageshow", again);
    document.addEventListener("visibilitychange", again);
    addEventListener("pagehide", () => {
        clearTimeout(retry);
        lost(socket, TOO_MANY);
    });
}

{
    const EACH = 20000, BETWEEN = 1000; // milliseconds: looking by ourselves, and at most so often
    let last = 0;
    let planned, running;

    const parts = () => [...document.querySelectorAll("[data-iyada-fresh]")];

    function plan() {
        if (!parts().length) return;
        planned ??= setTimeout(refresh, Math.max(0, last + BETWEEN - Date.now()));
    }

    async function refresh() {
        planned = undefined;
        if (running) return plan();
        if (document.hidden) return; // looked at again, it asks at once
        running = true;
        last = Date.now();
        try {
            const answer = await fetch(location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
            if (!answer.ok || answer.redirected) return;
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            for (const part of parts()) replace(part, page.querySelector(`[data-iyada-fresh="${part.dataset.iyadaFresh}"]`));
        } catch {
            // Away: the next look is not far.
        } finally {
            running = false;
        }
    }

    // Whoever types, chooses or has opened something there is left in peace until they are done.
    function replace(old, fresh) {
        const at = document.activeElement;
        if (!fresh || words(old) === words(fresh)) return;
        if (old.contains(at) && at.matches("input:not([type=hidden]), select, textarea, [contenteditable]")) return;
        if (old.querySelector("details[open], :popover-open, dialog[open]")) return;
        const mark = old.contains(at) ? markOf(at) : null;
        old.replaceChildren(...fresh.childNodes);
        if (mark) [...old.querySelectorAll("a, button")].find((each) => markOf(each) === mark)?.focus({ preventScroll: true });
    }

    // A token against forgery is written anew in each answer, and changes nothing.
    function words(part) {
        return part.innerHTML.replace(/ name="csrfmiddlewaretoken" value="[^"]*"/g, "");
    }

    function markOf(element) {
        const { tagName, className, value } = element;
        return [tagName, className, element.getAttribute("href"), element.closest("form")?.getAttribute("action"), value].join(" ");
    }

    document.addEventListener("iyada:changed", plan);
    document.addEventListener("visibilitychange", () => document.hidden || plan());
    setInterval(plan, EACH);
}
