// The screen of a waiting room: looks for what is new every few seconds, and changes only then.

const board = document.querySelector("[data-board]");
const offline = document.querySelector("[data-offline]");
const PATIENCE = 30_000; // so long old numbers may stand without a word
let shown = "";
let last = Date.now();

async function look() {
    try {
        const answer = await fetch(board.dataset.board, { cache: "no-store" });
        // The address was taken away: nothing of it stays on the wall.
        if (answer.status === 404) return location.reload();
        if (!answer.ok) throw new Error(answer.status);
        const html = await answer.text();
        if (html !== shown) board.innerHTML = html;
        shown = html;
        last = Date.now();
        offline.hidden = true;
    } catch {
        offline.hidden = Date.now() - last < PATIENCE;
    }
    setTimeout(look, board.dataset.every * 1000);
}

setTimeout(look, board.dataset.every * 1000);
