/* The rehearsal as a widget of its own. */

import { Rehearsal } from "./rehearsal.js";
/** @import { Model } from "./types.d.ts" */

export default {
  /** @param {{ model: Model, el: HTMLElement }} page */
  render({ model, el: place }) {
    const rehearsal = new Rehearsal(model);
    place.classList.add("wbr-place");
    place.append(rehearsal.root);
    return () => rehearsal.close();
  },
};
