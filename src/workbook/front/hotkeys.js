/* Keys that stay in a widget: the notebook's own shortcuts do not act on them. Notebook 7 would
   listen first, and the B of a founder would add a cell. Saving stays the notebook's. */

const CLAIMED = "data-lm-suppress-shortcuts";

/** Whether this is the key that saves the notebook.
    @param {KeyboardEvent} event */
function saves(event) {
  return (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
}

/** Whether a key belongs to text on its way, as when Chinese is typed: Enter chooses a character then.
    Safari ends the composition before it says so.
    @param {{ isComposing?: boolean, keyCode?: number }} event */
export function composing(event) {
  return event.isComposing === true || event.keyCode === 229;
}

/** Keep every key inside a part of the page; the function that ends it.
    @param {HTMLElement} root @param {(event: KeyboardEvent) => void} act */
export function keepKeys(root, act) {
  /** @param {KeyboardEvent} event */
  const claim = (event) => {
    const { target } = event;
    if (!(target instanceof Element && root.contains(target))) return;
    if (saves(event)) root.querySelectorAll(`[${CLAIMED}]`).forEach((node) => node.removeAttribute(CLAIMED));
    else target.setAttribute(CLAIMED, "");
  };
  window.addEventListener("keydown", claim, true);
  root.addEventListener("keydown", (event) => {
    if (saves(event)) return;
    event.stopPropagation();
    act(event);
  });
  for (const kind of ["keyup", "keypress", "contextmenu", "paste", "copy", "cut"]) root.addEventListener(kind, (event) => event.stopPropagation());
  return () => window.removeEventListener("keydown", claim, true);
}
