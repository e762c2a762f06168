/* The learner's work on the site: a file to download, and such a file brought back. */

import { el } from "../../front/elements.js";

/** @import { Model } from "../../front/types.d.ts" */

/** The file's content in base64, as the kernel reads it.
    @param {Blob} file @returns {Promise<string>} */
function asBase64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

/** @param {{ model: Model, el: HTMLElement }} context */
function render({ model, el: root }) {
  const say = model.get("say");
  const line = el("span", { role: "status" });
  const file = el("input", { type: "file", accept: ".zip", hidden: true, onchange: () => void bring() });
  let wanted = false;

  const download = () => {
    wanted = true;
    model.send({ kind: "download" });
  };
  async function bring() {
    const [chosen] = file.files || [];
    if (chosen) model.send({ kind: "bring", data: await asBase64(chosen) });
    file.value = "";
  }
  const take = () => {
    const { name, data } = model.get("packed");
    if (!wanted || !name) return;
    wanted = false;
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    const link = el("a", { href: URL.createObjectURL(new Blob([bytes], { type: "application/zip" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
  const tell = () => {
    line.textContent = model.get("line");
  };

  const style = "margin: 0 .4em; padding: .2em .8em";
  root.append(el("p", { style: "margin: .3em 0" }, say.kept,
    el("button", { type: "button", style, text: say.download, onclick: download }),
    el("button", { type: "button", style, text: say.bring, onclick: () => file.click() }), file, line));
  model.on("change:packed", take);
  model.on("change:line", tell);
  return () => {
    model.off("change:packed", take);
    model.off("change:line", tell);
  };
}

export default { render };
