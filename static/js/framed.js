// Inside the frame of another site (widget.js): tells that site, and no other, how high the page is.
const { host } = document.documentElement.dataset;

if (host && parent !== window) {
  const tell = () => parent.postMessage({ iyada: "height", height: Math.ceil(document.body.getBoundingClientRect().height) }, host);
  new ResizeObserver(tell).observe(document.body);
}

// The time that was chosen goes on in a window of its own. Who comes back sees what is free then.
let chosen = false;
document.addEventListener("submit", ({ target }) => { chosen ||= target.target === "_blank"; });
document.addEventListener("visibilitychange", () => { if (chosen && !document.hidden) location.reload(); });
