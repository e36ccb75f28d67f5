// Shows the booking of a clinic on another site, where this stands:
//   <script src="https://clinic.example/widget.js" data-service="…" data-language="ar" async></script>
// docs/integrators.md says what else it takes. It reads nothing of the page around it.
(() => {
  const tag = document.currentScript;
  if (!tag) return;
  const { origin } = new URL(tag.src);
  const { service = "", doctor = "", location: place = "", language = document.documentElement.lang } = tag.dataset;
  const arabic = language.toLowerCase().startsWith("ar");

  const address = new URL(`/${arabic ? "ar" : "en"}/widget/${service ? `${encodeURIComponent(service)}/` : ""}`, origin);
  const asked = { doctor, location: place, site: window.location.origin };
  for (const [name, value] of Object.entries(asked)) if (value) address.searchParams.set(name, value);

  const frame = document.createElement("iframe");
  frame.src = address;
  frame.title = arabic ? "حجز زيارة" : "Book a visit";
  frame.loading = "lazy";
  Object.assign(frame.style, { display: "block", inlineSize: "100%", blockSize: "40rem", border: "0" });

  addEventListener("message", ({ data, origin: from, source }) => {
    if (from !== origin || source !== frame.contentWindow) return;
    const { iyada, height } = Object(data);
    if (iyada === "height" && height > 0 && height < 20_000) frame.style.blockSize = `${height}px`;
  });
  tag.after(frame);
})();
