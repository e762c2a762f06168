/* A widget that shows nothing: it keeps the keys of the panel that it is part of, and a press waits
   until the kernel has been sent what was entered before it. */

import { keepKeys } from "./hotkeys.js";

/** @typedef {{ _msg_buffer?: object | null }} Control  of ipywidgets: what it has not sent yet */
/** @typedef {{ get(name: "controls"): string[], widget_manager: { get_model(id: string): Promise<Control> } }} Model */

/** Whether every control has sent its last change. ipywidgets holds a second change back until the
    kernel has answered the first, but sends a press at once, which would overtake it.
    @param {Control[]} controls */
function sent(controls) {
  return controls.every((control) => !control._msg_buffer);
}

/** Hold a press of a button back until the controls have sent theirs; the function that ends it.
    @param {HTMLElement} root @param {Control[]} controls */
function pressInOrder(root, controls) {
  /** @param {Event} event */
  const press = (event) => {
    const button = event.target instanceof Element && event.target.closest("button");
    if (!button || sent(controls)) return;
    event.stopImmediatePropagation();
    const again = () => (sent(controls) ? button.click() : requestAnimationFrame(again));
    requestAnimationFrame(again);
  };
  root.addEventListener("click", press, true);
  return () => root.removeEventListener("click", press, true);
}

/** @param {{ model: Model, el: HTMLElement }} context */
async function render({ model, el }) {
  el.style.display = "none";
  /** @type {(() => void)[]} */
  let ends = [];
  const ids = model.get("controls");
  const controls = await Promise.all(ids.map((id) => model.widget_manager.get_model(id)));
  const found = () => {
    const panel = el.closest(".wb-live");
    if (panel instanceof HTMLElement) ends = [keepKeys(panel, () => {}), pressInOrder(panel, controls)];
    else waiting = requestAnimationFrame(found);
  };
  let waiting = requestAnimationFrame(found);
  return () => {
    cancelAnimationFrame(waiting);
    ends.forEach((end) => end());
  };
}

export default { render };
