/* Put into every page of a preview, and into no built site: it shows what is wrong with the author's files, and once
   the site is built anew it reloads the page where its reader is.

   A browser has few connections to one host, and a stream of events keeps one for itself. Of all open pages one
   listens, and tells the others; when it is closed or reloaded, another one does. */

(() => {
  /**
   * @typedef {{version: string, panel: string, lost?: boolean}} State What the server tells; lost while it cannot be heard.
   * @typedef {{known: string, turn: number, top: number}} Anchor What a block of text is known by, which of several, and
   *   how far below the window's edge it is.
   * @typedef {{top: number, anchors: Anchor[], frames: Record<string, string>, chosen: string[], open: string[],
   *   focus: string}} Place
   */

  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const { version = "" } = own.dataset;
  const home = own.src.replace(/[^/]*$/, "");
  const KEPT = `preview ${location.pathname}`;
  const BLOCKS = "h1, h2, h3, h4, p, li, pre, figure, table, summary, [data-scene]";
  const SCENES = "[data-scene][id]";
  /** So many blocks are remembered: those that are read may be the ones that change. */
  const MOST = 40;
  /** So many letters of a text are what it is known by. */
  const LETTERS = 80;
  /** Where on the screen people read, from its upper edge. */
  const READ_AT = 0.35;
  /** So many milliseconds a server may be away before that is told, as when it starts anew. */
  const AWAY_MS = 3000;
  /** How far, in pixels, a browser may round the place that the page is scrolled to. */
  const ROUNDING = 2;

  /** @template {Element} T @param {string} selector @param {ParentNode} [within] @returns {T[]} */
  const all = (selector, within = document) => /** @type {T[]} */ (Array.from(within.querySelectorAll(selector)));

  /** Whether the page is being reloaded. */
  let leaves = false;

  // --- Where the reader is ---------------------------------------------------------------------------------

  /** What an element is known by, in the page as it is and as it will be. @param {Element} node */
  const knownBy = (node) => (node.id ? `#${node.id}` : `${node.tagName} ${(node.textContent ?? "").trim().slice(0, LETTERS)}`);

  /** Whether an element scrolls with the text. @param {Element | null} node @returns {boolean} */
  function flows(node) {
    if (!node) return true;
    return !["fixed", "sticky"].includes(getComputedStyle(node).position) && flows(node.parentElement);
  }

  /** The blocks that are seen or nearly so, from where people read outwards. @returns {Anchor[]} */
  function anchors() {
    const line = innerHeight * READ_AT;
    /** @type {Record<string, number>} */
    const turns = {};
    const blocks = all(BLOCKS).map((node) => {
      const known = knownBy(node);
      turns[known] = (turns[known] ?? -1) + 1;
      const { top, height } = node.getBoundingClientRect();
      return { node, known, turn: turns[known], top, height };
    });
    return blocks
      .filter(({ height }) => height > 0)
      .sort((one, other) => Math.abs(one.top - line) - Math.abs(other.top - line))
      .slice(0, MOST)
      .filter(({ node }) => flows(node))
      .map(({ known, turn, top }) => ({ known, turn, top }));
  }

  /** The element that is remembered, among all of a kind. @param {Element[]} nodes @param {string} known @param {number} turn */
  function recognised(nodes, known, turn) {
    const like = nodes.filter((node) => knownBy(node) === known);
    return like[Math.min(turn, like.length - 1)];
  }

  /** What leads to an element of a scene or of the page: whose it is, and which it is there. @param {Element | null} node @returns {string} */
  function wayTo(node) {
    if (!node || node === document.body) return "";
    if (node.id) return `#${CSS.escape(node.id)}`;
    const parent = node.parentElement;
    if (!parent) return "";
    return `${wayTo(parent) || "body"} > :nth-child(${Array.from(parent.children).indexOf(node) + 1})`;
  }

  /** Everything about the page that its reader has chosen. @returns {Place} */
  function place() {
    const scenes = /** @type {HTMLElement[]} */ (all(SCENES));
    return {
      top: scrollY,
      anchors: anchors(),
      frames: Object.fromEntries(scenes.map(({ id, dataset }) => [id, dataset.frame ?? ""])),
      chosen: all("input:checked").map(wayTo),
      open: all("details[open] > summary").map(knownBy),
      focus: wayTo(document.activeElement),
    };
  }

  /** Scroll so that what was read stands where it stood. @param {Place} kept */
  function scrollBack({ anchors, top }) {
    const blocks = all(BLOCKS);
    for (const anchor of anchors) {
      const node = recognised(blocks, anchor.known, anchor.turn);
      if (!node) continue;
      scrollBy({ top: node.getBoundingClientRect().top - anchor.top, behavior: "instant" });
      return;
    }
    scrollTo({ top, behavior: "instant" });
  }

  /** Show the frames that scrolling does not choose, and the chosen versions. @param {Place} kept */
  function showAgain({ frames, chosen }) {
    for (const input of all(chosen.join(", ") || ":not(*)")) {
      if (input instanceof HTMLInputElement && !input.checked) input.click();
    }
    for (const scene of /** @type {HTMLElement[]} */ (all(SCENES))) {
      const stage = scene.querySelector(".stage");
      const slider = /** @type {HTMLInputElement | null} */ (scene.querySelector(".slider"));
      const frame = frames[scene.id];
      const scrolls = scene.querySelector(".beat") && stage && !flows(stage);
      if (scrolls || !slider || !Number(frame) || frame === scene.dataset.frame) continue;
      slider.value = frame;
      slider.dispatchEvent(new Event("input"));
    }
  }

  /** Bring the reader back to where the page was left to be reloaded. @param {Place} kept */
  function goBack(kept) {
    for (const summary of all("details > summary")) {
      if (kept.open.includes(knownBy(summary))) summary.parentElement?.setAttribute("open", "");
    }
    showAgain(kept);
    scrollBack(kept);
    const { scrollY: left } = window;
    if (kept.focus) /** @type {HTMLElement | null} */ (document.querySelector(kept.focus))?.focus({ preventScroll: true });
    addEventListener("load", () => {
      if (Math.abs(scrollY - left) <= ROUNDING) scrollBack(kept); // pictures may have moved the text
    });
    addEventListener("pagehide", () => {
      if (!leaves) history.scrollRestoration = "auto"; // not before: a browser scrolls after all that a page does when it is loaded
    });
  }

  /** What was kept of this page, which holds for one reload; a page that is not built yet keeps it. @returns {Place | null} */
  function taken() {
    if (!version) return null;
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return kept ? JSON.parse(kept) : null;
  }

  function reload() {
    if (leaves) return;
    leaves = true;
    if (version) sessionStorage.setItem(KEPT, JSON.stringify(place()));
    history.scrollRestoration = "manual";
    location.reload();
  }

  // --- What is wrong ---------------------------------------------------------------------------------------

  /** The place of all that is shown over the page, apart from the page's own styles. */
  const shown = document.createElement("div");
  let panel = "";
  let away = 0;

  function prepare() {
    const host = document.createElement("div");
    host.id = "preview";
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = `${home}preview.css`;
    shown.hidden = true; // unstyled it would jump
    for (const type of ["load", "error"]) {
      style.addEventListener(type, () => {
        shown.hidden = false;
      });
    }
    host.attachShadow({ mode: "open" }).append(style, shown);
    document.body.append(host);
    addEventListener("keydown", ({ key }) => {
      if (key === "Escape") all("details", shown).forEach((details) => details.removeAttribute("open"));
    });
  }

  /** @param {string} html Made, and escaped, by the server. */
  function show(html) {
    if (html === panel) return; // what its reader has closed stays closed
    panel = html;
    shown.innerHTML = html;
  }

  /** Say that nothing is heard of the server, unless it is back soon. @param {boolean} lost */
  function tellLost(lost) {
    clearTimeout(away);
    shown.querySelector(".lost")?.remove();
    if (!lost) return;
    away = setTimeout(() => {
      const note = document.createElement("p");
      note.className = "lost";
      note.setAttribute("role", "status");
      note.textContent = "The preview has ended. Start it again, and this page goes on.";
      shown.append(note);
    }, AWAY_MS);
  }

  // --- What the server tells -------------------------------------------------------------------------------

  const channel = new BroadcastChannel("preview");
  /** @type {State | undefined} */
  let heard;

  /** @param {State} state */
  function receive(state) {
    if (!state.lost && state.version !== version) reload();
    tellLost(state.lost ?? false);
    if (!state.lost) show(state.panel);
  }

  /** Listen for all pages, from now on. */
  function listen() {
    const events = new EventSource(`${home}events`);
    /** @param {State} state */
    const pass = (state) => {
      heard = state;
      channel.postMessage(state);
      receive(state);
    };
    events.addEventListener("message", ({ data }) => pass(JSON.parse(data)));
    events.addEventListener("error", () => {
      if (!leaves) pass({ version: "", panel: "", lost: true });
      if (events.readyState === EventSource.CLOSED) setTimeout(listen, AWAY_MS);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const kept = taken();
    if (kept) goBack(kept);
    prepare();
    channel.addEventListener("message", ({ data }) => {
      if (data) receive(data);
      else if (heard) channel.postMessage(heard);
    });
    channel.postMessage(null); // asks whoever listens
    if (!("locks" in navigator)) return listen();
    navigator.locks.request("preview", () => {
      listen();
      return new Promise(() => {}); // until the page is left
    });
  });
})();
