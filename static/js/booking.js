// Comfort only: booking works without this file.

// A filter that is changed by mouse or finger applies at once. By keyboard each arrow is a change, so there the
// button decides (WCAG 2.2, 3.2.2).
let pressed = false;
addEventListener("pointerdown", () => { pressed = true; }, true);
addEventListener("keydown", () => { pressed = false; }, true);
// On the document, for forms that are fetched later too (times.js).
document.addEventListener("change", ({ target }) => {
  const form = target.closest("form[data-filters]");
  if (pressed && form && target.matches("select")) form.requestSubmit();
});
// Empty filters make long addresses.
document.addEventListener("submit", ({ target }) => {
  if (!target.matches("form[data-filters]")) return;
  for (const field of target.querySelectorAll("select, input")) {
    if (!field.value) field.disabled = true;
  }
});
// Coming back by the browser's arrow, the fields are there again.
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form[data-filters] :disabled, form[data-once] button")) field.disabled = false;
  for (const form of document.querySelectorAll("form[data-once]")) delete form.dataset.sent;
});

// A second press while the first is on its way does nothing. The key in the form would make it harmless anyway.
for (const form of document.querySelectorAll("form[data-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
