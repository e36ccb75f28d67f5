// Comfort only: times stand on the clock of the clinic. Who reads them by another clock is told so, and hears what
// theirs will show. What a time of the page says of its offset is compared, so that no zone needs to be guessed.

const language = document.documentElement.lang === "ar" ? "ar-u-nu-latn" : "en-GB";
const minutes = (offset) => (offset === "Z" ? 0 : Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4))));

const differs = (written) => {
  const offset = /(Z|[+-]\d\d:\d\d)$/.exec(written)?.[0];
  return Boolean(offset) && minutes(offset) !== -new Date(written).getTimezoneOffset();
};

const show = () => {
  const times = [...document.querySelectorAll("main time[datetime]")];
  if (!times.some((time) => differs(time.dateTime))) return;
  for (const notice of document.querySelectorAll("[data-zone]")) {
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: notice.dataset.zone };
    notice.querySelector("[data-clock]").textContent = new Date().toLocaleTimeString(language, clock);
    notice.hidden = false;
  }
  for (const place of document.querySelectorAll("[data-elsewhere]")) {
    const said = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    place.querySelector("[data-clock]").textContent = new Date(place.dataset.elsewhere).toLocaleString(language, said);
    place.hidden = false;
  }
};

show();
// Times that were fetched into the page (times.js).
addEventListener("times", show);
