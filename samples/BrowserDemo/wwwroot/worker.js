// Runs .NET in a worker. A message without a picture asks for the network's classes and limits, a message with one for its labels.

import { dotnet } from "./_framework/dotnet.js";

const noNetwork = ["The network cannot be loaded.", "Check your connection, use a browser of 2023 or later, and reload the page."];

let engine = null;

onmessage = async ({ data: { picture } }) => {
  try {
    postMessage({ answer: picture ? await segment(picture) : await load() });
  } catch (error) {
    postMessage({ fault: picture ? ["The picture cannot be segmented.", error.message] : noNetwork });
  }
};

async function load() {
  const [exports, file] = await Promise.all([start(), fetchFile("street-scenes.safetensors")]);
  postMessage({ progress: ["Preparing the network …", null] });
  engine = exports.BrowserDemo.Engine;
  return JSON.parse(engine.Load(file));
}

async function start() {
  const { getAssemblyExports, getConfig } = await dotnet.create();
  return getAssemblyExports(getConfig().mainAssemblyName);
}

/** Fetches a file and reports the progress to the page. */
async function fetchFile(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address}: ${response.status}`);
  }
  const total = Number(response.headers.get("Content-Length"));
  const parts = [];
  let length = 0;
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) {
      return new Uint8Array(await new Blob(parts).arrayBuffer());
    }
    parts.push(value);
    length += value.length;
    postMessage({ progress: ["Loading the network …", total ? Math.min(1, length / total) : null] });
  }
}

async function segment(picture) {
  const bitmap = await createImageBitmap(picture, { colorSpaceConversion: "none" });
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  return engine.Segment(new Uint8Array(data.buffer), width, height);
}
