// Comfort only: everything works without this file.
const root = document.documentElement;

// Who chooses a language finds it again at "/".
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-language]");
  if (link) {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `${root.dataset.languageCookie}=${link.dataset.language}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  }
  // A press beside an open menu closes it.
  for (const menu of document.querySelectorAll(".head details[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.activeElement?.closest(".head details[open]") ?? document.querySelector(".head details[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

document.querySelector("[data-focus]")?.focus();
