/* What all parts of the script draw with: movements in time, and tiles that show a text on a colour.

   The parts are joined, in the order that theme.toml gives, into the one script of a page, which lets the
   reader's scrolling move the window. Every number it shows was computed when the site was built; here they are
   only put in their places. A scene has one state, its head: a number from 0 to the count of frames. At 12 the
   twelfth frame is finished; between 11 and 12 it is being made. Scrolling, buttons, slider, keys, a click on the
   map and the address all set the head, and what is drawn depends on nothing else. */

const root = document.documentElement;
root.classList.add("js");

/**
 * @typedef {{filter: number, lenses: (number[] | null)[], factor?: string, product?: string, subtotal?: string, signs?: string,
 *   running?: string, total?: string, answer?: string, cells: [number, string][], spoken: string}} FrameData
 *   Spaces part lists; a tile is its text and, behind a colon, its colour.
 * @typedef {{weights: string, inks: string, bias: string}} FilterData
 * @typedef {{filters: FilterData[], frames: FrameData[]}} SceneData
 * @typedef {{frame: number, tile: string}} Change What a frame writes into a cell.
 * @typedef {{tile: Element, text: Element}} Tile
 * @typedef {{node: Element, dx: number, dy: number}} Ghost
 * @typedef {{box: Element, frames: number[], top: number, height: number}} Beat
 * @typedef {{beat: Beat, index: number, frame: number}} Stop
 * @typedef {{head: number, stop: number, inside: boolean}} Place
 */

/** When, within one frame, each movement happens; 0 is its beginning, 1 its end. */
const GLIDE = [0, 0.3];
const APPEAR = [0.2, 0.55];
const GATHER = [0.45, 0.85];
const CARRY = [0.85, 1];
/** Of the way to the map, after which an activation has acted. */
const ACTIVATED = 0.3;
/** Grey steps that carry light numbers. */
const LIGHT_INKED = /^pixel-[012]$/;
/** The share of a ghost's way to the sum that it needs for itself; the rest staggers the ghosts. */
const GHOST = 0.4;
/** The share of a stop's scrolling after which its frame rests, but no more than this share of the screen. */
const SETTLED = 0.75;
const LONGEST = 0.35;
/** How far, in pixels, a frame that is jumped to lies beyond the place where it begins to rest. */
const BEYOND = 20;
const STEP_MS = 900;
const QUIET_MS = 250;
/** How far, in pixels, a browser may round the place that the page is scrolled to. */
const ROUNDING = 2;
/** How far the covers of a photograph's answers move when all or none of them are seen. */
const AWAY = [0, 1e6];
const NONE = [0, 0];

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {number} value @param {number} low @param {number} high */
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

/** How far a movement has come: 0 before it, 1 after it. @param {number} phase @param {number[]} span */
const share = (phase, [from, to]) => clamp((phase - from) / (to - from), 0, 1);

/** Slow, quick, slow, as a hand moves. @param {number} x */
const eased = (x) => x * x * (3 - 2 * x);

/** @param {Element} node @param {string} name @param {string | number} value */
function put(node, name, value) {
  if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/** An old text node is kept: a new one costs the browser far more. @param {Element} node @param {string} text */
function write(node, text) {
  const old = node.firstChild;
  if (old?.nodeValue === text) return;
  if (old && text) old.nodeValue = text;
  else if (old || text) node.textContent = text;
}

/** @param {Element} root @param {string} name @returns {Tile[]} */
function tiles(root, name) {
  const texts = root.querySelectorAll(`.${name}-text`);
  return Array.from(root.querySelectorAll(`.${name}`), (tile, n) => ({ tile, text: texts[n] }));
}

/** @template {Element} T @param {ParentNode} root @param {string} selector @returns {T} */
function one(root, selector) {
  const found = /** @type {T | null} */ (root.querySelector(selector));
  if (!found) throw new Error(`no ${selector}`);
  return found;
}

/** Show on a tile what a word says: its text and, behind a colon, its colour. @param {Tile} tile @param {string} part @param {string} [word] */
function paint({ tile, text }, part, word = ":zero") {
  const [shown, fill] = word.split(":");
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
