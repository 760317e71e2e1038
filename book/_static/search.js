// The search page, and the phrase that a hit leads to. Nothing is fetched: search-index.js is a
// script that the search page loads; see smdi.publishing.sphinx_ext.search.
(function () {
  "use strict";
  const SHOWN = 30;
  const SNIPPET = 46;
  const FUZZY = 0.6;

  // Full width, case, blanks and the commas of thousands make no difference; `at` leads back.
  function plain(text) {
    const letters = [];
    const at = [];
    for (let place = 0; place < text.length; place++) {
      const letter = text[place].normalize("NFKC").toLowerCase();
      const between = /\d/.test(text[place - 1] || "") && /\d/.test(text[place + 1] || "");
      // Cells of numbers stand side by side: the blank between them stays.
      if ((/\s/.test(letter) && !between) || (letter === "," && between)) continue;
      for (const one of letter) {
        letters.push(one);
        at.push(place);
      }
    }
    return { text: letters.join(""), at };
  }

  function pairs(text) {
    const found = new Set();
    for (let at = 0; at + 1 < text.length; at++) found.add(text.slice(at, at + 2));
    return found;
  }

  // A number is found as a whole: 20 is none of 2020, nor 98 of 57.98.
  function position(text, term) {
    const digits = /^[\d.]+$/.test(term);
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
      const around = (text[at - 1] || "") + (text[at + term.length] || "");
      if (!digits || !/[\d.]/.test(around)) return at;
    }
    return -1;
  }

  // The better the hit the higher: titles before texts, whole titles before parts, the phrase
  // before its words, and words before what only resembles them.
  function score(place, phrase, terms) {
    const [title, text] = [place.title.text, place.text.text];
    if (title === phrase || title.endsWith("　" + phrase)) return 1000;
    if (place.number === phrase) return 1100;
    const inTitle = position(title, phrase);
    if (inTitle >= 0) return 800 - Math.min(title.length, 200) + (place.level ? 0 : 40);
    const inText = position(text, phrase);
    if (inText >= 0) return 500 - Math.min(inText / 10, 150) + Math.min(count(text, phrase), 20);
    if (terms.length > 1 && terms.every((term) => position(title + text, term) >= 0)) {
      return 250 + 50 * terms.filter((term) => position(title, term) >= 0).length;
    }
    return 0;
  }

  function count(text, phrase) {
    return phrase ? text.split(phrase).length - 1 : 0;
  }

  function resembles(place, wanted) {
    const own = pairs(place.title.text);
    const all = pairs(place.title.text + place.text.text);
    let near = 0;
    let titled = 0;
    for (const pair of wanted) {
      if (all.has(pair)) near++;
      if (own.has(pair)) titled++;
    }
    const share = near / Math.max(wanted.size, 1);
    return share >= FUZZY ? 100 * share + 20 * titled : 0;
  }

  function prepared(index) {
    let page = -1;
    return index.places.map(([number, anchor, title, text]) => {
      const level = number === page ? 1 : 0;
      page = number;
      const name = /^(\S+ ?[A-Z]?\d+)　/.exec(title);
      return {
        page: index.pages[number],
        anchor,
        head: title,
        level,
        number: name ? plain(name[1]).text : "",
        whole: text,
        title: plain(title),
        text: plain(text),
      };
    });
  }

  function search(places, query) {
    const phrase = plain(query).text;
    const terms = query.split(/[\s、，,]+/).map((word) => plain(word).text).filter(Boolean);
    if (!phrase) return [];
    let hits = places.map((place) => ({ place, score: score(place, phrase, terms) }));
    // A wrong character in words is a slip; another digit is another number.
    if (!hits.some((hit) => hit.score) && phrase.length > 2 && /[^\d.]/.test(phrase)) {
      const wanted = pairs(phrase);
      hits = places.map((place) => ({ place, score: resembles(place, wanted) }));
    }
    return hits.filter((hit) => hit.score).sort((one, other) => other.score - one.score);
  }

  // The words around the phrase, else the beginning; the phrase in <mark>.
  function snippet(place, phrase, terms) {
    const line = document.createElement("p");
    const term = [phrase, ...terms].find((one) => position(place.text.text, one) >= 0);
    if (!term) {
      line.textContent = place.whole.slice(0, 2 * SNIPPET);
      return line;
    }
    const from = position(place.text.text, term);
    const start = place.text.at[from];
    const end = place.text.at[from + term.length - 1] + 1;
    const begin = Math.max(start - SNIPPET, 0);
    const mark = document.createElement("mark");
    mark.textContent = place.whole.slice(start, end);
    const after = place.whole.slice(end, end + SNIPPET);
    line.append((begin ? "…" : "") + place.whole.slice(begin, start), mark, after);
    if (end + SNIPPET < place.whole.length) line.append("…");
    return line;
  }

  function show(list, summary, query) {
    const places = prepared(window.searchIndex);
    const phrase = plain(query).text;
    const terms = query.split(/[\s、，,]+/).map((word) => plain(word).text).filter(Boolean);
    const hits = search(places, query);
    summary.textContent = !phrase ? "" : hits.length ? `找到 ${hits.length} 处` : "没有找到相符的内容";
    list.replaceChildren(
      ...hits.slice(0, SHOWN).map(({ place }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        const light = encodeURIComponent(query.trim());
        link.href = `${place.page[0]}?light=${light}#${place.anchor}`;
        link.textContent = place.head;
        const where = document.createElement("span");
        where.className = "search-page";
        if (place.page[1] !== place.head) where.textContent = place.page[1];
        item.append(link, where, snippet(place, phrase, terms));
        return item;
      }),
    );
  }

  // On a page that a hit leads to: the phrase where it stands in the section or exhibit.
  function light() {
    const query = new URLSearchParams(location.search).get("light");
    const anchor = query && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!anchor) return;
    const phrase = plain(query).text;
    const walker = document.createTreeWalker(anchor, NodeFilter.SHOW_TEXT);
    let marked = 0;
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const node of texts) {
      if (node.parentElement.closest("script, style, svg, summary, .exhibit-panel")) continue;
      const own = plain(node.data);
      const at = position(own.text, phrase);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, own.at[at]);
      range.setEnd(node, own.at[at + phrase.length - 1] + 1);
      const mark = document.createElement("mark");
      range.surroundContents(mark);
      if (!marked++) mark.scrollIntoView({ block: "center" });
      if (marked >= 8) break;
    }
  }

  function start() {
    const list = document.getElementById("search-hits");
    if (!list) return light();
    const query = new URLSearchParams(location.search).get("q") || "";
    for (const field of document.querySelectorAll('input[name="q"]')) field.value = query;
    show(list, document.getElementById("search-summary"), query);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
