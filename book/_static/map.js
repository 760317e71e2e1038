// Says below the map of the first page what is pointed at; without script it is the link's title.
(function () {
  "use strict";
  function follow(box) {
    const said = box.querySelector(".map-said");
    for (const link of box.querySelectorAll("a")) {
      // As an element it would be a box of the browser's over the map, with the same words.
      link.setAttribute("aria-label", link.querySelector("title").textContent);
      link.querySelector("title").remove();
    }
    const tell = (event) => {
      const link = event.target.closest("a");
      said.textContent = link ? link.getAttribute("aria-label") : said.dataset.hint;
    };
    for (const name of ["pointerover", "focusin"]) box.addEventListener(name, tell);
    box.addEventListener("pointerleave", () => (said.textContent = said.dataset.hint));
  }
  const start = () => document.querySelectorAll(".leading-map-box").forEach(follow);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
