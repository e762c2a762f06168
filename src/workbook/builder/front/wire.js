/* Between the page and the kernel: orders go out with a number, and the kernel says which it has
   heard. While an order is under way, further values of a field wait here and only the last of
   each goes on: a slider never queues up work. */

const PATIENCE = 6000;

function wire(model, view, settled, silent) {
  let sent = 0;
  let timer = null;
  const held = new Map();
  const heard = () => (model.get("heard") || {})[view] || 0;

  function go(order, buffers) {
    sent += 1;
    clearTimeout(timer);
    timer = setTimeout(() => silent(true), PATIENCE);
    try {
      model.send({ ...order, n: sent, view }, undefined, buffers);
    } catch {
      silent(true); // the kernel is gone, and the line to it
    }
  }

  function flush() {
    const waiting = [...held.values()];
    held.clear();
    waiting.forEach((order) => go(order));
  }

  model.on("change:heard", () => {
    if (heard() < sent) return;
    clearTimeout(timer);
    silent(false);
    if (held.size) flush();
    else settled();
  });

  return {
    /** Send an order at once, after the values that still wait. */
    order(name, detail = {}, buffers = undefined) {
      flush();
      go({ do: name, ...detail }, buffers);
    },
    /** Send a value; of several in a row the last. */
    set(path, value, drag) {
      const order = { do: "set", path, value, drag };
      if (heard() < sent) held.set(path, order);
      else go(order);
    },
    /** Whether the kernel has heard all of it. */
    get settled() {
      return heard() >= sent && held.size === 0;
    },
  };
}
