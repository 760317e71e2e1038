// Says what a mark of a chart stands for: where a reader points, and mark by mark by the arrow keys.
// Charts are drawings within the page, and whole without it.
(function () {
  "use strict";

  function follow(box) {
    const said = document.createElement("div");
    said.className = "exhibit-said";
    said.setAttribute("role", "status");
    box.append(said);
    let lit;

    function tell(mark) {
      lit?.classList.remove("lit");
      lit = mark;
      said.replaceChildren();
      if (!mark) return;
      mark.classList.add("lit");
      const lines = mark.dataset.told.split(/[；;]\s*/);
      said.append(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
      place(mark);
    }

    // Above the mark, or below it where there is no room above; never over it, nor beside the box.
    function place(mark) {
      const frame = box.getBoundingClientRect();
      const at = mark.getBoundingClientRect();
      const own = said.getBoundingClientRect();
      const left = at.left + at.width / 2 - own.width / 2 - frame.left;
      const above = at.top - frame.top - own.height - 8;
      const below = at.bottom - frame.top + 8;
      said.style.left = `${Math.max(0, Math.min(left, frame.width - own.width))}px`;
      said.style.top = `${above >= -own.height / 2 ? above : below}px`;
    }

    box.addEventListener("pointerover", (event) => tell(event.target.closest("[data-told]")));
    // A finger leaves by being lifted: what it has tapped stays until it taps elsewhere.
    box.addEventListener("pointerleave", (event) => event.pointerType !== "touch" && tell());
    document.addEventListener("pointerdown", (event) => box.contains(event.target) || tell());
    document.addEventListener("keydown", (event) => event.key === "Escape" && tell());
    // At another width it may be the other drawing that is seen.
    window.addEventListener("resize", () => lit && (lit.checkVisibility() ? place(lit) : tell()));
    box.addEventListener("focusin", (event) => {
      const link = event.target.closest("a");
      if (link) tell(link.querySelector("[data-told]"));
      else if (event.target.matches(".exhibit-drawing:focus-visible")) said.textContent = box.dataset.hint;
    });
    box.addEventListener("focusout", () => tell());
    for (const drawing of box.querySelectorAll('.exhibit-drawing[role="img"]')) walk(drawing, tell, () => lit);
  }

  function walk(drawing, tell, lit) {
    const marks = [...drawing.querySelectorAll("[data-told]:not(text)")];
    if (!marks.length) return;
    drawing.tabIndex = 0;
    drawing.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      const at = marks.indexOf(lit());
      const next = at < 0 ? (steps[event.key] > 0 ? 0 : marks.length - 1) : at + steps[event.key];
      tell(marks[(next + marks.length) % marks.length]);
    });
  }

  const start = () => document.querySelectorAll(".exhibit-chart").forEach(follow);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
