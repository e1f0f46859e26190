/* The answers of a photograph, which are too many to be filled in one by one. */

/**
 * Show what the first frames have reached: map by map it is covered, or lit up frame by frame.
 * @param {Pick<Stage, "covers" | "traces">} stage @param {number} count
 * @param {Pick<FrameData, "filter" | "lenses" | "whole">} [last] The last of the frames, if there is one.
 */
function uncover({ covers, traces }, count, { filter, lenses, whole } = { filter: -1, lenses: [] }) {
  covers.forEach((cover, n) => {
    const [x, y] = (!whole && lenses[n + 1]) || (whole || filter > n ? AWAY : NONE);
    put(cover.children[0], "transform", `translate(0 ${y})`);
    put(cover.children[1], "transform", `translate(${x} ${y})`);
  });
  traces.forEach((node) => {
    put(node, "visibility", Number(node.getAttribute("data-frame")) > count ? "hidden" : "visible");
  });
}
