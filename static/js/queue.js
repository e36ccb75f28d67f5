// Keeps the queue fresh: at once when another desk changes something, and every 20 s. What is typed or opened stays.

const EVERY = 20_000;
const board = document.querySelector("[data-iyada-queue]");

if (board) keepFresh(board, document.querySelector("[data-iyada-offline]"));

function keepFresh(board, offline) {
    let timer;
    let isAsking = false;
    let isPressed = false; // a press on a button that is replaced under the finger would be lost
    let isLeaving = false;
    let askAgain = false;

    const later = () => {
        clearTimeout(timer);
        timer = setTimeout(refresh, EVERY);
    };

    async function refresh() {
        if (document.hidden || isLeaving) return later();
        if (isAsking || isPressed) {
            askAgain = true;
            return later();
        }
        isAsking = true;
        askAgain = false;
        try {
            const answer = await fetch(board.dataset.iyadaQueue, {
                headers: { "X-Requested-With": "XMLHttpRequest" }, cache: "no-store",
            });
            // Signed out meanwhile: the page says so better than we could.
            if (answer.redirected) return location.reload();
            if (!answer.ok) throw new Error(answer.status);
            const html = await answer.text();
            if (isPressed || isLeaving) askAgain = true;
            else replace(board, html);
            offline.hidden = true;
        } catch {
            offline.hidden = false;
        } finally {
            isAsking = false;
            later();
        }
        if (askAgain && !isPressed) refresh();
    }

    board.addEventListener("pointerdown", () => { isPressed = true; });
    for (const end of ["pointerup", "pointercancel"]) {
        addEventListener(end, () => setTimeout(() => {
            isPressed = false;
            if (askAgain) refresh();
        }));
    }
    board.addEventListener("submit", () => { isLeaving = true; });
    addEventListener("pageshow", () => { isLeaving = false; });
    document.addEventListener("iyada:changed", refresh);
    document.addEventListener("visibilitychange", refresh);
    later();
}

// Put `html` in place of what `board` shows, with what was opened, typed and focused as it was.
function replace(board, html) {
    const next = document.createElement("template");
    next.innerHTML = html;
    const focused = board.contains(document.activeElement) ? document.activeElement.id : "";
    for (const old of board.querySelectorAll("details[data-iyada-keep]")) {
        const same = next.content.getElementById(old.id);
        // What was refused stays with its reason until it is sent again.
        if (same && old.querySelector("[aria-invalid]")) same.replaceWith(old);
        else if (same) same.open = old.open;
    }
    for (const old of board.querySelectorAll("input[id]")) {
        const same = next.content.getElementById(old.id);
        // The field itself moves over: with its caret, and with what is half typed.
        if (same && (old.value !== old.defaultValue || old.id === focused)) same.replaceWith(old);
    }
    board.replaceChildren(next.content);
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
