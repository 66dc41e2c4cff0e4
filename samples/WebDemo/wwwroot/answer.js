// Sends pictures to the service and receives their classes and labels. No other module depends on the service.

import { Fault } from "./fault.js";
import { unpack } from "./labels.js";

/** The page's sentence about privacy, and the address of the page about the API; null for none. */
export const about = { privacy: "None is stored.", api: "api.html" };

const busy = 503;
const tries = 4;

/** The classes and limits of the network. `onProgress(text, fraction or null)` is not called, because the service has loaded the network. */
export async function fetchModel(onProgress) {
  onProgress("Asking the service …", null);
  const response = await reach("api/model");
  if (!response.ok) {
    throw await faultOf(response);
  }
  return response.json();
}

/** Segments an encoded picture; `onWait(seconds)` is called when the service is busy, before the picture is sent again. */
export async function segment(blob, onWait, signal) {
  for (let attempt = 1; ; attempt++) {
    const response = await send(blob, signal);
    if (response.status === busy && attempt < tries) {
      const seconds = Number(response.headers.get("Retry-After")) || 2;
      onWait(seconds);
      await pause(seconds, signal);
      continue;
    }
    if (!response.ok) {
      throw await faultOf(response);
    }
    return unpack(await response.json());
  }
}

function send(blob, signal) {
  return reach("api/segment?min_region=50", {
    method: "POST",
    body: blob,
    headers: { "Content-Type": blob.type || "image/*", Accept: "application/json;labels=runs" },
    signal,
  });
}

async function reach(address, options) {
  try {
    return await fetch(address, options);
  } catch (error) {
    throw error.name === "AbortError" ? error : new Fault("The service cannot be reached.", "Check your connection and try again.");
  }
}

async function faultOf(response) {
  const problem = await response.json().catch(() => ({}));
  const title = response.status < 500 ? "The service refused the picture." : "The service could not do it.";
  return new Fault(title, problem.detail ?? `It answered ${response.status}.`);
}

function pause(seconds, signal) {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    signal.addEventListener("abort", stop, { once: true });
  });
}
