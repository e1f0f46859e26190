/* The page: the address, scrolling, listings to copy, and printing. */

/** @param {string} hash */
function remember(hash) {
  if (location.hash !== hash) history.replaceState(null, "", hash || location.pathname + location.search);
}

/** The frame that an address names, and its scene if there is such a one. @param {Scene[]} scenes @param {string} [hash] */
function addressed(scenes, hash = location.hash) {
  const [, id, frame] = /^#([a-z0-9-]+)=(\d+)$/.exec(hash) ?? [];
  return { scene: scenes.find(({ section }) => section.id === id), frame: Number(frame) };
}

/** Go where the address says, unless a link has just done it. @param {Scene[]} scenes */
function visit(scenes) {
  const { scene, frame } = addressed(scenes);
  if (!scene || (scene.holds && scene.frame === frame)) return;
  if (!scene.track?.stays) scene.section.scrollIntoView({ block: "center", behavior: "instant" });
  scene.visit(frame);
}

/** Follow the page: once a frame while it moves, and when it has come to rest. @param {Scene[]} scenes */
function follow(scenes) {
  let quiet = 0;
  let width = innerWidth;
  /** @param {number} [scrolled] */
  const update = (scrolled) => {
    const places = scenes.map(({ track, near }) => track?.place(near, scrolled) ?? null); // read everything before anything is written
    scenes.forEach((scene, n) => scene.follow(places[n]));
  };
  /** @param {"note" | "say"} act */
  const atRest = (act) => {
    const scene = scenes.find((each) => each.read);
    if (scene && !scene.playing && !scene.carries) scene[act]();
    else if (!scene && addressed(scenes).scene?.track?.stays) remember("");
  };
  /** @param {number} [scrolled] */
  const moved = (scrolled) => {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      atRest("note");
      quiet = setTimeout(atRest, SPEAK_MS - QUIET_MS, "say");
    }, QUIET_MS);
    update(scrolled); // before this animation frame draws anything: what is read then is laid out already
  };
  addEventListener("scroll", () => moved(scrollY), { passive: true });
  new ResizeObserver(() => requestAnimationFrame(() => update())).observe(document.body); // not all that moves the text is told as a scroll or a resize
  addEventListener("resize", () => {
    const scene = scenes.find((each) => each.read);
    if (scene && innerWidth !== width) scene.jump(scene.frame); // lines break anew: keep the reader's place
    width = innerWidth;
    moved();
  });
  still.addEventListener("change", () => moved());
  for (const type of ["wheel", "touchmove"]) {
    const stop = () => scenes.filter(({ playing, carries, blinks, track }) => track && (playing || carries || blinks)).forEach((scene) => scene.pause());
    addEventListener(type, stop, { passive: true });
  }
  update();
}

/** Mark in the list of a chapter's sections the one that is read: the last whose heading has passed the reading line. */
function markSections() {
  const passed = new Set();
  const line = new IntersectionObserver(
    (headings) => {
      for (const { target, isIntersecting } of headings) passed[isIntersecting ? "add" : "delete"](target);
      document.querySelectorAll(".sections li a").forEach((link, n) => put(link, "aria-current", String(n + 1 === passed.size)));
    },
    { rootMargin: "999999px 0px -60%" }, // from far above down to the line
  );
  document.querySelectorAll("h2").forEach((heading) => line.observe(heading));
}

/** Let the sliders of a size explorer choose among the sizes that were reckoned for it. @param {HTMLElement} figure */
function explore(figure) {
  const { sizes } = JSON.parse(one(figure, "script").textContent ?? "");
  const results = figure.querySelectorAll("output");
  figure.addEventListener("input", () => {
    let found = sizes;
    for (const { name, value } of figure.querySelectorAll("input")) {
      found = found[value];
      set(figure, { [name]: value });
    }
    parted(found).forEach((size, n) => write(results[n], size));
  });
}

/** Copy a listing, also where the clipboard is closed to scripts. @param {HTMLElement} listing */
async function copy(listing) {
  const code = one(listing, "code");
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
  } catch {
    getSelection()?.selectAllChildren(code);
    document.execCommand("copy");
  }
  const button = one(listing, ".copy");
  write(button, "Copied");
  setTimeout(() => write(button, "Copy"), 2000);
}

document.addEventListener("DOMContentLoaded", () => {
  for (const listing of document.querySelectorAll(".listing")) {
    one(listing, ".copy").addEventListener("click", () => copy(/** @type {HTMLElement} */ (listing)));
  }
  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".sizes")).forEach(explore);
  Object.assign(greys, JSON.parse(document.querySelector(".greys")?.textContent ?? "{}"));
  const sections = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-scene]"));
  const scenes = Array.from(sections, (section) => new Scene(section));
  markSections();
  if (!scenes.length) return;
  follow(scenes);
  visit(scenes);
  addEventListener("hashchange", () => visit(scenes));
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".place"))) {
    link.addEventListener("click", () => {
      const { scene, frame } = addressed(scenes, link.hash);
      scene?.point(frame);
    });
  }
  addEventListener("beforeprint", () => scenes.forEach((scene) => scene.finish()));
  addEventListener("afterprint", () => scenes.forEach((scene) => scene.draw()));
});
