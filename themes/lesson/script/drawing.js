/* What all parts of the script draw with: movements in time, and tiles that show a text on a colour.

   The parts are joined, in the order that theme.toml gives, into the one script of a page, which lets the
   reader's scrolling move the window. Every number it shows was computed when the site was built; here they are
   only put in their places. A scene has one state, its frame, from 0, where nothing is computed yet, to the last.
   Scrolling, buttons, slider, keys, a click on the map and the address all choose the frame; time makes the
   movement to it, and once that is over, what is drawn depends on nothing but the frame. */

const root = document.documentElement;
root.classList.add("js");

/**
 * @typedef {(number[] | null)[]} Places Where everything lies that moves; null is hidden.
 * @typedef {{filter: number, lenses: Places, factor?: string, product?: string, subtotal?: string, signs?: string,
 *   running?: string, total?: string, answer?: string, cells: [number, string][], again?: boolean, whole?: boolean, spoken: string}} FrameData
 *   Spaces part lists; a tile is its text and, behind a colon, its colour; without one it has the grey of its number.
 * @typedef {{weights: string, inks: string, bias: string}} FilterData
 * @typedef {{rows: Row[], turned: number, opening?: number, filters: FilterData[], frames: FrameData[]}} SceneData
 *   Of a turned kernel how many weights are turned together.
 * @typedef {{frame: number, tile: string}} Change What a frame writes into a cell.
 * @typedef {{tile: SVGElement, text: SVGElement, word?: string, seen?: number}} Tile
 *   What it shows is its word, and how clearly, once it was told so.
 * @typedef {[first: number, end: number, dx: number]} Row Terms from the first to before the end, and how far they run
 *   into the sum.
 * @typedef {{x: number, y: number, dx: number, dy: number}} Route
 * @typedef {{from: number, to: number, share: number, leaps: boolean}} Way How far a movement has come between two frames;
 *   one that leaps passes over those between them.
 * @typedef {{seen: number, added: number, carried: number, faded: number}} Pose How far a frame is computed, and how
 *   strongly its products are drawn.
 * @typedef {{frame: number, top: number, height: number}} Stop
 * @typedef {{frame: number, part: number, stop: number, height: number, inside: boolean, near: boolean}} Place
 */

/** When, while a frame is made, each movement happens; 0 is its beginning, 1 its end. */
const GLIDE = [0, 0.22];
const APPEAR = [0.22, 0.55];
const GATHER = [0.55, 0.86];
const CARRY = [0.86, 1];
/** Until when a kernel is turned before the first frame. */
const TURN = [0, 0.35];
/** Of the way to the map, after which an activation has acted. */
const ACTIVATED = 0.3;
/** When, in a leap, the window flies, and when its numbers come out. */
const FLY = [0, 0.6];
const LAND = [0.6, 1];
/** @type {Pose} */
const DONE = { seen: 1, added: 1, carried: 1, faded: 1 };
/** @type {Pose} */
const NOT_BEGUN = { seen: 0, added: 0, carried: 0, faded: 1 };
/** Milliseconds of a movement that scrolling asks for, of a step, and of frames that Play makes. */
const SCROLL_MS = 340;
const STEP_MS = 900;
const PLAY_MS = { first: 4000, fresh: 1500, again: 700 };
/** How many times as fast as usual Play can be. */
const PACES = [1, 2, 4, 0.5];
/** So many frames are played slowly. */
const FIRST = 2;
/** After so long another version is shown, where two are shown in turn. */
const BLINK_MS = 1000;
/** After so long at rest the address tells the frame; after so long it is spoken. */
const QUIET_MS = 250;
const SPEAK_MS = 1500;
/** Where each arrow leads on a map. @type {Record<string, [string, number]>} */
const WAYS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowUp: ["y", -1], ArrowDown: ["y", 1] };
/** The number of no term. */
const NOWHERE = -9;
/** The colours whose step alone is written, by the sign before it. @type {Record<string, string>} */
const SHADES = { "": "pixel", "+": "plus", "-": "minus" };
/** Grey steps that carry light numbers. */
const LIGHT_INKED = /^pixel-[0-7]\b/;
/** The grey steps of the numbers of pixels: the same in all scenes of a page. @type {Record<string, number>} */
const greys = {};
/** How far below the text's place at rest a beat is when its frame begins, in pixels; and a little more. */
const LEAD = 40;
const BEYOND = 20;
/** Of scrolling under one frame, at most so many pixels each light up other products. */
const ROW = 118;
/** Where no frame is computed yet, and no row pointed at. @type {Stop} */
const BEFORE = { frame: 0, top: -Infinity, height: 1 };
/** So many pixels away nobody sees a scene. */
const FAR = 3000;
/** How far, in pixels, a browser may round the place that the page is scrolled to. */
const ROUNDING = 2;
/** How far the covers of a photograph's answers move when all or none of them are seen. */
const AWAY = [0, 1e6];
const NONE = [0, 0];

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** How far a movement has come: 0 before it, 1 after it. @param {number} share @param {number[]} span */
const part = (share, [from, to]) => clamp((share - from) / (to - from), 0, 1);

/** Slow, quick, slow, as a hand moves. @param {number} x */
const eased = (x) => x * x * (3 - 2 * x);

/** @param {Element} node @param {string} name @param {string | number} value */
function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/** An old text node is kept, for a new one costs the browser far more; a translator may have put an element there. @param {Element} node @param {string} text */
function write(node, text) {
  const old = node.firstChild;
  if (old instanceof Text && text) {
    if (old.data !== text) old.data = text;
  } else if (old || text) {
    node.textContent = text;
  }
}

/** @param {Element} root @param {string} name @returns {Tile[]} */
function tiles(root, name) {
  /** @type {NodeListOf<SVGElement>[]} */
  const [all, texts] = [root.querySelectorAll(`.${name}`), root.querySelectorAll(`.${name}-text`)];
  return Array.from(all, (tile, n) => ({ tile, text: texts[n] }));
}

/** @template {Element} T @param {ParentNode} root @param {string} selector @returns {T} */
function one(root, selector) {
  const found = /** @type {T | null} */ (root.querySelector(selector));
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

/** Show on a tile what a word says: its text and, behind a colon, its colour. @param {Tile} at @param {string} part @param {string} [word] */
function paint(at, part, word = ":zero") {
  if (at.word === word) return;
  at.word = word;
  const { tile, text } = at;
  const [shown, colour = String(greys[shown])] = word.split(":");
  const fill = colour.replace(/^([+-]?)(?=\d)/, (sign) => `${SHADES[sign]}-`);
  const ink = LIGHT_INKED.test(fill) ? "on-dark" : fill.startsWith("pixel") ? "on-bright" : fill === "paper" ? "muted" : "ink";
  write(text, shown);
  put(tile, "class", `${part} fill-${fill}`);
  put(text, "class", `${part}-text ink-${ink}`);
}

/** The middle of an element on the screen. @param {Element} node */
function middle(node) {
  const { left, top, width, height } = node.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}

/** @param {string | undefined} list */
const parted = (list) => (list ? list.split(" ") : []);
