// Places the times of a room's week by their minutes: attributes in the page, custom properties in the style sheet.
for (const week of document.querySelectorAll("[data-iyada-places]")) {
    for (const name of ["first", "last", "seats"]) week.style.setProperty(`--${name}`, week.dataset[name]);
    for (const element of week.querySelectorAll("[data-from]")) {
        for (const name of ["from", "until", "seat"]) {
            if (element.dataset[name]) element.style.setProperty(`--${name}`, element.dataset[name]);
        }
    }
    week.classList.add("iyada-placeweek--placed");
}
