/* A widget that shows nothing: it keeps the keys of the panel that it is part of. */

import { keepKeys } from "./hotkeys.js";

/** @param {{ el: HTMLElement }} context */
function render({ el }) {
  el.style.display = "none";
  let end = () => {};
  const found = () => {
    const panel = el.closest(".wb-live");
    if (panel instanceof HTMLElement) end = keepKeys(panel, () => {});
    else waiting = requestAnimationFrame(found);
  };
  let waiting = requestAnimationFrame(found);
  return () => {
    cancelAnimationFrame(waiting);
    end();
  };
}

export default { render };
