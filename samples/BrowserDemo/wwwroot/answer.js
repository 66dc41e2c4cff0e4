// Segments pictures in this browser: a worker runs the network, and nothing is sent anywhere.

import { Fault } from "./fault.js";
import { unpack } from "./labels.js";

/** The page's sentence about privacy; there is no API to describe. */
export const about = { privacy: "None leaves your machine.", api: null };

const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
let turn = Promise.resolve();

/** The classes and limits of the network. `onProgress(text, fraction or null)` is called while they are loaded. */
export function fetchModel(onProgress) {
  return ask({}, onProgress);
}

/** Segments an encoded picture. Pictures are segmented one at a time; a picture that is cancelled before its turn is skipped. */
export async function segment(blob, onWait, signal) {
  const answer = turn.then(() => {
    signal.throwIfAborted();
    return ask({ picture: blob });
  });
  turn = answer.catch(() => {});
  return unpack(JSON.parse(await answer));
}

function ask(question, onProgress) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data: { progress, answer, fault } }) => {
      if (progress) {
        onProgress(...progress);
      } else if (fault) {
        reject(new Fault(...fault));
      } else {
        resolve(answer);
      }
    };
    worker.onerror = () => reject(new Fault("The network cannot be loaded.", "Use a browser of 2023 or later, and reload the page."));
    worker.postMessage(question);
  });
}
